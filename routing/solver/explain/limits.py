"""Limits that could give way for a stop, and by how much a run exceeds them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.plan import Relaxation, Run, StepKind
from routing.solver.problem.fields import LATEST_S, UNLIMITED

LATEST = "latest_s"
"""The only limit that is the stop's own."""

Excess = Callable[[Problem, Run, int], float]
"""By how much a run with the stop in it exceeds a limit."""


def _late_s(problem: Problem, run: Run, _: int) -> float:
    return run.steps[-1].arrive_s - int(problem.vehicles.latest_end_s[run.vehicle])


def _begins_late_s(problem: Problem, run: Run, stop: int) -> float:
    location = problem.stop_location(stop)
    begin_s = next(
        step.start_s
        for step in run.steps
        if step.kind is StepKind.PICKUP and step.location == location
    )
    return begin_s - int(problem.stops.latest_s[stop, -1])


def _long_s(problem: Problem, run: Run, _: int) -> float:
    return run.duration_s - int(problem.vehicles.max_duration_s[run.vehicle])


def _long_m(problem: Problem, run: Run, _: int) -> float:
    return run.distance_m - int(problem.vehicles.max_distance_m[run.vehicle])


def _many_stops(problem: Problem, run: Run, _: int) -> float:
    return len(_collected(problem, run)) - int(problem.vehicles.max_stops[run.vehicle])


def _day(column: str, limit: str) -> Excess:
    def excess(problem: Problem, run: Run, _: int) -> float:
        total = getattr(problem.stops, column)[_collected(problem, run)].sum()
        return float(total - getattr(problem.vehicles, limit)[run.vehicle])

    return excess


def _full_l(problem: Problem, run: Run, stop: int) -> float:
    stream = int(problem.stops.stream[stop])
    most_l = max(step.load_l[stream] for step in run.steps)
    return most_l - float(problem.vehicles.capacity_l[run.vehicle, stream])


def _full_kg(problem: Problem, run: Run, _: int) -> float:
    most_kg = max(sum(step.load_kg) for step in run.steps)
    return most_kg - float(problem.vehicles.capacity_kg[run.vehicle])


def _full_containers(problem: Problem, run: Run, _: int) -> float:
    most = max(sum(step.load_containers) for step in run.steps)
    return most - int(problem.vehicles.capacity_containers[run.vehicle])


LIMITS: dict[str, Excess] = {
    "overtime_s": _late_s,
    "shift_end_s": _late_s,
    LATEST: _begins_late_s,
    "max_stops": _many_stops,
    "max_duration_s": _long_s,
    "max_distance_m": _long_m,
    "day_l": _day("demand_l", "day_l"),
    "day_kg": _day("mass_kg", "day_kg"),
    "day_containers": _day("containers", "day_containers"),
    "capacity_containers": _full_containers,
    "capacity_kg": _full_kg,
    "capacity_l": _full_l,
}
"""What may give way, what hurts least first: the first of two that cost the same."""


def limits_of(problem: Problem) -> list[str]:
    """Return those that are set; overtime where anybody has it, else the shift."""
    has_overtime = bool(problem.vehicles.overtime_s.any())
    left_out = "shift_end_s" if has_overtime else "overtime_s"
    return [
        name
        for name in LIMITS
        if name != left_out and bool(np.any(_column(problem, name) < UNLIMITED))
    ]


def lift_limit(problem: Problem, limit: str, stops: Sequence[int]) -> Problem:
    """Return the problem without a limit; of stops only those named have none."""
    column = _column(problem, limit).copy()
    if limit == LATEST:
        for stop in stops:
            column[stop, _last_windows(problem, stop)] = LATEST_S
    else:
        column[column > 0 if limit == "capacity_l" else ...] = UNLIMITED
    return _with(problem, limit, column)


def relax_problem(problem: Problem, stop: int, relaxation: Relaxation) -> Problem:
    """Return the problem in which the relaxation for the stop has been granted."""
    limit, v = relaxation.limit, relaxation.vehicle
    column = _column(problem, limit).copy()
    if limit == LATEST:
        place: Any = stop, _last_windows(problem, stop)
    else:
        place = (v, problem.stops.stream[stop]) if limit == "capacity_l" else v
    column[place] = np.minimum(column[place] + relaxation.amount, UNLIMITED)
    return _with(problem, limit, column)


def _column(problem: Problem, limit: str) -> FloatArray | IntArray:
    table = problem.stops if limit == LATEST else problem.vehicles
    column: FloatArray | IntArray = getattr(table, limit)
    return column


def _with(problem: Problem, limit: str, column: FloatArray | IntArray) -> Problem:
    changed: dict[str, Any] = {limit: column}
    if limit == LATEST:
        return replace(problem, stops=replace(problem.stops, **changed))
    return replace(problem, vehicles=replace(problem.vehicles, **changed))


def _last_windows(problem: Problem, stop: int) -> BoolArray:
    """(w,): the last window, and what repeats it."""
    earliest_s = problem.stops.earliest_s[stop]
    is_last: BoolArray = earliest_s == earliest_s[-1]
    return is_last


def _collected(problem: Problem, run: Run) -> list[int]:
    first = problem.stop_location(0)
    return [step.location - first for step in run.steps if step.kind is StepKind.PICKUP]
