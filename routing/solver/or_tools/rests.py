"""Pauses: breaks with a window, and rests that a run may have to take.

OR-Tools lays intervals beside the work at halts, and knows what time they cost. Which
halts come before a pause, and which after it, is decided here before any time of the
run is: otherwise the search tries the end of the run second by second.

A pause before the departure or after the return counts as taken, which is the rule for
fixed breaks: at home they are none of the run's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.times import TIME

PAUSED = "paused"
"""Dimension: seconds of pauses before a halt."""

FIRST = 10**9
"""Weight of what is decided before the times of runs are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A pause of one vehicle.

    Parameters
    ----------
    starts_s
        When it begins, a variable.
    length_s
        How long it takes.
    is_taken
        Whether there is a pause at all, a variable.
    """

    starts_s: Untyped
    length_s: int
    is_taken: Untyped


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseAt:
    """The pause of whichever vehicle comes to a halt, as expressions; 0 for nobody."""

    starts_s: Untyped
    length_s: Untyped
    is_taken: Untyped


def fixed_breaks(core: Core, vehicle: int) -> list[Pause]:
    """Return the breaks of a vehicle that have a window."""
    solver = core.solver
    return [
        Pause(
            starts_s=solver.IntVar(each.earliest_s, each.latest_s, "break"),
            length_s=each.length_s,
            is_taken=solver.IntConst(1),
        )
        for each in core.problem.rest_of(vehicle).breaks
    ]


def lay_pauses(core: Core, vehicle: int, pauses: Sequence[Pause]) -> None:
    """Lay the pauses anywhere outside the work at halts, none over another."""
    if not pauses:
        return
    intervals = [
        core.solver.FixedDurationIntervalVar(
            each.starts_s, each.length_s, each.is_taken, f"pause {k} of {vehicle}"
        )
        for k, each in enumerate(pauses)
    ]
    work_s = core.work_s
    visits = [int(work_s[node]) for _, node in core.indices()]
    core.dimension(TIME).SetBreakIntervalsOfVehicle(intervals, vehicle, visits)


def pauses_at(
    core: Core, index: int, pauses: Sequence[Sequence[Pause]]
) -> list[PauseAt]:
    """Return the first, second, … pause of the vehicle that comes to an index.

    Parameters
    ----------
    pauses
        For each vehicle its pauses.
    """
    solver = core.solver
    vehicle = (core.routing.VehicleVar(index) + 1).Var()
    nothing = Pause(
        starts_s=solver.IntConst(0), length_s=0, is_taken=solver.IntConst(0)
    )
    found = []
    for rank in range(max(map(len, pauses))):
        rows = [each[rank] if rank < len(each) else nothing for each in pauses]
        rows = [nothing, *rows]
        found.append(
            PauseAt(
                starts_s=solver.Element([p.starts_s for p in rows], vehicle).Var(),
                length_s=solver.Element([p.length_s for p in rows], vehicle),
                is_taken=solver.Element([p.is_taken for p in rows], vehicle).Var(),
            )
        )
    return found


def choose_sides(core: Core, pauses: Sequence[Sequence[Pause]]) -> None:
    """Decide of every halt and pause which comes first, and make room on the way."""
    routing, solver = core.routing, core.solver
    longest_s = max(sum(pause.length_s for pause in each) for each in pauses)
    nothing = core.vector(np.zeros(len(core.nodes), np.int64))
    routing.AddDimension(nothing, longest_s, longest_s, False, PAUSED)
    paused, time, work_s = core.dimension(PAUSED), core.dimension(TIME), core.work_s
    for index, node in core.indices():
        before_s = _paused_s(core, index, int(work_s[node]), pauses)
        solver.Add(paused.CumulVar(index) == before_s)
        solver.Add(time.SlackVar(index) >= paused.SlackVar(index))
    for v in core.vehicles:
        end = routing.End(v)
        solver.Add(paused.CumulVar(end) == _paused_s(core, end, 0, pauses))


def _paused_s(
    core: Core, index: int, work_s: int, pauses: Sequence[Sequence[Pause]]
) -> Untyped:
    """Return the seconds of pauses that are over when work at the halt begins."""
    solver, begins_s = core.solver, core.dimension(TIME).CumulVar(index)
    before_s = solver.IntConst(0)
    for pause in pauses_at(core, index, pauses):
        is_over = solver.BoolVar("is over")
        is_later = pause.is_taken - is_over
        solver.Add(is_over <= pause.is_taken)
        solver.Add(begins_s >= is_over * (pause.starts_s + pause.length_s))
        solver.Add(pause.starts_s >= is_later * (begins_s + work_s))
        core.routing.AddWeightedVariableMaximizedByFinalizer(is_over, FIRST)
        before_s = before_s + is_over * pause.length_s
    return before_s
