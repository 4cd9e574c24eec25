"""One plan of a day, or of what is left of it at noon; runs in a process of its own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.day.morning import make_morning
from benchmarks.day.noon import Noon, look_at_noon
from routing.solver import Budget, check_plan, solve
from routing.solver.model import Problem
from routing.solver.plan import Plan, StepKind

Facts = dict[str, object]


@dataclass(kw_only=True, slots=True)
class Stopwatch:
    """Notes when the first plan was there, in CPU seconds."""

    begun_s: float = field(default_factory=time.process_time)
    first_plan_s: float | None = None

    @property
    def now_s(self) -> float:
        """Return the CPU seconds since it was made."""
        return time.process_time() - self.begun_s

    def note(self, seconds: float, cents: float, bound_cents: float) -> None:
        """Take the solver's word that there is a better plan."""
        if self.first_plan_s is None:
            self.first_plan_s = self.now_s


def plan_morning(day: int, seconds: float, seed: int) -> Facts:
    """Plan a day."""
    problem = make_morning(day).problem
    watch = Stopwatch()
    plan = _solve(problem, seconds, seed, watch)
    return {
        "first_plan_s": watch.first_plan_s,
        "cpu_s": watch.now_s,
        "cents": plan.cost.total_cents,
        "unserved": len(plan.unserved),
        "faults": _faults_of(problem, plan),
    }


def plan_again_at_noon(
    day: int, morning_seconds: float, seconds: float, seed: int
) -> Facts:
    """Plan a day, drive it until noon, and plan the rest with one stop more."""
    morning = make_morning(day)
    first = _solve(morning.problem, morning_seconds, seed, Stopwatch())
    noon = look_at_noon(morning, first)
    watch = Stopwatch()
    plan = _solve(noon.problem, seconds, seed, watch, start=noon.planned_halts)
    cpu_s = watch.now_s
    return {
        "cpu_s": cpu_s,
        "left": len(noon.problem.stops) - 1,
        "serves_new": _served_by(noon.problem, plan)[-1] >= 0,
        **_count_moved(noon, plan),
        "faults": _faults_of(noon.problem, plan),
    }


def _solve(
    problem: Problem,
    seconds: float,
    seed: int,
    watch: Stopwatch,
    start: Sequence[Sequence[int]] | None = None,
) -> Plan:
    budget = Budget(seconds=seconds, clock="cpu")
    return solve(problem, budget=budget, seed=seed, progress=watch.note, start=start)


def _faults_of(problem: Problem, plan: Plan) -> list[str]:
    return [f"{each.rule.name}: {each.message}" for each in check_plan(problem, plan)]


def _served_by(problem: Problem, plan: Plan) -> list[int]:
    served_by = [-1] * len(problem.stops)
    for run in plan.runs:
        for step in run.steps:
            if step.kind is StepKind.PICKUP:
                served_by[step.location - problem.stop_location(0)] = run.vehicle
    return served_by


def _count_moved(noon: Noon, plan: Plan) -> Facts:
    """Count the planned stops that another vehicle, or nobody, now comes to."""
    planned = noon.problem.stops.planned_vehicle.tolist()
    pairs = list(zip(planned, _served_by(noon.problem, plan), strict=True))
    was_planned = [pair for pair in pairs if pair[0] >= 0]
    return {
        "planned": len(was_planned),
        "moved": sum(now >= 0 and now != then for then, now in was_planned),
        "dropped": sum(now < 0 for _, now in was_planned),
    }
