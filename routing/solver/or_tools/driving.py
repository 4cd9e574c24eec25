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
    from_s
        Driven at least before the rest, a variable: 0 when none is needed.
    until_s
        Driven at most before the rest.
    """

    starts_s: Untyped
    ends_s: Untyped
    from_s: Untyped
    until_s: int


def rests_of(core: Core, vehicle: int) -> int:
    """Return how many rests a run could need at most, between 0 and `MOST_RESTS`."""
    rule = core.problem.rest_of(vehicle).driving
    if rule is None:
        return 0
    return min(needed_rests(core.problem, vehicle, rule), MOST_RESTS)


def needed_rests(problem: Problem, vehicle: int, rule: DrivingRule) -> int:
    """Return the rests of somebody who drives the whole day."""
    fleet = problem.vehicles
    longest_s = int(fleet.latest_end_s[vehicle] - fleet.shift_start_s[vehicle])
    longest_s = min(longest_s, int(fleet.max_duration_s[vehicle]))
    return max(0, -(-longest_s // rule.max_driving_s) - 1)


def add_driving(core: Core) -> None:
    """Count the driving, and limit it to what `MOST_RESTS` rests allow."""
    most_s = np.full(len(core.problem.vehicles), horizon_s(core.problem))
    for v in core.vehicles:
        rule = core.problem.rest_of(v).driving
        if rule is not None:
            most_s[v] = min(most_s[v], (rests_of(core, v) + 1) * rule.max_driving_s)
    core.routing.AddDimensionWithVehicleCapacity(
        core.matrix(core.nodes.travel_s), 0, most_s.tolist(), True, DRIVEN
    )


def add_rests(
    core: Core, vehicle: int, breaks: Sequence[Pause]
) -> tuple[list[Pause], list[Mark]]:
    """Return the rests that a run may have to take, and the marks on them.

    The last one is taken when the rest of the way can be done without another; those
    before it when all that may be driven has been.

    Parameters
    ----------
    breaks
        The fixed breaks of the vehicle.
    """
    rule = core.problem.rest_of(vehicle).driving
    count = rests_of(core, vehicle)
    if rule is None or not count:
        return [], []
    most_s = rule.max_driving_s
    driven = core.dimension(DRIVEN).CumulVar(core.routing.End(vehicle))
    is_over = [(driven > (k + 1) * most_s).Var() for k in range(count)]
    is_over.append(core.solver.IntConst(0))
    rests, marks = [], []
    for k in range(count):
        until_s, is_last = (k + 1) * most_s, is_over[k] - is_over[k + 1]
        from_s = is_over[k + 1] * until_s + is_last * (driven - most_s)
        rest = _new_rest(core, rule, is_over[k])
        starts_s, ends_s = rest.starts_s, rest.starts_s + rule.rest_s
        stand_ins = [each for each in breaks if each.length_s >= rule.rest_s]
        if k == 0 and stand_ins:
            choice = _choose(core, len(stand_ins), is_over)
            rest = _new_rest(core, rule, (is_over[0] * (choice == 0)).Var())
            starts_s, ends_s = _chosen(core, choice, [rest, *stand_ins])
        rests.append(rest)
        marks.append(
            Mark(
                starts_s=starts_s,
                ends_s=ends_s.Var(),
                from_s=from_s.Var(),
                until_s=until_s,
            )
        )
    return rests, marks


def _new_rest(core: Core, rule: DrivingRule, is_taken: Untyped) -> Pause:
    starts_s = core.solver.IntVar(0, horizon_s(core.problem), "rest")
    return Pause(starts_s=starts_s, length_s=rule.rest_s, is_taken=is_taken)


def _choose(core: Core, stand_ins: int, is_over: Sequence[Untyped]) -> Untyped:
    """Choose which break stands for the only rest of a run, 0 for none of them."""
    choice = core.solver.IntVar(0, stand_ins, "stand-in")
    core.solver.Add(choice + is_over[1] * stand_ins <= stand_ins)
    core.routing.AddWeightedVariableMaximizedByFinalizer(choice, FIRST)
    return choice


def _chosen(
    core: Core, choice: Untyped, pauses: Sequence[Pause]
) -> tuple[Untyped, Untyped]:
    begins = [each.starts_s for each in pauses]
    ends = [(each.starts_s + each.length_s).Var() for each in pauses]
    element = core.solver.Element
    return element(begins, choice).Var(), element(ends, choice).Var()


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
    until_s: list[int]

    @classmethod
    def of(cls, core: Core, marks: Sequence[Mark | None]) -> "_Table":
        nothing = core.solver.IntConst(0)
        idle = Mark(
            starts_s=nothing,
            ends_s=nothing,
            from_s=nothing,
            until_s=horizon_s(core.problem),
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
