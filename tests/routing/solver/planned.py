"""Plans of small towns, made by the solver and checked."""

from collections.abc import Sequence

from routing.solver import Budget, solve
from routing.solver.check import check_plan
from routing.solver.closing import with_tips
from routing.solver.improver.improve import Improver
from routing.solver.improver.prepare import prepare
from routing.solver.locks import judge_locks
from routing.solver.model import Problem
from routing.solver.plan import Plan, StepKind, UnservedReason
from routing.solver.screening import screen_stops
from tests.routing.solver.towns import Town

ITERATIONS = 500
WORK = (StepKind.PICKUP, StepKind.TIP)


def plan_of(town: Town) -> Plan:
    return checked(town.problem())


def checked(
    problem: Problem,
    *,
    iterations: int = ITERATIONS,
    seed: int = 1,
    start: Sequence[Sequence[int]] | None = None,
) -> Plan:
    plan = solve(problem, budget=Budget(iterations=iterations), seed=seed, start=start)
    assert check_plan(problem, plan) == []
    return plan


def tips_of(plan: Plan) -> int:
    return sum(step.kind is StepKind.TIP for run in plan.runs for step in run.steps)


def left_of(plan: Plan) -> list[int]:
    return sorted(unserved.stop for unserved in plan.unserved)


def reasons_of(plan: Plan) -> list[UnservedReason]:
    return [unserved.reason for unserved in plan.unserved]


def halts_of(plan: Plan) -> dict[int, list[int]]:
    """Locations of pickups and tips, by vehicle."""
    return {
        run.vehicle: [step.location for step in run.steps if step.kind in WORK]
        for run in plan.runs
    }


def minutes_of(plan: Plan) -> float:
    return sum(run.duration_s for run in plan.runs) / 60


def improver_of(problem: Problem, halts=None) -> Improver:
    """Return a search laid out as in `solve`, from given halts or from the locks."""
    screening, locks = screen_stops(problem), judge_locks(problem)
    facts = prepare(problem, screening.can_take, locks.out, locks.broken_stops)
    begun = with_tips(problem, locks.runs if halts is None else halts, locks.out)
    return Improver(facts, seed=1, halts=begun, locked=locks.locked)
