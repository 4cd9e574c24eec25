"""Every stop and every vehicle once, and what is said of those left out."""

from collections import Counter

from routing.solver.check.rules import Found, Rule
from routing.solver.check.shape import pickups_of
from routing.solver.model import Problem
from routing.solver.plan import Plan, Unserved, UnservedReason


def coverage_faults(problem: Problem, plan: Plan) -> Found:
    """Find stops and vehicles that are not in the plan just once."""
    yield from _stops(problem, plan)
    yield from _vehicles(problem, plan)
    served = served_stops(problem, plan)
    for unserved in plan.unserved:
        if 0 <= unserved.stop < len(problem.stops):
            yield from _reason(problem, served, unserved)


def served_stops(problem: Problem, plan: Plan) -> dict[int, tuple[int, int]]:
    """Return (run, step) of every stop that is served."""
    return {
        stop: (r, i)
        for r, run in enumerate(plan.runs)
        for i, stop in pickups_of(problem, run)
    }


def _stops(problem: Problem, plan: Plan) -> Found:
    seen = Counter(stop for run in plan.runs for _, stop in pickups_of(problem, run))
    seen.update(unserved.stop for unserved in plan.unserved)
    known = range(len(problem.stops))
    for stop in sorted({*known, *seen}):
        if stop not in known:
            yield Rule.COVERAGE, f"stop {stop} does not exist"
        elif seen[stop] != 1:
            yield Rule.COVERAGE, f"stop {stop} is in the plan {seen[stop]} times"


def _vehicles(problem: Problem, plan: Plan) -> Found:
    runs = Counter(int(run.vehicle) for run in plan.runs)
    for vehicle, count in runs.items():
        if count > 1:
            yield Rule.VEHICLE_ONCE, f"vehicle {vehicle} has {count} runs"
    broken = {
        unserved.stop
        for unserved in plan.unserved
        if unserved.reason is UnservedReason.LOCK_BROKEN
    }
    for vehicle in problem.vehicles.is_under_way.nonzero()[0].tolist():
        locked = problem.locked[vehicle] if problem.locked else ()
        is_broken = any(problem.stop_at(each) in broken for each in locked)
        if vehicle not in runs and not is_broken:
            yield Rule.UNDER_WAY, f"vehicle {vehicle} is under way without a run"


def _reason(
    problem: Problem, served: dict[int, tuple[int, int]], unserved: Unserved
) -> Found:
    stop, reason = unserved.stop, unserved.reason
    is_mandatory = bool(problem.stops.is_mandatory[stop])
    is_true = {
        UnservedReason.NO_ROOM: is_mandatory,
        UnservedReason.NOT_WORTH_IT: not is_mandatory,
        UnservedReason.LOCK_BROKEN: any(
            problem.stop_location(stop) in row for row in problem.locked
        ),
        UnservedReason.BEFORE_UNSERVED: any(
            after == stop and before not in served
            for before, after in problem.precedence
        ),
        UnservedReason.ALTERNATIVE_SERVED: _is_replaced(problem, served, stop),
    }
    if not is_true.get(reason, True):
        yield Rule.REASON, f"stop {stop} is not unserved because of: {reason}"


def _is_replaced(
    problem: Problem, served: dict[int, tuple[int, int]], stop: int
) -> bool:
    alternative = problem.stops.alternative
    group = int(alternative[stop])
    return group >= 0 and any(int(alternative[other]) == group for other in served)
