"""Whether a plan can be read at all, before anything is asked of it.

Plans come from files and other programs too: nothing here trusts an annotation.
"""

from collections.abc import Iterator
from dataclasses import fields
from math import isfinite
from typing import TypeGuard

import numpy as np

from routing.solver.check.rules import Rule, Violation
from routing.solver.model import Problem
from routing.solver.plan import (
    Plan,
    PlanCost,
    Relaxation,
    Run,
    Step,
    StepKind,
    Unserved,
    UnservedReason,
)

_MOST = 2**53  # whole numbers beyond are not exact as floats
_WHOLE = ("arrive_s", "start_s", "depart_s", "wait_s", "leg_distance_m", "leg_travel_s")


def reading_faults(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Find what cannot be read."""
    if not isinstance(plan, Plan):
        yield _unreadable(f"{plan!r} is no plan")
        return
    for r, run in enumerate(_rows(plan.runs)):
        for step, message in _run(problem, run):
            yield Violation(rule=Rule.READABLE, message=message, run=r, step=step)
    for message in (*_sequences(plan), *_unserved(problem, plan), *_cost(plan.cost)):
        yield _unreadable(message)


def _unreadable(message: str) -> Violation:
    return Violation(rule=Rule.READABLE, message=message)


def _sequences(plan: Plan) -> Iterator[str]:
    for name in ("runs", "unserved"):
        if not isinstance(getattr(plan, name), tuple | list):
            yield f"{name} is no sequence"


def _unserved(problem: Problem, plan: Plan) -> Iterator[str]:
    for i, unserved in enumerate(_rows(plan.unserved)):
        if not _is_unserved(problem, unserved):
            yield f"unserved[{i}] = {unserved!r} not understood"


def _cost(cost: object) -> Iterator[str]:
    if not isinstance(cost, PlanCost):
        yield f"cost = {cost!r} not understood"
        return
    for each in fields(cost):
        cents = getattr(cost, each.name)
        if not _is_number(cents):
            yield f"cost.{each.name} = {cents!r} is no number"


def _run(problem: Problem, run: object) -> Iterator[tuple[int | None, str]]:
    if not isinstance(run, Run):
        yield None, f"{run!r} is no run"
        return
    if not _is_index(run.vehicle, len(problem.vehicles)):
        yield None, f"vehicle {run.vehicle!r} does not exist"
    steps = _rows(run.steps)
    if len(steps) < 2:  # noqa: PLR2004
        yield None, "fewer than two steps"
    for i, step in enumerate(steps):
        for message in _step(problem, step):
            yield i, message


def _step(problem: Problem, step: object) -> Iterator[str]:
    if not isinstance(step, Step):
        yield f"{step!r} is no step"
        return
    if not isinstance(step.kind, StepKind):
        yield f"kind = {step.kind!r} not understood"
    if not _is_index(step.location, problem.location_count):
        yield f"location {step.location!r} does not exist"
    for name in _WHOLE:
        if not _is_whole(getattr(step, name)):
            yield f"{name} = {getattr(step, name)!r} is no whole number"
    for name in ("load_l", "load_kg", "load_containers"):
        load = getattr(step, name)
        if not _is_load(load, len(problem.streams), is_whole=name == "load_containers"):
            yield f"{name} = {load!r} is not one number for each stream"


def _is_load(load: object, streams: int, *, is_whole: bool) -> bool:
    rows, reads = _rows(load), _is_whole if is_whole else _is_number
    return len(rows) == streams and all(reads(each) for each in rows)


def _is_unserved(problem: Problem, unserved: object) -> bool:
    return (
        isinstance(unserved, Unserved)
        and _is_whole(unserved.stop)
        and isinstance(unserved.reason, UnservedReason)
        and (
            unserved.relaxation is None or _is_relaxation(problem, unserved.relaxation)
        )
    )


def _is_relaxation(problem: Problem, relaxation: object) -> bool:
    return (
        isinstance(relaxation, Relaxation)
        and isinstance(relaxation.limit, str)
        and _is_index(relaxation.vehicle, len(problem.vehicles))
        and _is_number(relaxation.amount)
        and _is_number(relaxation.cents)
    )


def _rows(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()


def _is_whole(value: object) -> TypeGuard[int]:
    is_integer = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return is_integer and -_MOST <= int(value) <= _MOST  # type: ignore[call-overload]


def _is_number(value: object) -> bool:
    if isinstance(value, float | np.floating):
        return isfinite(value)
    return _is_whole(value)


def _is_index(value: object, count: int) -> bool:
    return _is_whole(value) and 0 <= value < count
