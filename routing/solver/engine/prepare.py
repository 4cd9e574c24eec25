"""From a problem to the engine's facts."""

from typing import Any

import numpy as np

from routing.solver.engine.chance import EXPONENTIAL
from routing.solver.engine.columns import NEVER, STREAM_L
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import lay_legs
from routing.solver.engine.neighbours import Neighbours, find_neighbours
from routing.solver.engine.classes import Classes, classify, extra_cents, may_come
from routing.solver.engine.ties import lay_ties
from routing.solver.model import Problem
from routing.solver.problem.fields import LATEST_S, UNLIMITED
from routing.solver.problem.ways import FullWays, SparseWays

MICRO = 1_000_000  # millionths of a cent
_MILLI = 1000  # thousandths of litres and kilograms
_FLOAT_ERROR = 1e-6

_NEAR, _BESIDE, _FACILITIES = 100, 28, 6
_SMALL_FLEET = 12
_MOST_PENALTY = 2e17


def prepare(
    problem: Problem,
    can_take: np.ndarray,
    out: frozenset[int] = frozenset(),
    lost: frozenset[int] = frozenset(),
) -> Facts:
    """Lay the problem out in flat whole numbers.

    Parameters
    ----------
    can_take
        (s, v) which vehicle could take which stop on an empty day.
    out, lost
        Vehicles that stay out of the plan, and stops that nobody may take.
    """
    level = clock_level(problem)
    classes = classify(problem)
    rates = _rates(problem)
    neighbours = find_neighbours(
        problem, near=_NEAR, beside=_BESIDE, rates=(rates[0].mean(), rates[1].mean())
    )
    legs = lay_legs(problem.ways, needs_seconds=level > 0)
    tables: dict[str, Any] = _money(problem, rates) | _rooms(problem)
    tables |= _visits(problem, can_take)
    tables |= _rests(problem, classes) | _sites(problem) | lay_ties(problem)
    tables |= _flags(problem, tables, classes, level)
    _bar(tables, sorted(out), sorted(lost))
    return Facts(
        legs=legs,
        level=level,
        **{name: _solid(value) for name, value in tables.items()},
        **_classes(problem, classes),
        near_width=neighbours.near.shape[1],
        beside_width=neighbours.beside.shape[1],
        near=_solid(neighbours.near),
        beside=_solid(neighbours.beside),
        beside_legs=_solid(_beside_legs(problem, neighbours, level)),
        quantile=EXPONENTIAL,
    )


def _bar(tables: dict[str, Any], out: list[int], lost: list[int]) -> None:
    """Leave no room in vehicles that stay out, no hope for stops that are lost."""
    if out:
        tables["limits"][out] = -1
        tables["is_under_way"][out] = 0
        tables["has_limits"] = True
    tables["is_hopeless"][lost] = 1


def clock_level(problem: Problem) -> int:
    """Return how much of the clock matters: see `Facts.level`."""
    stops, sites, fleet = problem.stops, problem.facilities, problem.vehicles
    if (
        any(rest.breaks or rest.driving for rest in problem.rests)
        or (stops.release_s > 0).any()
        or stops.earliest_s.shape[1] > 1
        or sites.opens_s.shape[1] > 1
    ):
        return 3
    if (
        (fleet.cents_per_hour > 0).any()
        or (fleet.max_duration_s < UNLIMITED).any()
        or ((fleet.overtime_s > 0) & (fleet.overtime_cents_per_hour > 0)).any()
        or ((fleet.fair_duration_s < UNLIMITED) & (fleet.unfair_cents_per_hour > 0)).any()
    ):
        return 2
    return 1 if _may_be_late(problem) else 0


def _may_be_late(problem: Problem) -> bool:
    """Tell whether the longest day that could be driven would miss anything."""
    stops, sites, fleet = problem.stops, problem.facilities, problem.vehicles
    opens_s = [stops.earliest_s.max(initial=0), sites.opens_s.max(initial=0)]
    closes_s = [stops.latest_s.min(initial=LATEST_S), sites.closes_s.min(initial=LATEST_S)]
    closes_s.append(fleet.latest_end_s.min())
    begins_s = max(*opens_s, int(fleet.shift_start_s.max()))
    halts = 2 * len(stops) + 2
    longest_s = halts * _longest_leg_s(problem) + int(stops.work_s.sum())
    longest_s += len(stops) * int(sites.tip_s.max(initial=0))
    return begins_s + longest_s > min(closes_s)


