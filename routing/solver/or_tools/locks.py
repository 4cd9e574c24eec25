"""Locked beginnings of runs, and the nodes that given halts stand for."""

from collections.abc import Sequence

from routing.solver.or_tools.core import Core

Halts = Sequence[Sequence[int]]


def indices_of(core: Core, halts: Halts, held: Halts = ()) -> list[list[int]] | None:
    """Return the indices of halts, each used once; None when nodes are lacking.

    Parameters
    ----------
    halts
        For each vehicle the locations of its halts.
    held
        For each vehicle the indices that its locked beginning holds already.
    """
    is_held = {index for each in held for index in each}
    free: dict[int, list[int]] = {}
    for node in core.nodes.visits[::-1]:
        index = core.index(node)
        if index not in is_held:
            free.setdefault(int(core.nodes.location[node]), []).append(index)
    routes = []
    for vehicle, run in enumerate(halts):
        route = list(held[vehicle][: len(run)]) if held else []
        for location in run[len(route) :]:
            if not free.get(location):
                return None
            route.append(free[location].pop())
        routes.append(route)
    return routes


def hold_locks(core: Core, locked: Halts) -> list[list[int]] | None:
    """Begin each run with its locked halts; None if a stop among them is not offered.

    Returns
    -------
    For each vehicle the indices of its locked beginning.
    """
    held = indices_of(core, locked)
    if held is None:
        return None
    routing = core.routing
    for vehicle, beginning in enumerate(held):
        here = routing.Start(vehicle)
        for there in beginning:
            routing.NextVar(here).SetValue(there)
            here = there
    return held
