"""Who may come to which node, and which stops depend on each other."""

from itertools import combinations

import numpy as np
from ortools.constraint_solver import pywrapcp

from routing.arrays import IntArray
from routing.solver.or_tools.core import Core, Untyped

NOBODY = -1

RANK = "rank"
"""Dimension: how many halts the run made before."""

_IN_RUN = pywrapcp.RoutingModel.TYPE_ADDED_TO_VEHICLE


def offer_nodes(core: Core, left_out_millicents: IntArray) -> None:
    """Let every node be left out at its price, and only some vehicles come.

    Of an alternative one stop at most is emptied, and its price is paid if none is.
    """
    stops, nodes = core.problem.stops, core.nodes
    groups: dict[int, list[int]] = {}
    for node in nodes.stops:
        stop = int(nodes.stop[node])
        group = int(stops.alternative[stop])
        key = group if group >= 0 else -1 - stop
        groups.setdefault(key, []).append(int(node))
    for members in groups.values():
        price = int(left_out_millicents[nodes.stop[members[0]]])
        indices = [core.index(node) for node in members]
        core.routing.AddDisjunction(indices, price, 1)
    for node in nodes.tips:
        core.routing.AddDisjunction([core.index(node)], 0)
    for node in nodes.visits:
        if not nodes.may_come[node].all():
            vehicles = np.flatnonzero(nodes.may_come[node]).tolist()
            # SetAllowedVehiclesForIndex takes no list in OR-Tools 9.15.
            core.routing.VehicleVar(core.index(node)).SetValues([NOBODY, *vehicles])


def keep_streams_apart(core: Core) -> None:
    """Never collect conflicting streams in one run; what is aboard does not count."""
    problem, nodes = core.problem, core.nodes
    offered = np.unique(problem.stops.stream[nodes.offered_stops])
    pairs = [
        (int(one), int(other))
        for one, other in combinations(offered, 2)
        if problem.conflicts[one, other]
    ]
    if not pairs:
        return
    for node in nodes.stops:
        stream = int(problem.stops.stream[nodes.stop[node]])
        core.routing.SetVisitType(core.index(node), stream, _IN_RUN)
    for one, other in pairs:
        core.routing.AddHardTypeIncompatibility(one, other)


def keep_together(core: Core) -> None:
    """Put those stops of a group that are emptied in one run."""
    for group in core.problem.same_vehicle:
        indices = core.visits_of(sorted(set(group)))
        for one, other in combinations(indices, 2):
            _share_vehicle(core, one, other)


def keep_order(core: Core) -> None:
    """Empty `after` only where `before` was emptied earlier in the same run."""
    problem, routing = core.problem, core.routing
    if not problem.precedence:
        return
    size = len(core.nodes) + len(problem.vehicles)
    routing.AddConstantDimension(1, size, True, RANK)
    rank = core.dimension(RANK)
    for before, after in problem.precedence:
        later = core.visits_of([after])
        earlier = core.visits_of([before])
        if later and earlier:
            _follow(core, rank, earlier[0], later[0])
        elif later:
            routing.ActiveVar(later[0]).SetValue(0)


def _share_vehicle(core: Core, one: int, other: int) -> None:
    mine, theirs = core.routing.VehicleVar(one), core.routing.VehicleVar(other)
    is_alone = [mine == NOBODY, theirs == NOBODY, mine == theirs]
    core.solver.Add(core.solver.Sum(is_alone) >= 1)


def _follow(core: Core, rank: Untyped, before: int, after: int) -> None:
    routing, solver = core.routing, core.solver
    is_served = routing.ActiveVar(after)
    solver.Add(is_served <= routing.ActiveVar(before))
    is_same = routing.VehicleVar(before) == routing.VehicleVar(after)
    solver.Add(is_served <= is_same)
    is_later = rank.CumulVar(before) + 1 <= rank.CumulVar(after)
    solver.Add(is_served <= is_later)
