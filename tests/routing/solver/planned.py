"""Plans of small towns, checked."""

from routing.solver import Plan, StepKind, UnservedReason, check_plan, solve
from tests.routing.solver.towns import Town


def plan_of(town: Town) -> Plan:
    problem = town.problem()
    plan = solve(problem, budget_s=0.3, seed=1)
    assert check_plan(problem, plan) == []
    return plan


def tips_of(plan: Plan) -> int:
    return sum(step.kind is StepKind.TIP for run in plan.runs for step in run.steps)


def reasons_of(plan: Plan) -> list[UnservedReason]:
    return [unserved.reason for unserved in plan.unserved]
