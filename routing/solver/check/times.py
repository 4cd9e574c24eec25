"""Legs, times, windows and releases along a run."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from routing.arrays import IntArray
from routing.solver.check.rules import FoundInRun, Rule
from routing.solver.model import Problem
from routing.solver.plan import Run, Step, StepKind

_EMPTIED = (StepKind.DEPART, StepKind.TIP)


def time_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find legs and times that the ways, the work and the windows do not allow."""
    yield from _legs(problem, run)
    for i, step in enumerate(run.steps):
        before = run.steps[i - 1] if i else None
        for rule, message in (
            *_clock(before, step),
            *_work(problem, step),
            *_window(problem, step),
        ):
            yield i, rule, message
    yield from _releases(problem, run)


def leg_lengths(problem: Problem, run: Run) -> tuple[list[int], list[int]]:
    """Return seconds and metres of the legs between the halts, breaks left out."""
    path = np.array(
        [step.location for step in run.steps if step.kind is not StepKind.BREAK],
        dtype=np.int64,
    )
    travel_s, distance_m = problem.ways.legs(path[:-1], path[1:])
    return [int(each) for each in travel_s], [int(each) for each in distance_m]


def _legs(problem: Problem, run: Run) -> FoundInRun:
    """Compare each leg with the ways; a break on the way parts its seconds in two."""
    halts = [i for i, step in enumerate(run.steps) if step.kind is not StepKind.BREAK]
    first = run.steps[0]
    if (first.leg_travel_s, first.leg_distance_m) != (0, 0):
        yield 0, Rule.LEG, "a way before the departure"
    for (here, there), leg_s, leg_m in zip(
        pairwise(halts), *leg_lengths(problem, run), strict=True
    ):
        parts_s = [step.leg_travel_s for step in run.steps[here + 1 : there + 1]]
        if sum(parts_s) != leg_s or min(parts_s) < 0:
            yield there, Rule.LEG, f"{parts_s} s driven, expected {leg_s} s"
        parts_m = [step.leg_distance_m for step in run.steps[here + 1 : there + 1]]
        if parts_m != [*[0] * (len(parts_m) - 1), leg_m]:
            yield there, Rule.LEG, f"{parts_m} m driven, expected {leg_m} m"


def _clock(before: Step | None, step: Step) -> Iterator[tuple[Rule, str]]:
    if before is not None:
        expected_s = before.depart_s + step.leg_travel_s
        if step.arrive_s != expected_s:
            yield Rule.TIME, f"arrives at {step.arrive_s} s, expected {expected_s} s"
    wait_s = step.start_s - step.arrive_s
    if wait_s < 0 or step.wait_s != wait_s:
        yield Rule.TIME, f"waits {step.wait_s} s, expected {wait_s} s and not below 0"
    is_end = step.kind in (StepKind.DEPART, StepKind.RETURN)
    if is_end and not step.arrive_s == step.start_s == step.depart_s:
        yield Rule.TIME, f"{step.kind} takes time"


def _work(problem: Problem, step: Step) -> Iterator[tuple[Rule, str]]:
    taken_s = step.depart_s - step.start_s
    if step.kind is StepKind.PICKUP:
        stops, i = problem.stops, step.location - problem.stop_location(0)
        work_s = int(stops.service_s[i])
        work_s += int(stops.containers[i]) * int(stops.service_per_container_s[i])
        if taken_s != work_s:
            yield Rule.TIME, f"works {taken_s} s, expected {work_s} s"
    elif step.kind is StepKind.TIP:
        tip_s = int(problem.facilities.tip_s[step.location - problem.depot_count])
        if taken_s < tip_s:
            yield Rule.TIME, f"tips in {taken_s} s, expected {tip_s} s or more"


def _window(problem: Problem, step: Step) -> Iterator[tuple[Rule, str]]:
    if step.kind is StepKind.PICKUP:
        stops, i = problem.stops, step.location - problem.stop_location(0)
        opens_s, closes_s = stops.earliest_s[i], stops.latest_s[i]
    elif step.kind is StepKind.TIP:
        facilities, i = problem.facilities, step.location - problem.depot_count
        opens_s, closes_s = facilities.opens_s[i], facilities.closes_s[i]
    else:
        return
    if not _is_open(step.start_s, opens_s, closes_s):
        hours = list(zip(opens_s.tolist(), closes_s.tolist(), strict=True))
        yield Rule.WINDOW, f"begins at {step.start_s} s, may in {hours}"


def _is_open(start_s: int, opens_s: IntArray, closes_s: IntArray) -> bool:
    return bool(np.any((opens_s <= start_s) & (start_s <= closes_s)))


def _releases(problem: Problem, run: Run) -> FoundInRun:
    first_stop, left_s = problem.stop_location(0), 0
    for i, step in enumerate(run.steps):
        if step.kind in _EMPTIED:
            left_s = step.depart_s
        elif step.kind is StepKind.PICKUP:
            release_s = int(problem.stops.release_s[step.location - first_stop])
            if left_s < release_s:
                message = f"its trip began at {left_s} s, released at {release_s} s"
                yield i, Rule.RELEASE, message
