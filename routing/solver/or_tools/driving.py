"""The driving rule: a rest after so much driving, wherever it was done.

OR-Tools' own rule (SetBreakDistanceDurationOfVehicle) counts all time between breaks,
work and waiting too, and would send drivers to rest who have hardly driven. Here the
driving is a dimension of its own, and each rest has two marks on it: it is taken before
so much has been driven, and not before the rest of the way can be done without another.

A run needs one rest less than the times its driving exceeds what may be driven. A fixed
break that is long enough may stand for the rest of a run that needs one.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from routing.solver.model import Problem
from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.rests import DRIVEN, FIRST, Marks, Pause, new_pause
from routing.solver.or_tools.times import horizon_s
from routing.solver.problem.breaks import DrivingRule

MOST_RESTS = 4
"""Rests of a run, at most: who may drive 4.5 h at a stretch drives 22.5 h."""


def rests_of(core: Core, vehicle: int) -> int:
    """Return how many rests a run could need at most, between 0 and `MOST_RESTS`."""
    rule = core.problem.rest_of(vehicle).driving
    if rule is None:
        return 0
    return min(needed_rests(core.problem, vehicle, rule), MOST_RESTS)


def needed_rests(problem: Problem, vehicle: int, rule: DrivingRule) -> int:
    """Return the rests of somebody who does nothing but drive and rest all day."""
    longest_s = _longest_s(problem, vehicle)
    return max(0, (longest_s - 1) // (rule.max_driving_s + rule.rest_s))


def _longest_s(problem: Problem, vehicle: int) -> int:
    fleet = problem.vehicles
    longest_s = int(fleet.latest_end_s[vehicle] - fleet.shift_start_s[vehicle])
    return min(longest_s, int(fleet.max_duration_s[vehicle]))


def limit_driving(core: Core) -> None:
    """Limit the driving to what the rests allow, where a day is longer than that."""
    most_s = np.array([_longest_s(core.problem, v) for v in core.vehicles])
    is_limited = False
    for v in core.vehicles:
        rule = core.problem.rest_of(v).driving
        allowed_s = (rests_of(core, v) + 1) * rule.max_driving_s if rule else most_s[v]
        is_limited |= rule is not None and rule.max_driving_s < most_s[v]
        most_s[v] = min(most_s[v], allowed_s)
    if is_limited:
        core.routing.AddDimensionWithVehicleCapacity(
            core.matrix(core.nodes.travel_s), 0, most_s.tolist(), True, DRIVEN
        )


def add_rests(core: Core, vehicle: int, breaks: Sequence[Pause]) -> list[Pause]:
    """Return the breaks of a vehicle, and the rests that a run may have to take.

    A break that stands for a rest has the marks of the rest.
    """
    rule, count = core.problem.rest_of(vehicle).driving, rests_of(core, vehicle)
    if rule is None or not count:
        return [*breaks]
    driven = core.dimension(DRIVEN).CumulVar(core.routing.End(vehicle))
    is_needed = [(driven > (k + 1) * rule.max_driving_s).Var() for k in range(count)]
    spans = _spans(core, rule, driven, is_needed)
    long_ones = [k for k, each in enumerate(breaks) if each.length_s >= rule.rest_s]
    choice = _choose(core, len(long_ones), is_needed)
    pauses = [*breaks]
    for rank, k in enumerate(long_ones, start=1):
        is_chosen = is_needed[0] * (choice == rank)
        pauses[k] = _marked(core, breaks[k], spans[0], is_chosen)
    is_taken = [(is_needed[0] * (choice == 0)).Var(), *is_needed[1:]]
    day_s = (0, horizon_s(core.problem))
    for taken, span in zip(is_taken, spans, strict=True):
        rest = new_pause(core, day_s, rule.rest_s, taken)
        pauses.append(_marked(core, rest, span, taken))
    return pauses


def _marked(core: Core, pause: Pause, span: Marks, is_rest: Untyped) -> Pause:
    """Hold a pause to its marks, if it is a rest."""
    from_s, until_s = span
    beyond_s = horizon_s(core.problem) * (1 - is_rest)
    marks = (is_rest * from_s).Var(), (until_s + beyond_s).Var()
    return replace(pause, marks=marks)


def _choose(core: Core, breaks: int, is_needed: Sequence[Untyped]) -> Untyped:
    """Choose which long break stands for the only rest of a run, 0 for none of them."""
    choice = core.solver.IntVar(0, breaks, "stand-in")
    for is_second in is_needed[1:2]:
        core.solver.Add(choice + is_second * breaks <= breaks)
    core.routing.AddWeightedVariableMaximizedByFinalizer(choice, FIRST + 1)
    return choice


def _spans(
    core: Core, rule: DrivingRule, driven: Untyped, is_needed: Sequence[Untyped]
) -> list[Marks]:
    """Return how much is driven before each rest, at least and at most.

    With several rests it is one number, which has to be decided: as much as can be,
    once it is known between which halts each rest lies.
    """
    solver, most_s = core.solver, rule.max_driving_s
    if len(is_needed) == 1:
        return [(driven - most_s, solver.IntConst(most_s))]
    spans, before_s = [], solver.IntConst(0)
    for k, needed in enumerate(is_needed):
        after_s = solver.IntVar(0, (k + 1) * most_s, "driven before the rest")
        is_last = needed - is_needed[k + 1] if k + 1 < len(is_needed) else needed
        solver.Add(after_s <= before_s + most_s)
        solver.Add(is_last * (driven - after_s) <= most_s)
        core.routing.AddWeightedVariableMaximizedByFinalizer(after_s, FIRST - 1 - k)
        spans.append((after_s, after_s))
        before_s = after_s
    return spans
