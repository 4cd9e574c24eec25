"""Facilities and rests as flat tables."""

import numpy as np

from routing.solver.improver.classes import Classes
from routing.solver.improver.money import MICRO, clipped
from routing.solver.model import Problem

_FACILITIES = 6  # tried beside a stop


def lay_rests(problem: Problem, classes: Classes) -> dict[str, np.ndarray]:
    """Return breaks and driving rules by class."""
    rests = [problem.rest_of(v) for v in classes.sample.tolist()]
    most = max(len(rest.breaks) for rest in rests)
    pauses = np.zeros((len(rests), most, 3), np.int64)
    driving = np.zeros((len(rests), 2), np.int64)
    for c, rest in enumerate(rests):
        for b, each in enumerate(rest.breaks):
            pauses[c, b] = each.earliest_s, each.latest_s, each.length_s
        if rest.driving is not None:
            driving[c] = rest.driving.max_driving_s, rest.driving.rest_s
    return {
        "pauses": pauses,
        "pause_count": np.array([len(rest.breaks) for rest in rests], np.int64),
        "driving": driving,
    }


def lay_sites(problem: Problem) -> dict[str, np.ndarray]:
    """Return what facilities take, when, for how much, and which are near."""
    sites, fleet = problem.facilities, problem.vehicles
    in_use = np.zeros(len(problem.streams), np.bool_)
    in_use[problem.stops.stream] = True
    carried = ((fleet.capacity_l > 0) & in_use) | (fleet.aboard_l > 0)
    carried |= (fleet.aboard_kg > 0) | (fleet.aboard_containers > 0)
    takes_all = ~np.any(carried[:, None, :] & ~sites.accepts[None], axis=2)
    takes_some = np.any(carried[:, None, :] & sites.accepts[None], axis=2)
    return {
        "accepts": sites.accepts.astype(np.uint8),
        "takes_all": (takes_all & takes_some).astype(np.uint8),
        "is_split": (~np.any(takes_some & ~takes_all, axis=1)).astype(np.uint8),
        "tip_s": clipped(sites.tip_s),
        "tip_price": sites.tip_cents * MICRO,
        "tonnage": np.rint(sites.cents_per_tonne).astype(np.int64),
        "facility_near": _facility_near(problem),
    }


def _facility_near(problem: Problem) -> np.ndarray:
    """(s, k): for each stop the nearest facilities there and back, its stream first."""
    count, sites = len(problem.stops), len(problem.facilities)
    stops = np.repeat(problem.stop_location(0) + np.arange(count), sites)
    places = np.tile(problem.depot_count + np.arange(sites), count)
    _, out_m = problem.ways.legs(stops, places)
    _, back_m = problem.ways.legs(places, stops)
    far = (out_m + back_m).reshape(count, sites).astype(float)
    far[~problem.facilities.accepts.T[problem.stops.stream]] += 1e12
    order = np.argsort(far, axis=1, kind="stable")[:, : min(sites, _FACILITIES)]
    return order.astype(np.int32)
