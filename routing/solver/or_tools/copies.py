"""How often OR-Tools may tip where: it visits a node once, so facilities have copies.

Copies are what makes OR-Tools slow: 532 of them found no plan in 151 s for 804 stops.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem

_MOST_TRIPS = 8
"""Tips of one vehicle that are counted on, at most."""

_MOST_RELEASES = 3
"""Tips of one vehicle that only wait for a release, at most."""

_MANY_COPIES = 60
"""With more, a facility gets its share of the tips instead of all of them."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Copies:
    """(f,) how many copies each facility has; (f, v) who may come to them."""

    count: IntArray
    may_tip: BoolArray


def count_copies(
    problem: Problem, may_take: BoolArray, halts: Sequence[Sequence[int]]
) -> Copies:
    """Count what an even share of the load needs, a tip to spare and a plan's tips."""
    fleet = problem.vehicles
    stops = np.flatnonzero(may_take.any(axis=1))
    may_tip = _may_tip(problem, may_take, halts)
    trips = count_trips(problem, stops) + 1 + _releases(problem, stops)
    tips = int(trips * may_tip.any(axis=0).sum())
    wanted = np.where(may_tip.any(axis=1), tips, 0)
    if wanted.sum() > _MANY_COPIES:
        wanted = np.minimum(wanted, _shares(problem, stops, may_tip, tips))
    planned = _tips_in(problem, halts)
    if planned.any():  # a plan to go on from: it knows where to tip
        wanted = np.minimum(wanted, planned + len(fleet))
    needed = np.maximum(planned, _tips_in(problem, problem.locked))
    return Copies(count=np.maximum(wanted, needed), may_tip=may_tip)


def _may_tip(
    problem: Problem, may_take: BoolArray, halts: Sequence[Sequence[int]]
) -> BoolArray:
    """(f, v): whether the vehicle could bring what the facility accepts, in time."""
    fleet, facilities = problem.vehicles, problem.facilities
    is_aboard = (fleet.aboard_l > 0) | (fleet.aboard_kg > 0)
    brings = (is_aboard | (fleet.aboard_containers > 0)).T.copy()
    for s in range(len(problem.streams)):
        brings[s] |= may_take[problem.stops.stream == s].any(axis=0)
    is_wanted = facilities.accepts.astype(np.int64) @ brings.astype(np.int64) > 0
    if (problem.stops.release_s > 0).any():  # any tip lets a vehicle leave anew
        is_wanted[:] = True
    for plan in (problem.locked, halts):
        for vehicle, run in enumerate(plan):
            tips = [f for x in run if (f := problem.facility_at(x)) is not None]
            is_wanted[tips, vehicle] = True
    opens_in_time = facilities.opens_s[:, :1] <= fleet.latest_end_s
    may_tip: BoolArray = is_wanted & opens_in_time
    return may_tip


def count_trips(problem: Problem, stops: IntArray) -> int:
    """Return full loads of the whole fleet: of its litres, kilograms or containers."""
    given, fleet = problem.stops, problem.vehicles
    demand_l = np.bincount(
        given.stream[stops], given.demand_l[stops], minlength=len(problem.streams)
    )
    loads = [demand_l / np.maximum(fleet.capacity_l.sum(axis=0), 1e-9)]
    for added, capacity in (
        (given.mass_kg, fleet.capacity_kg),
        (given.containers, fleet.capacity_containers),
    ):
        loads.append([added[stops].sum() / max(float(capacity.sum()), 1e-9)])
    return max(1, int(np.ceil(min(max(map(np.max, loads)), _MOST_TRIPS))))


def _releases(problem: Problem, stops: IntArray) -> int:
    release_s = np.unique(problem.stops.release_s[stops])
    return min(int((release_s > 0).sum()), _MOST_RELEASES)


def _shares(
    problem: Problem, stops: IntArray, may_tip: BoolArray, tips: int
) -> IntArray:
    """(f,): tips in proportion to the stops that are nearest, half as many again."""
    fleet, first = problem.vehicles, problem.facility_location(0)
    sources = np.concatenate([problem.stop_location(0) + stops, fleet.end_depot])
    facilities = np.flatnonzero(may_tip.any(axis=1))
    here = np.repeat(sources, len(facilities))
    there = np.tile(first + facilities, len(sources))
    travel_s = problem.ways.legs(here, there)[0].reshape(len(sources), -1)
    accepts = problem.facilities.accepts[facilities][:, problem.stops.stream[stops]]
    far = np.full(len(fleet), np.False_)
    is_useless = np.concatenate([~accepts, np.tile(far, (len(facilities), 1))], axis=1)
    near = np.where(is_useless.T, travel_s.max(initial=0) + 1, travel_s).argmin(axis=1)
    share = np.zeros(len(problem.facilities))
    counted = near[: len(stops)]
    np.add.at(share, facilities[counted], 1.0 / max(len(stops), 1))
    wanted = np.ceil(1.5 * tips * share).astype(np.int64)
    wanted[facilities] += 1
    # The last tip of a day lies on the way home.
    np.add.at(wanted, facilities[near[len(stops) :]], 1)
    return wanted


def _tips_in(problem: Problem, halts: Sequence[Sequence[int]]) -> IntArray:
    """(f,): how often the plan tips at each facility."""
    facilities = [problem.facility_at(x) for run in halts for x in run]
    tips = [f for f in facilities if f is not None]
    return np.bincount(tips, minlength=len(problem.facilities)).astype(np.int64)
