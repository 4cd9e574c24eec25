"""From a problem to the engine's facts."""

from typing import Any

import numpy as np

from routing.solver.engine.chance import EXPONENTIAL
from routing.solver.engine.columns import STREAM_L
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import lay_legs
from routing.solver.improver.amounts import lay_rooms, lay_visits
from routing.solver.improver.classes import Classes, classify, extra_cents, may_come
from routing.solver.improver.clock_level import FULL, NONE, SPANS, clock_level
from routing.solver.improver.money import MICRO, lay_money, rates_of
from routing.solver.improver.neighbours import Neighbours, find_neighbours
from routing.solver.improver.sites import lay_rests, lay_sites
from routing.solver.improver.ties import lay_ties
from routing.solver.model import Problem

_NEAR, _BESIDE, _BESIDE_FEW = 100, 16, 28
_FEW_STOPS = 400  # so few can afford to look at more neighbours
_SMALL_FLEET = 12


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
    rates = rates_of(problem)
    neighbours = find_neighbours(
        problem,
        near=_NEAR,
        beside=_BESIDE_FEW if len(problem.stops) <= _FEW_STOPS else _BESIDE,
        rates=(rates[0].mean(), rates[1].mean()),
    )
    legs = lay_legs(problem.ways, needs_seconds=level > 0)
    tables: dict[str, Any] = lay_money(problem, rates) | lay_rooms(problem)
    tables |= lay_visits(problem, can_take)
    tables |= lay_rests(problem, classes) | lay_sites(problem) | lay_ties(problem)
    tables |= _flags(problem, tables, classes, level)
    _bar(tables, sorted(out), sorted(lost))
    return Facts(
        legs=legs,
        level=level,
        **{name: _solid(value) for name, value in tables.items()},
        **{name: _solid(value) for name, value in _classes(problem, classes).items()},
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


def _solid(value: Any) -> Any:  # noqa: ANN401 - whatever a table may be
    """Lay an array flat in one block, with at least one number to point at.

    All problems alike: code is compiled anew for another number of dimensions.
    """
    if not isinstance(value, np.ndarray):
        return value
    flat = value if value.size else np.zeros(1, value.dtype)
    return np.ascontiguousarray(flat).reshape(-1).copy()


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
        or level == FULL
        or bool((fleet.cents_per_hour > 0).any())
        or (level == SPANS and _has_soft_hours(problem)),
        "has_limits": bool((tables["limits"][:-1] < bounds).any()),
        "is_picky": not may.all() or bool(extra.any()),
        "has_conflicts": bool(problem.conflicts.any()),
        "has_ties": bool(problem.same_vehicle or problem.precedence),
        "has_groups": bool((stops.alternative >= 0).any()),
        "has_locks": any(problem.locked),
        "has_release": bool((stops.release_s > 0).any()),
        "has_tonnage": bool(sites.cents_per_tonne.any()),
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
    if level == NONE:
        out_s = back_s = np.zeros_like(out_m)
    legs = np.stack([back_m, back_s, out_m, out_s], axis=1)
    return legs.reshape(count, width, 4).astype(np.int32)
