"""The driving rule: a rest after so much driving, wherever it was done.

OR-Tools' own rule (SetBreakDistanceDurationOfVehicle) counts all time between breaks,
work and waiting too, and would send drivers to rest who have hardly driven. Here the
driving is a dimension of its own, and each rest has two marks on it: it is taken before
so much has been driven, and not before the rest of the way can be done without another.

A run needs one rest less than the times its driving exceeds what may be driven. A fixed
break that is long enough may stand for the rest of a run that needs one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.solver.model import Problem
from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.rests import FIRST, Pause
from routing.solver.or_tools.times import TIME, horizon_s
from routing.solver.problem.breaks import DrivingRule

DRIVEN = "driven"
"""Dimension: seconds driven since the departure."""

MOST_RESTS = 4
"""Rests of a run, at most: who may drive 4.5 h at a stretch drives 22.5 h."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Between which seconds of driving a rest is taken.

    Parameters
    ----------
    starts_s, ends_s
        Of the rest, variables.
    from_s, until_s
        Driven before the rest at least and at most, variables: anything at all when no
        rest is needed.
    """

    starts_s: Untyped
    ends_s: Untyped
    from_s: Untyped
    until_s: Untyped


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


def add_rests(
    core: Core, vehicle: int, breaks: Sequence[Pause]
) -> tuple[list[Pause], list[Mark]]:
    """Return the rests that a run may have to take, and the marks on them.

    Parameters
    ----------
    breaks
        The fixed breaks of the vehicle.
    """
    rule, count = core.problem.rest_of(vehicle).driving, rests_of(core, vehicle)
    if rule is None or not count:
        return [], []
    driven = core.dimension(DRIVEN).CumulVar(core.routing.End(vehicle))
    limits_s = [(k + 1) * rule.max_driving_s for k in range(count)]
    is_taken = [(driven > limit_s).Var() for limit_s in limits_s]
    rests = [_new_rest(core, rule, each) for each in is_taken]
    ends = [(each.starts_s + rule.rest_s, each.starts_s) for each in rests]
    stand_ins = [each for each in breaks if each.length_s >= rule.rest_s]
    if stand_ins:
        choice = _choose(core, len(stand_ins), is_taken)
        is_needed = is_taken[0] * (choice == 0)
        rests[0] = _new_rest(core, rule, is_needed.Var())
        ends[0] = _chosen(core, choice, [rests[0], *stand_ins])
    spans = _spans(core, rule, driven, is_taken)
    marks = [
        Mark(starts_s=starts_s, ends_s=ends_s.Var(), from_s=from_s, until_s=until_s)
        for (ends_s, starts_s), (from_s, until_s) in zip(ends, spans, strict=True)
    ]
    return rests, marks


def _spans(
    core: Core, rule: DrivingRule, driven: Untyped, is_taken: Sequence[Untyped]
) -> list[tuple[Untyped, Untyped]]:
    """Return how much is driven before each rest, at least and at most.

    With several rests it is one number, which has to be decided: as much as can be,
    now that it is known between which halts each rest lies.
    """
    solver, most_s = core.solver, rule.max_driving_s
    if len(is_taken) == 1:
        from_s = is_taken[0] * (driven - most_s)
        return [(from_s.Var(), solver.IntConst(most_s))]
    spans, before_s = [], solver.IntConst(0)
    for k, taken in enumerate(is_taken):
        after_s = solver.IntVar(0, (k + 1) * most_s, "driven before the rest")
        is_last = taken - is_taken[k + 1] if k + 1 < len(is_taken) else taken
        solver.Add(after_s <= before_s + most_s)
        solver.Add(is_last * (driven - after_s) <= most_s)
        core.routing.AddWeightedVariableMaximizedByFinalizer(after_s, FIRST - 1 - k)
        beyond_s = horizon_s(core.problem) * (1 - taken)
        spans.append(((taken * after_s).Var(), (after_s + beyond_s).Var()))
        before_s = after_s
    return spans


def _new_rest(core: Core, rule: DrivingRule, is_taken: Untyped) -> Pause:
    starts_s = core.solver.IntVar(0, horizon_s(core.problem), "rest")
    return Pause(starts_s=starts_s, length_s=rule.rest_s, is_taken=is_taken)


def _choose(core: Core, stand_ins: int, is_taken: Sequence[Untyped]) -> Untyped:
    """Choose which break stands for the only rest of a run, 0 for none of them."""
    choice = core.solver.IntVar(0, stand_ins, "stand-in")
    for is_second in is_taken[1:2]:
        core.solver.Add(choice + is_second * stand_ins <= stand_ins)
    core.routing.AddWeightedVariableMaximizedByFinalizer(choice, FIRST)
    return choice


def _chosen(
    core: Core, choice: Untyped, pauses: Sequence[Pause]
) -> tuple[Untyped, Untyped]:
    """Return end and start of one of the pauses."""
    ends = [(each.starts_s + each.length_s).Var() for each in pauses]
    starts = [each.starts_s for each in pauses]
    return core.solver.Element(ends, choice), core.solver.Element(starts, choice).Var()


def keep_marks(core: Core, marks: Sequence[Sequence[Mark]]) -> None:
    """Let every rest lie between its marks, seen from every halt of the run.

    Parameters
    ----------
    marks
        For each vehicle those of its rests.
    """
    ends = [(core.routing.End(v), -1) for v in core.vehicles if marks[v]]
    for k in range(max(map(len, marks))):
        table = _Table.of(core, [each[k] if k < len(each) else None for each in marks])
        for index, node in [*core.indices(), *ends]:
            work_s = 0 if node < 0 else int(core.work_s[node])
            _keep_mark(core, index, work_s, table)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """The k-th marks, one row for nobody and one for each vehicle."""

    starts_s: list[Untyped]
    ends_s: list[Untyped]
    from_s: list[Untyped]
    until_s: list[Untyped]

    @classmethod
    def of(cls, core: Core, marks: Sequence[Mark | None]) -> "_Table":
        nothing = core.solver.IntConst(0)
        idle = Mark(
            starts_s=nothing,
            ends_s=nothing,
            from_s=nothing,
            until_s=core.solver.IntConst(horizon_s(core.problem)),
        )
        rows = [idle, *(each or idle for each in marks)]
        return cls(
            starts_s=[each.starts_s for each in rows],
            ends_s=[each.ends_s for each in rows],
            from_s=[each.from_s for each in rows],
            until_s=[each.until_s for each in rows],
        )


def _keep_mark(core: Core, index: int, work_s: int, table: _Table) -> None:
    """Drive from the halt to the mark before the rest, and from the mark after it."""
    solver, element = core.solver, core.solver.Element
    vehicle = (core.routing.VehicleVar(index) + 1).Var()
    driven = core.dimension(DRIVEN).CumulVar(index)
    begins_s = core.dimension(TIME).CumulVar(index)
    beyond_s = driven - element(table.until_s, vehicle)
    is_after = (beyond_s > 0).Var()
    ends_s = element(table.ends_s, vehicle)
    solver.Add(begins_s >= is_after * (ends_s + beyond_s))
    short_s = element(table.from_s, vehicle) - driven
    is_before = (short_s > 0).Var()
    starts_s = element(table.starts_s, vehicle)
    solver.Add(starts_s >= is_before * (begins_s + work_s + short_s))
