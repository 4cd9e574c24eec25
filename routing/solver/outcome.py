"""Halts become a plan: times, reasons, costs."""

from collections.abc import Sequence

import numpy as np

from routing.solver.locks import Locks
from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, SolverFacts, Unserved, UnservedReason
from routing.solver.pricing import price_plan
from routing.solver.schedule import schedule_run
from routing.solver.screening import Screening

Halts = Sequence[Sequence[int]]


def to_plan(
    problem: Problem,
    screening: Screening,
    locks: Locks,
    halts: Halts,
    facts: SolverFacts,
) -> Plan:
    """Schedule every run, and say of every other stop why it is in none."""
    runs = to_runs(problem, halts, locks.out)
    served = {
        stop
        for route in halts
        for location in route
        if (stop := problem.stop_at(location)) is not None
    }
    unserved = tuple(
        Unserved(stop=stop, reason=_reason(problem, screening, locks, stop, served))
        for stop in range(len(problem.stops))
        if stop not in served
    )
    cost = price_plan(problem, runs, unserved)
    return Plan(runs=runs, unserved=unserved, cost=cost, solver=facts)


def to_runs(problem: Problem, halts: Halts, out: frozenset[int]) -> tuple[Run, ...]:
    """Schedule the vehicles that have something to do, or are on the road already.

    Raises
    ------
    RuntimeError
        If halts that a solver found cannot be driven: a fault of the solver.
    """
    runs = []
    for vehicle, route in enumerate(halts):
        is_idle = all(problem.stop_at(location) is None for location in route)
        is_locked = bool(problem.locked) and bool(problem.locked[vehicle])
        must_run = bool(problem.vehicles.is_under_way[vehicle]) or is_locked
        if is_idle and (vehicle in out or not must_run):
            continue
        run = schedule_run(problem, vehicle=vehicle, halts=route)
        if run is None:
            raise RuntimeError(f"vehicle {vehicle} cannot drive {list(route)}")
        runs.append(run)
    return tuple(runs)


def _reason(
    problem: Problem, screening: Screening, locks: Locks, stop: int, served: set[int]
) -> UnservedReason:
    if stop in locks.broken_stops:
        return UnservedReason.LOCK_BROKEN
    if stop in screening.reasons:
        return screening.reasons[stop]
    group = problem.stops.alternative[stop]
    if group >= 0:
        members = np.flatnonzero(problem.stops.alternative == group)
        if served.intersection(members.tolist()):
            return UnservedReason.ALTERNATIVE_SERVED
    for before, after in problem.precedence:
        if after == stop and before not in served:
            return UnservedReason.BEFORE_UNSERVED
    if problem.stops.is_mandatory[stop]:
        return UnservedReason.NO_ROOM
    return UnservedReason.NOT_WORTH_IT
