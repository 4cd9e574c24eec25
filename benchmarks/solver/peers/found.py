"""What any solver hands back."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks.solver.instance import Instance
from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem


class CannotStateError(Exception):
    """The solver's model lacks a rule that the problem has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Routes, and how soon the first complete ones were there.

    Parameters
    ----------
    halts
        For each vehicle the locations of stops and facilities; None: no plan.
    cpu_s
        CPU seconds that the search took, without making the solver's own model.
    first_plan_s
        CPU seconds until the first plan; None if the solver does not tell.
    faults
        Broken rules, of a solver whose plan says more than its halts.
    """

    halts: list[list[int]] | None
    cpu_s: float
    first_plan_s: float | None = None
    faults: tuple[str, ...] = field(default=())


Solver = Callable[[Instance, float, int], Found]
"""Instance, CPU seconds, seed; making the solver's own model is not on the clock."""


def refuse(lacks: dict[str, object]) -> None:
    """Refuse a problem with any of the named rules.

    Raises
    ------
    CannotStateError
        Naming what the solver's model lacks.
    """
    missing = [name for name, is_there in lacks.items() if is_there]
    if missing:
        raise CannotStateError(", ".join(missing))


def allowed_stops(problem: Problem) -> BoolArray:
    """Return (v, s) whether the vehicle has the skills that the stop needs."""
    lacking = problem.stops.needs[None, :, :] & ~problem.vehicles.has[:, None, :]
    return np.logical_not(lacking.any(axis=2))


def full_ways(problem: Problem) -> tuple[IntArray, IntArray]:
    """Return (n, n) seconds and metres, row by row and only once if they are the same.

    The peers' memory is measured: it should not be ours.
    """
    n = problem.location_count
    distance_m = np.empty((n, n), np.int64)
    travel_s = distance_m
    there = np.arange(n)
    for here in range(n):
        row_s, row_m = problem.ways.legs(np.full(n, here), there)
        if travel_s is distance_m and (row_s != row_m).any():
            travel_s = distance_m.copy()
        distance_m[here], travel_s[here] = row_m, row_s
    return travel_s, distance_m
