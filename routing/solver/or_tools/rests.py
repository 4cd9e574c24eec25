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
from routing.solver.or_tools.times import TIME, horizon_s

PAUSED = "paused"
"""Dimensions, for the first, second, … pause: whether it is over before a halt."""

DRIVEN = "driven"
"""Dimension: seconds driven before a halt; there if a driving rule could matter."""

FIRST = 10**9
"""Weight of what is decided before the times of runs are."""


Marks = tuple[Untyped, Untyped]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A pause of one vehicle, or of whichever vehicle comes to a halt.

    Parameters
    ----------
    starts_s
        When it begins.
    length_s
        How long it takes.
    is_taken
        Whether there is a pause at all.
    marks
        What is driven before it, at least and at most; None where that is all the same.
    """

    starts_s: Untyped
    length_s: Untyped
    is_taken: Untyped
    marks: Marks | None = None


def new_pause(
    core: Core, window_s: tuple[int, int], length_s: int, is_taken: Untyped
) -> Pause:
    """Return a pause that may begin within a window, whatever is driven before it."""
    starts_s = core.solver.IntVar(*window_s, "pause")
    return Pause(starts_s=starts_s, length_s=length_s, is_taken=is_taken)


def fixed_breaks(core: Core, vehicle: int) -> list[Pause]:
    """Return the breaks of a vehicle that have a window."""
    sure = core.solver.IntConst(1)
    return [
        new_pause(core, (each.earliest_s, each.latest_s), each.length_s, sure)
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


def pauses_at(core: Core, index: int, pauses: Sequence[Sequence[Pause]]) -> list[Pause]:
    """Return the first, second, … pause of the vehicle that comes to an index.

    Parameters
    ----------
    pauses
        For each vehicle its pauses.
    """
    solver, vehicle = core.solver, (core.routing.VehicleVar(index) + 1).Var()
    nothing = new_pause(core, (0, 0), 0, solver.IntConst(0))
    found = []
    for rank in range(max(map(len, pauses))):
        rows = [each[rank] if rank < len(each) else nothing for each in pauses]
        rows = [nothing, *rows]
        lengths_s = [each.length_s for each in rows]
        is_same = len(set(lengths_s[1:])) == 1  # nobody takes no pause of any length
        found.append(
            Pause(
                starts_s=solver.Element([p.starts_s for p in rows], vehicle).Var(),
                length_s=lengths_s[1]
                if is_same
                else solver.Element(lengths_s, vehicle),
                is_taken=solver.Element([p.is_taken for p in rows], vehicle).Var(),
                marks=_marks_at(core, vehicle, rows),
            )
        )
    return found


def _marks_at(core: Core, vehicle: Untyped, rows: Sequence[Pause]) -> Marks | None:
    if not any(each.marks for each in rows):
        return None
    solver = core.solver
    wide = solver.IntConst(0), solver.IntConst(horizon_s(core.problem))
    from_s, until_s = zip(*(each.marks or wide for each in rows), strict=True)
    return solver.Element([*from_s], vehicle), solver.Element([*until_s], vehicle)


def choose_sides(core: Core, pauses: Sequence[Sequence[Pause]]) -> None:
    """Decide of every halt and pause which comes first, and make room on the way."""
    nothing = core.vector(np.zeros(len(core.nodes), np.int64))
    for rank in range(max(map(len, pauses))):
        core.routing.AddDimension(nothing, 1, 1, False, f"{PAUSED} {rank}")
    time, work_s = core.dimension(TIME), core.work_s
    for index, node in core.indices():
        _lie_beside(core, index, int(work_s[node]), pauses_at(core, index, pauses))
        room_s = seconds_on_way(core, index, pauses)
        core.solver.Add(time.SlackVar(index) >= room_s)
    for v in core.vehicles:
        end = core.routing.End(v)
        _lie_beside(core, end, 0, pauses_at(core, end, pauses))


def seconds_on_way(
    core: Core, index: int, pauses: Sequence[Sequence[Pause]]
) -> Untyped:
    """Return the seconds of pauses between a halt and the next."""
    total_s = core.solver.IntConst(0)
    for rank, pause in enumerate(pauses_at(core, index, pauses)):
        is_here = core.dimension(f"{PAUSED} {rank}").SlackVar(index)
        total_s = total_s + is_here * pause.length_s
    return total_s


def _lie_beside(core: Core, index: int, work_s: int, pauses: Sequence[Pause]) -> None:
    """Have each pause before the work at a halt, or after it, and drive in between."""
    solver, begins_s = core.solver, core.dimension(TIME).CumulVar(index)
    for rank, pause in enumerate(pauses):
        is_over = core.dimension(f"{PAUSED} {rank}").CumulVar(index)
        solver.Add(is_over <= pause.is_taken)
        is_later = pause.is_taken - is_over
        leaves_s, returns_s = begins_s + work_s, pause.starts_s + pause.length_s
        if pause.marks:
            here_s, there_s = _keep_marks(core, index, pause, is_over)
            leaves_s, returns_s = leaves_s + here_s, returns_s + there_s
        solver.Add(begins_s >= is_over * returns_s)
        solver.Add(pause.starts_s >= is_later * leaves_s)
        core.routing.AddWeightedVariableMaximizedByFinalizer(is_over, FIRST)


def _keep_marks(
    core: Core, index: int, pause: Pause, is_over: Untyped
) -> tuple[Untyped, Untyped]:
    """Take the pause where enough, and not too much, is driven.

    Returns
    -------
    The seconds from the halt to where it may be taken, and on from where it must be.
    """
    solver, driven = core.solver, core.dimension(DRIVEN).CumulVar(index)
    from_s, until_s = pause.marks or (0, 0)
    solver.Add(is_over * from_s <= driven)
    solver.Add((pause.is_taken - is_over) * driven <= until_s)
    return solver.Max(from_s - driven, 0), solver.Max(driven - until_s, 0)