def _longest_leg_s(problem: Problem) -> int:
    ways = problem.ways
    if isinstance(ways, FullWays):
        return int(ways.travel_s.max(initial=0))
    assert isinstance(ways, SparseWays)
    far = np.hypot(np.ptp(ways.x), np.ptp(ways.y))
    measured = [ways.neighbour_s, ways.from_hub_s, ways.to_hub_s]
    return max(int(far * ways.seconds_per_unit) + 1, *(a.max(initial=0) for a in measured))


def _rates(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """(v,) millionths of a cent for a metre, and for a second."""
    fleet = problem.vehicles
    return (
        np.rint(fleet.cents_per_km * (MICRO / 1000)).astype(np.int64),
        np.rint(fleet.cents_per_hour * (MICRO / 3600)).astype(np.int64),
    )


def _money(
    problem: Problem, rates: tuple[np.ndarray, np.ndarray]
) -> dict[str, np.ndarray]:
    fleet = problem.vehicles
    return {
        "cents_m": rates[0],
        "cents_s": rates[1],
        "fixed": fleet.fixed_cents * MICRO,
        "overtime": np.rint(fleet.overtime_cents_per_hour * (MICRO / 3600)).astype(np.int64),
        "unfair": np.rint(fleet.unfair_cents_per_hour * (MICRO / 3600)).astype(np.int64),
        "fair_s": _clipped(fleet.fair_duration_s),
        "shift_start_s": _clipped(fleet.shift_start_s),
        "shift_end_s": _clipped(fleet.shift_end_s),
        "latest_end_s": _clipped(fleet.latest_end_s),
        "most_s": _clipped(fleet.max_duration_s),
        "most_m": np.array(fleet.max_distance_m),
        "is_under_way": fleet.is_under_way.astype(np.uint8),
        "start_at": fleet.depot.astype(np.int32),
        "end_at": fleet.end_depot.astype(np.int32),
    }


def _clipped(seconds: np.ndarray) -> np.ndarray:
    return np.minimum(seconds, NEVER - 1).astype(np.int64)


def _rooms(problem: Problem) -> dict[str, np.ndarray]:
    """Capacities rounded down; where nothing is tipped they hold for the whole day."""
    fleet, has_tips = problem.vehicles, len(problem.facilities) > 0
    room_l, room_kg = _down(fleet.capacity_l), _down(fleet.capacity_kg)
    room_n = np.array(fleet.capacity_containers)
    aboard = np.stack(
        [_up(fleet.aboard_l), _up(fleet.aboard_kg), fleet.aboard_containers], axis=1
    )
    limits = np.stack(
        [_down(fleet.day_l), _down(fleet.day_kg), fleet.day_containers, fleet.max_stops],
        axis=1,
    )
    whole_l = np.where(room_l > 0, 1 << 58, -1)
    if not has_tips:
        whole_l = np.where(room_l > 0, room_l - aboard[:, 0], -1)
        limits[:, 1] = np.minimum(limits[:, 1], room_kg - aboard[:, 1].sum(axis=1))
        limits[:, 2] = np.minimum(limits[:, 2], room_n - aboard[:, 2].sum(axis=1))
    return {
        "room_l": room_l,
        "room_kg": room_kg,
        "room_n": room_n,
        "whole_l": np.vstack([whole_l, np.full((1, whole_l.shape[1]), -1)]),
        "limits": np.vstack([limits, np.full((1, 4), -1)]),
        "aboard": aboard,
        "takes_home": fleet.home_accepts.astype(np.uint8),
    }


def _up(amounts: np.ndarray) -> np.ndarray:
    return np.ceil(amounts * _MILLI - _FLOAT_ERROR).astype(np.int64)


def _down(amounts: np.ndarray) -> np.ndarray:
    return np.floor(amounts * _MILLI + _FLOAT_ERROR).astype(np.int64)


def _visits(problem: Problem, can_take: np.ndarray) -> dict[str, np.ndarray]:
    stops, sites = problem.stops, problem.facilities
    opens_s, closes_s = _windows(
        (stops.earliest_s, stops.latest_s), (sites.opens_s, sites.closes_s)
    )
    is_hopeless = ~can_take.any(axis=1)
    price = stops.prize_cents * MICRO
    most = int(_MOST_PENALTY // (MICRO * max(1, len(stops))))
    penalty = min(mandatory_cents(problem), most)
    return {
        "penalty": penalty,
        "demand": np.stack([_up(stops.demand_l), _up(stops.mass_kg), stops.containers], 1),
        "stream": stops.stream.astype(np.int32),
        "price": np.where(stops.is_mandatory, np.int64(penalty) * MICRO, price),
        "is_optional": (~stops.is_mandatory).astype(np.uint8),
        "is_hopeless": is_hopeless.astype(np.uint8),
        "release_s": _clipped(stops.release_s),
        "work_s": _clipped(stops.work_s),
        "opens_s": opens_s,
        "closes_s": closes_s,
    }


def _windows(*tables: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    width = max(opens_s.shape[1] for opens_s, _ in tables)
    padded = [
        np.vstack(
            [np.pad(pair[i], ((0, 0), (0, width - pair[i].shape[1])), "edge") for pair in tables]
        )
        for i in range(2)
    ]
    return _clipped(padded[0]), _clipped(padded[1])


def mandatory_cents(problem: Problem) -> int:
    """Return more than any plan can cost: no saving pays for a mandatory stop."""
    fleet, stops = problem.vehicles, problem.stops
    shift_h = (fleet.latest_end_s - fleet.shift_start_s).clip(max=86_400 * 7) / 3600
    per_hour = fleet.cents_per_hour + fleet.overtime_cents_per_hour + fleet.unfair_cents_per_hour
    days_cents = (fleet.fixed_cents + per_hour * shift_h).sum()
    visits_cents = 2 * _longest_leg_m(problem) * fleet.cents_per_km.max() / 1000
    visits_cents += fleet.foreign_cents.max() + problem.facilities.tip_cents.max(initial=0)
    tonnes = stops.mass_kg.sum() / 1000
    return int(
        days_cents
        + visits_cents * (2 + 2 * len(stops))
        + tonnes * problem.facilities.cents_per_tonne.max(initial=0)
        + stops.prize_cents.sum()
        + stops.move_cents.sum()
    ) + 1


def _longest_leg_m(problem: Problem) -> float:
    ways = problem.ways
    if isinstance(ways, FullWays):
        return float(ways.distance_m.max(initial=0))
    assert isinstance(ways, SparseWays)
    far = np.hypot(np.ptp(ways.x), np.ptp(ways.y))
    measured = [ways.neighbour_m, ways.from_hub_m, ways.to_hub_m]
    return max(far * ways.metres_per_unit + 1, *(float(a.max(initial=0)) for a in measured))


def _rests(problem: Problem, classes: Classes) -> dict[str, np.ndarray]:
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


def _sites(problem: Problem) -> dict[str, np.ndarray]:
    sites, fleet = problem.facilities, problem.vehicles
    in_use = np.zeros(len(problem.streams), np.bool_)
    in_use[problem.stops.stream] = True
    carried = ((fleet.capacity_l > 0) & in_use) | (fleet.aboard_l > 0)
    carried |= (fleet.aboard_kg > 0) | (fleet.aboard_containers > 0)
    takes_all = ~(carried[:, None, :] & ~sites.accepts[None]).any(axis=2)
    takes_some = (carried[:, None, :] & sites.accepts[None]).any(axis=2)
    return {
        "accepts": sites.accepts.astype(np.uint8),
        "takes_all": (takes_all & takes_some).astype(np.uint8),
        "is_split": (~(takes_some & ~takes_all).any(axis=1)).astype(np.uint8),
        "tip_s": _clipped(sites.tip_s),
        "tip_price": sites.tip_cents * MICRO,
        "tonnage": np.rint(sites.cents_per_tonne).astype(np.int64),
        "facility_near": _facility_near(problem),
    }


def _facility_near(problem: Problem) -> np.ndarray:
    """(s, k): for each stop the facilities nearest there and back, of its stream first."""
    count, sites = len(problem.stops), len(problem.facilities)
    stops = np.repeat(problem.stop_location(0) + np.arange(count), sites)
    places = np.tile(problem.depot_count + np.arange(sites), count)
    _, out_m = problem.ways.legs(stops, places)
    _, back_m = problem.ways.legs(places, stops)
    far = (out_m + back_m).reshape(count, sites).astype(float)
    far[~problem.facilities.accepts.T[problem.stops.stream]] += 1e12
    order = np.argsort(far, axis=1, kind="stable")[:, : min(sites, _FACILITIES)]
    return order.astype(np.int32)


def _classes(problem: Problem, classes: Classes) -> dict[str, np.ndarray]:
    always = np.array(problem.vehicles.is_under_way)
    if len(problem.vehicles) <= _SMALL_FLEET:
        always[:] = True
    for v, halts in enumerate(problem.locked):
        always[v] |= bool(halts)
    return {
        "of_class": np.append(classes.of_vehicle, 0).astype(np.int32),
        "class_first": classes.first,
        "by_class": classes.vehicles,
        "always": _solid(np.flatnonzero(always).astype(np.int32)),
        "always_count": int(always.sum()),
        "conflicts": _solid(problem.conflicts.astype(np.uint8)),
    }


def _solid(value: Any) -> Any:  # noqa: ANN401
    """Give arrays one block of memory, and at least one number to point at."""
    if not isinstance(value, np.ndarray):
        return value
    return np.ascontiguousarray(value if value.size else np.zeros(1, value.dtype))


def _flags(
    problem: Problem, tables: dict[str, np.ndarray], classes: Classes, level: int
) -> dict[str, int | bool | np.ndarray]:
    stops, fleet, sites = problem.stops, problem.vehicles, problem.facilities
    may, extra = may_come(problem, classes), extra_cents(problem, classes) * MICRO
    total = tables["demand"].sum(axis=0)
    bounds = np.array([*total, len(stops)])
    has_tips = len(sites) > 0
    return {
        "stops": len(stops),
        "classes": len(classes.sample),
        "windows": tables["opens_s"].shape[1],
        "breaks": tables["pauses"].shape[1],
        "groups": len(tables["group_first"]) - 1,
        "facility_width": tables["facility_near"].shape[1],
        "route_width": STREAM_L + 2 * len(problem.streams),
        "routes": len(fleet),
        "streams": len(problem.streams),
        "first_stop": problem.stop_location(0),
        "first_facility": problem.depot_count,
        "facilities": len(sites),
        "has_tips": has_tips,
        "needs_measure": has_tips
        or level == 3
        or bool((fleet.cents_per_hour > 0).any())
        or (level == 2 and _has_soft_hours(problem)),
        "has_limits": bool((tables["limits"][:-1] < bounds).any()),
        "is_picky": not may.all() or bool(extra.any()),
        "has_conflicts": bool(problem.conflicts.any()),
        "has_ties": bool(problem.same_vehicle or problem.precedence),
        "has_groups": bool((stops.alternative >= 0).any()),
        "has_locks": any(problem.locked),
        "has_release": bool((stops.release_s > 0).any()),
        "has_tonnage": bool(sites.cents_per_tonne.any()),
        "has_optional": not stops.is_mandatory.all(),
        "may": may.astype(np.uint8),
        "extra": extra,
    }


def _has_soft_hours(problem: Problem) -> bool:
    fleet = problem.vehicles
    return bool((fleet.overtime_s > 0).any() or (fleet.unfair_cents_per_hour > 0).any())


def _beside_legs(problem: Problem, neighbours: Neighbours, level: int) -> np.ndarray:
    """(s, k, 4): metres and seconds from the neighbour, then to it."""
    beside = neighbours.beside
    count, width = beside.shape
    first = problem.stop_location(0)
    here = first + np.repeat(np.arange(count), width)
    there = first + beside.ravel().astype(np.int64)
    out_s, out_m = problem.ways.legs(here, there)
    back_s, back_m = problem.ways.legs(there, here)
    if level == 0:
        out_s = back_s = np.zeros_like(out_m)
    legs = np.stack([back_m, back_s, out_m, out_s], axis=1)
    return legs.reshape(count, width, 4).astype(np.int32)
