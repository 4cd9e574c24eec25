"""Breaks and the driving rule along a run."""

from collections.abc import Iterable

from routing.solver.check.rules import FoundInRun, Rule
from routing.solver.model import Problem
from routing.solver.plan import Run, Step, StepKind
from routing.solver.problem.breaks import Break, Rest


def rest_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find breaks that are missing or not granted, and driving without a rest."""
    rest = problem.rest_of(run.vehicle)
    yield from _breaks(rest, run)
    yield from _driving(rest, run)


def _breaks(rest: Rest, run: Run) -> FoundInRun:
    """Pair the breaks of the run with those granted, in any way that works out.

    A rest of the driving rule may look like a granted break: so what is kept is every
    number of granted breaks that may be done with after each step.
    """
    done = _passed({0}, rest.breaks, run)
    for i, step in enumerate(run.steps):
        if step.kind is not StepKind.BREAK:
            continue
        paired = {n + 1 for n in done if _is_granted(step, rest.breaks[n : n + 1])}
        done = _passed(
            paired | (done if _is_rest(step, rest) else set()), rest.breaks, run
        )
        if not done:
            length_s = step.depart_s - step.start_s
            yield i, Rule.BREAKS, f"no break of {length_s} s at {step.start_s} s"
            return
    if len(rest.breaks) not in done:
        yield None, Rule.BREAKS, f"{rest.breaks[max(done)]} is missing"


def _passed(done: Iterable[int], breaks: tuple[Break, ...], run: Run) -> set[int]:
    """Add the numbers that are reached by leaving out what may be missing."""
    reached = set()
    for n in done:
        reached.add(n)
        while n < len(breaks) and _is_at_home(breaks[n], run):
            n += 1  # noqa: PLW2901
            reached.add(n)
    return reached


def _is_at_home(each: Break, run: Run) -> bool:
    departs_s, returns_s = run.steps[0].depart_s, run.steps[-1].arrive_s
    return departs_s >= each.earliest_s + each.length_s or returns_s <= each.latest_s


def _is_granted(step: Step, breaks: tuple[Break, ...]) -> bool:
    return any(
        each.earliest_s <= step.start_s <= each.latest_s
        and step.depart_s - step.start_s == each.length_s
        for each in breaks
    )


def _is_rest(step: Step, rest: Rest) -> bool:
    rule = rest.driving
    return rule is not None and step.depart_s - step.start_s == rule.rest_s


def _driving(rest: Rest, run: Run) -> FoundInRun:
    rule, driven_s = rest.driving, 0
    if rule is None:
        return
    for i, step in enumerate(run.steps):
        driven_s += step.leg_travel_s
        if driven_s > rule.max_driving_s:
            message = (
                f"{driven_s} s driven without a rest, limit {rule.max_driving_s} s"
            )
            yield i, Rule.DRIVING, message
        is_break = step.kind is StepKind.BREAK
        if is_break and step.depart_s - step.start_s >= rule.rest_s:
            driven_s = 0
