"""All rules, one after the other."""

from collections.abc import Iterator

from routing.solver.check.costs import cost_faults
from routing.solver.check.coverage import coverage_faults
from routing.solver.check.limits import limit_faults
from routing.solver.check.loads import load_faults
from routing.solver.check.permits import permit_faults
from routing.solver.check.reading import reading_faults
from routing.solver.check.rests import rest_faults
from routing.solver.check.rules import FoundInRun, Violation
from routing.solver.check.shape import shape_faults
from routing.solver.check.ties import tie_faults
from routing.solver.check.times import time_faults
from routing.solver.model import Problem
from routing.solver.plan import Plan, Run


def check_plan(problem: Problem, plan: Plan) -> list[Violation]:
    """Return every rule that the plan breaks; an empty list is a sound plan.

    Never raises: a plan that cannot be read breaks a rule. What cannot be judged of
    such a plan is left out until it can be read.
    """
    unreadable = list(reading_faults(problem, plan))
    if unreadable:
        return unreadable
    shapeless = [
        violation
        for r, run in enumerate(plan.runs)
        for violation in _placed(r, shape_faults(problem, run))
    ]
    unshaped = {violation.run for violation in shapeless}
    violations = shapeless + [
        violation
        for r, run in enumerate(plan.runs)
        if r not in unshaped
        for violation in _placed(r, _run_faults(problem, run))
    ]
    whole = [*coverage_faults(problem, plan), *tie_faults(problem, plan)]
    if not shapeless:
        whole += cost_faults(problem, plan)
    return violations + [Violation(rule=rule, message=text) for rule, text in whole]


def _run_faults(problem: Problem, run: Run) -> FoundInRun:
    yield from time_faults(problem, run)
    yield from rest_faults(problem, run)
    yield from load_faults(problem, run)
    yield from limit_faults(problem, run)
    yield from permit_faults(problem, run)


def _placed(run: int, found: FoundInRun) -> Iterator[Violation]:
    for step, rule, message in found:
        yield Violation(rule=rule, message=message, run=run, step=step)
