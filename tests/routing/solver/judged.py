"""Plans under the checker's eye."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from routing.solver.check import Rule, check_plan
from routing.solver.model import Problem
from routing.solver.plan import Plan, StepKind, UnservedReason
from tests.routing.solver.handmade import Script, drive, plan_of_runs


def planned(
    problem: Problem,
    scripts: Mapping[int, Script],
    *,
    depart_s: int | None = None,
    reasons: dict[int, UnservedReason] | None = None,
) -> Plan:
    """Drive a script with each vehicle, from a time or its shift's start."""
    runs = [
        drive(problem, script, vehicle=vehicle, depart_s=depart_s)
        for vehicle, script in scripts.items()
    ]
    return plan_of_runs(problem, *runs, reasons=reasons)


def rules_broken(problem: Problem, plan: Plan) -> set[Rule]:
    return {violation.rule for violation in check_plan(problem, plan)}


def with_step(plan: Plan, index: int, *, run: int = 0, **changes: Any) -> Plan:
    """Change what is written at one step, and nothing else."""
    steps = list(plan.runs[run].steps)
    steps[index] = replace(steps[index], **changes)
    return with_steps(plan, steps, run=run)


def with_steps(plan: Plan, steps, *, run: int = 0) -> Plan:
    runs = list(plan.runs)
    runs[run] = replace(runs[run], steps=tuple(steps))
    return replace(plan, runs=tuple(runs))


def index_of(plan: Plan, kind: StepKind) -> int:
    return [step.kind for step in plan.runs[0].steps].index(kind)


def changed(problem: Problem, part: str, **columns) -> Problem:
    """State another number in every row of a table, for a plan made before."""
    return replace(problem, **{part: replace(getattr(problem, part), **columns)})
