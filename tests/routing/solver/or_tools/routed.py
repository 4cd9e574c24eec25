"""What OR-Tools makes of small towns, driven and checked."""

from collections.abc import Sequence

import numpy as np

from routing.solver.check import Rule, check_plan
from routing.solver.model import Problem
from routing.solver.or_tools import route
from routing.solver.plan import Run, UnservedReason
from tests.routing.solver.brute_times import cheapest_drive
from tests.routing.solver.handmade import drive, plan_of_runs
from tests.routing.solver.towns import Town

SECONDS = 0.05
"""Mostly enough for the first plan, and a hundred after it."""

MORE_SECONDS = 0.12
"""For those who have nothing yet, or left something."""

Halts = Sequence[Sequence[int]]


def routed(town: Town, halts: Halts | None = None) -> list[list[int]]:
    """By vehicle the halts that OR-Tools finds without being told who may go where."""
    problem = town.problem()
    found = route(problem, everybody(problem), halts, seconds=SECONDS)
    if found is None or left_by(town, found):
        start = halts if found is None else found
        found = route(problem, everybody(problem), start, seconds=MORE_SECONDS)
    assert found is not None
    assert broken(problem, found) == set()
    return found


def everybody(problem: Problem):
    return np.ones((len(problem.stops), len(problem.vehicles)), dtype=np.bool_)


def broken(problem: Problem, halts: Halts) -> set[Rule]:
    """Rules that these halts break, driven as well as can be.

    Why a stop is left is not OR-Tools' to say.
    """
    runs = [run for v, each in enumerate(halts) if (run := driven(problem, v, each))]
    plan = plan_of_runs(problem, *runs, reasons=broken_locks(problem, halts))
    return {each.rule for each in check_plan(problem, plan)} - {Rule.REASON}


def broken_locks(problem: Problem, halts: Halts) -> dict[int, UnservedReason]:
    """Stops that are locked for a vehicle that stays at home."""
    locked = [
        problem.stop_at(location)
        for begins, run in zip(problem.locked, halts, strict=True)
        for location in begins
        if not run
    ]
    stops = [stop for stop in locked if stop is not None]
    return dict.fromkeys(stops, UnservedReason.LOCK_BROKEN)


def driven(problem: Problem, vehicle: int, halts: Sequence[int]) -> Run | None:
    """The cheapest drive of all that can be tried, which asks no solver."""
    if not halts and not problem.vehicles.is_under_way[vehicle]:
        return None
    best = cheapest_drive(problem, vehicle, tuple(halts))
    assert best is not None, f"vehicle {vehicle} cannot drive {halts}"
    return drive(problem, best.script, vehicle=vehicle, depart_s=best.depart_s)


def left(town: Town) -> list[int]:
    """Bins that are left."""
    return left_by(town, routed(town))


def left_by(town: Town, halts: Halts) -> list[int]:
    served = {location - town.bin_at(0) for run in halts for location in run}
    return [stop for stop in range(len(town.bins)) if stop not in served]


def used(town: Town) -> list[int]:
    """Vehicles that have a run."""
    return [vehicle for vehicle, run in enumerate(routed(town)) if run]
