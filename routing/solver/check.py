"""Recompute a plan from the problem alone, and name every rule it breaks.

Shares no code with the solvers: it reads the arrays of the problem and the plan.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, Step, StepKind

_TOLERANCE = 1e-6  # litres, kilograms
_TOLERANCE_CENTS = 0.01


class Rule(StrEnum):
    """The rules of a plan."""

    COVERAGE = "every stop is in one run once, or unserved"
    VEHICLE_ONCE = "a vehicle has one run at most"
    SHAPE = "a run departs from its depot, halts at stops and facilities, and returns"
    LEG = "a leg is as long as the matrices say"
    TIME = "times follow from each other"
    WINDOW = "work begins within the window or the opening hours"
    SHIFT = "the run lies within the shift"
    COMPARTMENT = "the vehicle takes the stream"
    LITRES = "no compartment holds more than its capacity"
    KILOGRAMS = "the vehicle carries no more than its capacity"
    LOAD = "loads are what was picked up and not yet tipped"
    HOME_LOADED = "nothing is on board at the return"
    DISTANCE = "the run is no longer than its limit"
    STOP_COUNT = "the run has no more stops than its limit"
    COST = "costs are what the runs and the prizes left add up to"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One broken rule.

    Parameters
    ----------
    run, step
        Where in the plan; None when it concerns the plan, or the whole run.
    """

    rule: Rule
    message: str
    run: int | None = None
    step: int | None = None


Broken = tuple[Rule, str]


def check_plan(problem: Problem, plan: Plan) -> list[Violation]:
    """Return every rule that the plan breaks; an empty list is a sound plan."""
    violations = [
        Violation(rule=rule, message=message) for rule, message in _whole(problem, plan)
    ]
    for r, run in enumerate(plan.runs):
        if not _is_readable(problem, run):
            violations.append(Violation(rule=Rule.SHAPE, message="unreadable", run=r))
            continue
        violations += [
            Violation(rule=rule, message=message, run=r)
            for rule, message in _run(problem, run)
        ]
        violations += [
            Violation(rule=rule, message=message, run=r, step=i)
            for i, (rule, message) in _steps(problem, run)
        ]
    if not any(v.rule is Rule.SHAPE for v in violations):
        violations += [
            Violation(rule=rule, message=message)
            for rule, message in _cost(problem, plan)
        ]
    return violations


def _is_readable(problem: Problem, run: Run) -> bool:
    n, v = len(problem.travel_s), len(problem.vehicles.capacity_kg)
    return (
        0 <= run.vehicle < v
        and len(run.steps) > 1
        and all(0 <= step.location < n for step in run.steps)
        and all(len(step.load_l) == len(problem.streams) for step in run.steps)
    )


def _whole(problem: Problem, plan: Plan) -> Iterator[Broken]:
    first = problem.depot_count + len(problem.facilities.tip_s)
    seen = Counter(
        step.location - first
        for run in plan.runs
        for step in run.steps
        if step.kind is StepKind.PICKUP
    )
    seen.update(unserved.stop for unserved in plan.unserved)
    for stop in sorted({*range(len(problem.stops.demand_l)), *seen}):
        if seen[stop] != 1 or not 0 <= stop < len(problem.stops.demand_l):
            yield Rule.COVERAGE, f"stop {stop} is in the plan {seen[stop]} times"
    for vehicle, count in Counter(run.vehicle for run in plan.runs).items():
        if count > 1:
            yield Rule.VEHICLE_ONCE, f"vehicle {vehicle} has {count} runs"


def _run(problem: Problem, run: Run) -> Iterator[Broken]:
    fleet, v = problem.vehicles, run.vehicle
    kinds = [step.kind for step in run.steps]
    depot = int(fleet.depot[v])
    inner = [StepKind.PICKUP, StepKind.TIP]
    ends = (run.steps[0].location, run.steps[-1].location)
    if (
        kinds[0] is not StepKind.DEPART
        or kinds[-1] is not StepKind.RETURN
        or any(kind not in inner for kind in kinds[1:-1])
        or ends != (depot, depot)
    ):
        yield Rule.SHAPE, f"vehicle {v} does not go from depot {depot} back to it"
    if run.steps[0].depart_s < fleet.shift_start_s[v]:
        yield Rule.SHIFT, f"departs at {run.steps[0].depart_s} s, before the shift"
    if run.steps[-1].arrive_s > fleet.shift_end_s[v]:
        yield Rule.SHIFT, f"returns at {run.steps[-1].arrive_s} s, after the shift"
    distance_m = _distance_m(problem, run)
    if distance_m > fleet.max_distance_m[v]:
        yield Rule.DISTANCE, f"{distance_m} m, limit {fleet.max_distance_m[v]} m"
    if kinds.count(StepKind.PICKUP) > fleet.max_stops[v]:
        yield Rule.STOP_COUNT, f"{kinds.count(StepKind.PICKUP)} stops"


def _steps(problem: Problem, run: Run) -> Iterator[tuple[int, Broken]]:
    load_l, load_kg = [0.0] * len(problem.streams), [0.0] * len(problem.streams)
    for i, step in enumerate(run.steps):
        before = run.steps[i - 1] if i else None
        found = [*_place(problem, step), *_times(problem, before, step)]
        if not found or all(rule is not Rule.SHAPE for rule, _ in found):
            _carry(problem, step, load_l, load_kg)
            found += _loads(problem, run.vehicle, step, load_l, load_kg)
        for broken in found:
            yield i, broken


