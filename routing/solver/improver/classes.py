"""Vehicles that are alike: one unused vehicle of each class is tried, not all."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from routing.solver.model import Problem

if TYPE_CHECKING:
    from routing.solver.problem.breaks import Rest


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Classes:
    """Vehicles by class.

    Parameters
    ----------
    of_vehicle
        (v,) class of each vehicle.
    first
        (c + 1,) where each class begins in `vehicles`.
    vehicles
        (v,) vehicles, class by class.
    sample
        (c,) one vehicle of each class.
    """

    of_vehicle: np.ndarray
    first: np.ndarray
    vehicles: np.ndarray
    sample: np.ndarray


def classify(problem: Problem) -> Classes:
    """Put vehicles together that no rule and no price tells apart."""
    fleet, count = problem.vehicles, len(problem.vehicles)
    columns = [np.asarray(getattr(fleet, each.name)) for each in fields(fleet)]
    table = np.hstack([column.reshape(count, -1) for column in columns]).astype(float)
    own = _have_names(problem)
    number: dict[tuple[bytes, Rest, int], int] = {}
    of_vehicle = np.array(
        [
            number.setdefault(
                (table[v].tobytes(), problem.rest_of(v), v if own[v] else -1),
                len(number),
            )
            for v in range(count)
        ],
        np.int32,
    )
    vehicles = np.argsort(of_vehicle, kind="stable").astype(np.int32)
    sizes = np.bincount(of_vehicle, minlength=len(number))
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Classes(
        of_vehicle=of_vehicle,
        first=first,
        vehicles=vehicles,
        sample=vehicles[first[:-1]],
    )


def _have_names(problem: Problem) -> np.ndarray:
    """(v,): vehicles that a stop or a lock refers to, and those on the road."""
    own = np.array(problem.vehicles.is_under_way)
    for column in (problem.stops.pinned_vehicle, problem.stops.planned_vehicle):
        own[column[column >= 0]] = True
    for v, halts in enumerate(problem.locked):
        own[v] |= bool(halts)
    return own


def may_come(problem: Problem, classes: Classes) -> np.ndarray:
    """(s, c): skills, pins and compartments let the class come to the stop."""
    stops, fleet = problem.stops, problem.vehicles
    may = np.ones((len(stops), len(classes.sample)), np.bool_)
    for c, v in enumerate(classes.sample.tolist()):
        lacks = stops.needs & ~fleet.has[v] if len(problem.skills) else stops.needs
        may[:, c] = ~lacks.any(axis=1) & (fleet.capacity_l[v, stops.stream] > 0)
        is_other = (stops.pinned_vehicle >= 0) & (stops.pinned_vehicle != v)
        may[:, c] &= ~is_other
    return may


def extra_cents(problem: Problem, classes: Classes) -> np.ndarray:
    """(s, c): cents for a move to another vehicle, and for leaving the territory."""
    stops, fleet = problem.stops, problem.vehicles
    extra = np.zeros((len(stops), len(classes.sample)), np.int64)
    for c, v in enumerate(classes.sample.tolist()):
        is_moved = (stops.planned_vehicle >= 0) & (stops.planned_vehicle != v)
        zone = fleet.zone[v]
        is_foreign = (zone >= 0) & (stops.zone >= 0) & (stops.zone != zone)
        extra[:, c] = is_moved * stops.move_cents + is_foreign * fleet.foreign_cents[v]
    return extra
