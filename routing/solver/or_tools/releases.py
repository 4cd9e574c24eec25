"""Trips that may not leave before what they collect is there.

A dimension carries along when the vehicle last left its start or a tip, or earlier:
every stop lifts it to its release, and the place that was left holds it down.
"""

from collections.abc import Sequence

import numpy as np

from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.rests import Pause, pauses_at, seconds_on_way
from routing.solver.or_tools.times import TIME, horizon_s

LEFT_AT = "left at"


def has_releases(core: Core) -> bool:
    """Tell whether any stop that is offered is released."""
    return bool((_release_s(core) > 0).any())


def keep_releases(core: Core, pauses: Sequence[Sequence[Pause]]) -> None:
    """Leave the start, or a tip, not before the releases of the stops that follow.

    Parameters
    ----------
    pauses
        For each vehicle its pauses, which may lie on the way from a tip.
    """
    routing, solver, nodes = core.routing, core.solver, core.nodes
    horizon, release_s = horizon_s(core.problem), _release_s(core)
    nothing = core.vector(np.zeros(len(nodes), np.int64))
    routing.AddDimension(nothing, horizon, horizon, True, LEFT_AT)
    left_at = core.dimension(LEFT_AT)
    for node in nodes.stops:
        index = core.index(node)
        left_at.SlackVar(index).SetValue(0)
        left_at.CumulVar(index).SetMin(int(release_s[node]))
    departs = [core.dimension(TIME).CumulVar(routing.Start(v)) for v in core.vehicles]
    for v in core.vehicles:
        solver.Add(left_at.SlackVar(routing.Start(v)) <= departs[v])
    begins_s = _begins_s(core)
    for node in nodes.tips:
        _leave_tip(core, core.index(node), begins_s, pauses)


def _release_s(core: Core) -> np.ndarray:
    return core.nodes.of_stops(core.problem.stops.release_s)


def _begins_s(core: Core) -> list[Untyped]:
    """Return when work begins, by index, the ends of the runs at last."""
    size = core.routing.Size() + len(core.problem.vehicles)
    return [core.dimension(TIME).CumulVar(index) for index in range(size)]


def _leave_tip(
    core: Core, tip: int, begins_s: list[Untyped], pauses: Sequence[Sequence[Pause]]
) -> None:
    """Reach the next halt from the yard in time, pauses on the way included."""
    routing, solver, time = core.routing, core.solver, core.dimension(TIME)
    left_at = core.dimension(LEFT_AT)
    leaves_s = left_at.CumulVar(tip) + left_at.SlackVar(tip)
    facility = core.nodes.facility[core.manager.IndexToNode(tip)]
    tip_s = int(core.problem.facilities.tip_s[facility])
    next_s = solver.Element(begins_s, routing.NextVar(tip))
    arrives_s = leaves_s + time.FixedTransitVar(tip) - tip_s
    if any(pauses):
        arrives_s = arrives_s + seconds_on_way(core, tip, pauses)
        for pause in pauses_at(core, tip, pauses):
            is_later = pause.starts_s >= time.CumulVar(tip)
            is_on_way = is_later * (pause.starts_s < next_s) * pause.is_taken
            solver.Add(pause.starts_s >= is_on_way * leaves_s)
    solver.Add(next_s >= routing.ActiveVar(tip) * arrives_s)
