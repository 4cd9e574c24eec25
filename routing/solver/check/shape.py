"""What kind of halts a run is made of, and where they are."""

from routing.solver.check.rules import FoundInRun, Rule
from routing.solver.model import Problem
from routing.solver.plan import Run, StepKind

_INNER = (StepKind.PICKUP, StepKind.TIP, StepKind.BREAK)


def shape_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find steps of a kind, or at a place, where they cannot be."""
    last = len(run.steps) - 1
    for i, step in enumerate(run.steps):
        expected: tuple[StepKind, ...] = _INNER
        if i in (0, last):
            expected = (StepKind.RETURN if i else StepKind.DEPART,)
        if step.kind not in expected:
            yield i, Rule.SHAPE, f"{step.kind} as step {i} of {last + 1}"
        elif not _is_placed(problem, run, i):
            yield i, Rule.SHAPE, f"{step.kind} at location {step.location}"


def next_halt(run: Run, i: int) -> int:
    """Return the step after i that is no break."""
    after = i + 1
    while run.steps[after].kind is StepKind.BREAK:
        after += 1
    return after


def pickups_of(problem: Problem, run: Run) -> list[tuple[int, int]]:
    """Return (step, stop) of every pickup, in order."""
    first = problem.depot_count + len(problem.facilities)
    return [
        (i, step.location - first)
        for i, step in enumerate(run.steps)
        if step.kind is StepKind.PICKUP and step.location >= first
    ]


def _is_placed(problem: Problem, run: Run, i: int) -> bool:
    step, fleet = run.steps[i], problem.vehicles
    first_stop = problem.depot_count + len(problem.facilities)
    match step.kind:
        case StepKind.DEPART:
            return step.location == int(fleet.depot[run.vehicle])
        case StepKind.RETURN:
            return step.location == int(fleet.end_depot[run.vehicle])
        case StepKind.TIP:
            return problem.depot_count <= step.location < first_stop
        case StepKind.PICKUP:
            return step.location >= first_stop
    last_is_return = run.steps[-1].kind is StepKind.RETURN
    return last_is_return and step.location == run.steps[next_halt(run, i)].location
