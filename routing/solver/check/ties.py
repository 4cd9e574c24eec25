"""What ties stops to each other, and to the beginning of a run."""

from collections import defaultdict

from routing.solver.check.coverage import served_stops
from routing.solver.check.rules import Found, Rule
from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, StepKind, UnservedReason

_HALTS = (StepKind.PICKUP, StepKind.TIP)


def tie_faults(problem: Problem, plan: Plan) -> Found:
    """Find groups, orders and locks that the plan does not keep."""
    served = served_stops(problem, plan)
    yield from _same_vehicle(problem, served)
    yield from _precedence(problem, served)
    yield from _alternatives(problem, served)
    yield from _locked(problem, plan)


def _same_vehicle(problem: Problem, served: dict[int, tuple[int, int]]) -> Found:
    for group in problem.same_vehicle:
        runs = {served[stop][0] for stop in group if stop in served}
        if len(runs) > 1:
            yield Rule.SAME_VEHICLE, f"stops {group} are in runs {sorted(runs)}"


def _precedence(problem: Problem, served: dict[int, tuple[int, int]]) -> Found:
    for before, after in problem.precedence:
        if after not in served:
            continue
        is_kept = (
            before in served
            and served[before][0] == served[after][0]
            and served[before][1] < served[after][1]
        )
        if not is_kept:
            yield Rule.PRECEDENCE, f"stop {before} is not emptied before stop {after}"


def _alternatives(problem: Problem, served: dict[int, tuple[int, int]]) -> Found:
    emptied = defaultdict(list)
    for stop in sorted(served):
        emptied[int(problem.stops.alternative[stop])].append(stop)
    for group, stops in emptied.items():
        if group >= 0 and len(stops) > 1:
            yield Rule.ALTERNATIVE, f"stops {stops} of alternative {group} are emptied"


def _locked(problem: Problem, plan: Plan) -> Found:
    runs = {int(run.vehicle): run for run in plan.runs}
    for vehicle, locked in enumerate(problem.locked):
        run = runs.get(vehicle)
        if run is None:
            yield from _unused(problem, plan, vehicle)
        elif (begun := _halts(run)[: len(locked)]) != [*locked]:
            message = f"vehicle {vehicle} begins with {begun}, locked {[*locked]}"
            yield Rule.LOCKED, message


def _unused(problem: Problem, plan: Plan, vehicle: int) -> Found:
    """Without a run, the locked stops are unserved, and the broken lock is why."""
    broken = {
        unserved.stop
        for unserved in plan.unserved
        if unserved.reason is UnservedReason.LOCK_BROKEN
    }
    for location in problem.locked[vehicle]:
        stop = problem.stop_at(location)
        if stop is not None and stop not in broken:
            yield Rule.LOCKED, f"stop {stop} is locked to vehicle {vehicle}, no run"


def _halts(run: Run) -> list[int]:
    return [int(step.location) for step in run.steps if step.kind in _HALTS]