def _place(problem: Problem, step: Step) -> Iterator[Broken]:
    first_stop = problem.depot_count + len(problem.facilities.tip_s)
    expected = {
        StepKind.DEPART: step.location < problem.depot_count,
        StepKind.RETURN: step.location < problem.depot_count,
        StepKind.TIP: problem.depot_count <= step.location < first_stop,
        StepKind.PICKUP: step.location >= first_stop,
    }
    if not expected[step.kind]:
        yield Rule.SHAPE, f"{step.kind} at location {step.location}"


def _times(problem: Problem, before: Step | None, step: Step) -> Iterator[Broken]:
    leg_m, leg_s, left_s = 0, 0, step.arrive_s
    if before is not None:
        leg_m = int(problem.distance_m[before.location, step.location])
        leg_s = int(problem.travel_s[before.location, step.location])
        left_s = before.depart_s
    if (step.leg_distance_m, step.leg_travel_s) != (leg_m, leg_s):
        yield Rule.LEG, f"expected {leg_m} m and {leg_s} s"
    if step.arrive_s != left_s + leg_s:
        yield Rule.TIME, f"arrives at {step.arrive_s} s, expected {left_s + leg_s} s"
    if step.start_s < step.arrive_s or step.wait_s != step.start_s - step.arrive_s:
        yield (
            Rule.TIME,
            f"waits {step.wait_s} s from {step.arrive_s} to {step.start_s} s",
        )
    work_s, opens_s, closes_s = _work(problem, step)
    if step.depart_s != step.start_s + work_s:
        yield Rule.TIME, f"departs at {step.depart_s} s, work takes {work_s} s"
    if not opens_s <= step.start_s <= closes_s:
        yield Rule.WINDOW, f"begins at {step.start_s} s, open {opens_s} to {closes_s} s"


def _work(problem: Problem, step: Step) -> tuple[int, int, int]:
    stops, facilities = problem.stops, problem.facilities
    i = step.location - problem.depot_count
    if 0 <= i < len(facilities.tip_s):
        hours = int(facilities.opens_s[i]), int(facilities.closes_s[i])
        return int(facilities.tip_s[i]), *hours
    i -= len(facilities.tip_s)
    if i >= 0:
        return int(stops.service_s[i]), int(stops.earliest_s[i]), int(stops.latest_s[i])
    return 0, step.start_s, step.start_s


def _carry(
    problem: Problem, step: Step, load_l: list[float], load_kg: list[float]
) -> None:
    i = step.location - problem.depot_count
    if step.kind is StepKind.TIP:
        for stream, is_accepted in enumerate(problem.facilities.accepts[i]):
            if is_accepted:
                load_l[stream] = load_kg[stream] = 0.0
    elif step.kind is StepKind.PICKUP:
        i -= len(problem.facilities.tip_s)
        stream = int(problem.stops.stream[i])
        load_l[stream] += float(problem.stops.demand_l[i])
        load_kg[stream] += float(problem.stops.mass_kg[i])


def _loads(
    problem: Problem,
    vehicle: int,
    step: Step,
    load_l: list[float],
    load_kg: list[float],
) -> Iterator[Broken]:
    capacity_l = problem.vehicles.capacity_l[vehicle]
    for stream, name in enumerate(problem.streams):
        if load_l[stream] > 0 and capacity_l[stream] == 0:
            yield Rule.COMPARTMENT, f"no compartment for {name}"
        elif load_l[stream] > capacity_l[stream] + _TOLERANCE:
            yield Rule.LITRES, f"{load_l[stream]:g} l of {name}"
        if abs(step.load_l[stream] - load_l[stream]) > _TOLERANCE:
            yield Rule.LOAD, f"{step.load_l[stream]:g} l, expected {load_l[stream]:g} l"
    if sum(load_kg) > problem.vehicles.capacity_kg[vehicle] + _TOLERANCE:
        yield Rule.KILOGRAMS, f"{sum(load_kg):g} kg"
    if abs(step.load_kg - sum(load_kg)) > _TOLERANCE:
        yield Rule.LOAD, f"{step.load_kg:g} kg, expected {sum(load_kg):g} kg"
    is_loaded = max(*load_l, *load_kg) > 0
    if step.kind is StepKind.RETURN and is_loaded:
        yield Rule.HOME_LOADED, f"{sum(load_l):g} l, {sum(load_kg):g} kg on board"


def _distance_m(problem: Problem, run: Run) -> int:
    path = [step.location for step in run.steps]
    return sum(int(problem.distance_m[here, there]) for here, there in pairwise(path))


def _cost(problem: Problem, plan: Plan) -> Iterator[Broken]:
    fleet, expected = (
        problem.vehicles,
        dict.fromkeys(("distance", "time", "fixed", "tip", "prizes_left"), 0.0),
    )
    for run in plan.runs:
        v, steps = run.vehicle, run.steps
        duration_s = steps[-1].arrive_s - steps[0].depart_s
        expected["distance"] += fleet.cents_per_km[v] * _distance_m(problem, run) / 1000
        expected["time"] += fleet.cents_per_hour[v] * duration_s / 3600
        expected["fixed"] += fleet.fixed_cents[v]
        for step in steps:
            if step.kind is StepKind.TIP:
                facility = step.location - problem.depot_count
                expected["tip"] += problem.facilities.tip_cents[facility]
    for unserved in plan.unserved:
        if 0 <= unserved.stop < len(problem.stops.demand_l):
            expected["prizes_left"] += problem.stops.prize_cents[unserved.stop]
    for part, cents in expected.items():
        given = getattr(plan.cost, f"{part}_cents")
        if abs(given - cents) > _TOLERANCE_CENTS:
            yield Rule.COST, f"{part}: {given:.2f} cents, expected {cents:.2f}"
