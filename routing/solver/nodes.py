"""The nodes that OR-Tools sees: depots in use, stops in reach, copies of facilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.screening import Screening

_MOST_TRIPS = 8
"""Tips of one vehicle at one facility, at most. Copies are what makes OR-Tools slow:
532 of them found no plan in 151 s (research on the Kim 2006 instances)."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Nodes:
    """One row a node, m rows.

    Parameters
    ----------
    location
        (m,) row of the problem's matrices.
    stop, facility
        (m,) which stop or facility the node is, -1 for neither.
    can_visit
        (m, v) which vehicle may come.
    depot
        (v,) node where each vehicle starts and ends.
    """

    location: IntArray
    stop: IntArray
    facility: IntArray
    can_visit: BoolArray
    depot: IntArray

    @property
    def is_visit(self) -> BoolArray:
        """(m,): whether the node is a stop or a facility."""
        return (self.stop >= 0) | (self.facility >= 0)

    @property
    def offered_stops(self) -> IntArray:
        """Return the stops among the nodes."""
        return self.stop[self.stop >= 0]


def lay_nodes(
    problem: Problem, screening: Screening, halts: Sequence[Sequence[int]] = ()
) -> Nodes:
    """Choose the nodes: nothing that cannot be used, and as few copies as will do.

    Parameters
    ----------
    halts
        Locations of a plan that the nodes must be able to hold.
    """
    depots, depot_of_vehicle = np.unique(problem.vehicles.depot, return_inverse=True)
    stops = np.flatnonzero(screening.can_take.any(axis=1))
    carries = _carries(problem, screening)
    facilities = np.repeat(
        np.arange(len(problem.facilities)),
        np.maximum(_copies(problem, stops, carries), _tips_in(problem, halts)),
    )
    none = np.full_like
    first_stop = problem.depot_count + len(problem.facilities)
    return Nodes(
        location=np.concatenate(
            [depots, stops + first_stop, facilities + problem.depot_count]
        ),
        stop=np.concatenate([none(depots, -1), stops, none(facilities, -1)]),
        facility=np.concatenate([none(depots, -1), none(stops, -1), facilities]),
        can_visit=np.concatenate(
            [
                np.ones((len(depots), len(problem.vehicles)), dtype=np.bool_),
                screening.can_take[stops],
                carries[facilities],
            ]
        ),
        depot=depot_of_vehicle.astype(np.int64),
    )


def _carries(problem: Problem, screening: Screening) -> BoolArray:
    """(f, v): whether the vehicle could bring the facility anything it accepts."""
    by_stream = np.stack(
        [
            screening.can_take[problem.stops.stream == s].any(axis=0)
            for s in range(len(problem.streams))
        ]
    )
    brings: BoolArray = problem.facilities.accepts.astype(int) @ by_stream > 0
    return brings


def _copies(problem: Problem, stops: IntArray, carries: BoolArray) -> IntArray:
    """(f,): for each vehicle the trips of an even share of the load, and one more."""
    trips = 1 + _trips_needed(problem, stops)
    wanted = (problem.facilities.accepts * trips).max(axis=1, initial=1)
    copies: IntArray = carries.sum(axis=1) * np.minimum(wanted, _MOST_TRIPS)
    return copies


def _tips_in(problem: Problem, halts: Sequence[Sequence[int]]) -> IntArray:
    """(f,): how often the plan tips at each facility."""
    tips = [
        location - problem.depot_count
        for run in halts
        for location in run
        if location < problem.stop_location(0)
    ]
    return np.bincount(tips, minlength=len(problem.facilities)).astype(np.int64)


def _trips_needed(problem: Problem, stops: IntArray) -> IntArray:
    """(streams,): full loads of the whole fleet, by litres or by kilograms."""
    stream = problem.stops.stream[stops]
    capacity_l = np.maximum(problem.vehicles.capacity_l.sum(axis=0), 1e-9)
    demand_l = np.bincount(
        stream, problem.stops.demand_l[stops], minlength=len(problem.streams)
    )
    mass_kg = float(problem.stops.mass_kg[stops].sum())
    capacity_kg = max(float(problem.vehicles.capacity_kg.sum()), 1e-9)
    trips = np.maximum(demand_l / capacity_l, mass_kg / capacity_kg)
    needed: IntArray = np.ceil(np.minimum(trips, _MOST_TRIPS)).astype(np.int64)
    return needed


def by_node(nodes: Nodes, of_location: IntArray) -> IntArray:
    """(m, ...): a quantity of locations as one of nodes."""
    of_node: IntArray = of_location[nodes.location]
    return of_node


def between_nodes(nodes: Nodes, matrix: IntArray) -> IntArray:
    """(m, m): a matrix of locations as one of nodes."""
    return matrix[np.ix_(nodes.location, nodes.location)]


def spent_s(problem: Problem, nodes: Nodes) -> IntArray:
    """(m, m): the work at a node and the way to the next."""
    work_s = by_node(nodes, problem.locations.work_s)
    return work_s[:, None] + between_nodes(nodes, problem.travel_s)


def nodes_of(
    nodes: Nodes, halts_by_vehicle: Sequence[Sequence[int]]
) -> list[list[int]] | None:
    """Return the nodes of halts, each used once; None when there are too few copies."""
    free: dict[int, list[int]] = {}
    for node, location in reversed(list(enumerate(nodes.location.tolist()))):
        free.setdefault(location, []).append(node)
    routes = []
    for halts in halts_by_vehicle:
        if any(halts.count(x) > len(free.get(x, [])) for x in halts):
            return None
        routes.append([free[x].pop() for x in halts])
    return routes
