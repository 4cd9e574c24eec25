"""The nodes that OR-Tools sees: starts, ends, stops in reach, copies of facilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.or_tools.copies import count_copies

NOTHING = -1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Nodes:
    """One row a node, m rows.

    Parameters
    ----------
    location
        (m,) row of the problem's ways.
    stop, facility
        (m,) which stop or facility the node is, -1 for neither.
    may_come
        (m, v) which vehicle may come.
    start, end
        (v,) nodes where each vehicle starts and ends.
    travel_s, distance_m
        (m, m) ways between nodes; none from start to end for vehicles that need no
        run, because OR-Tools drives that way with the idle ones.
    """

    location: IntArray
    stop: IntArray
    facility: IntArray
    may_come: BoolArray
    start: IntArray
    end: IntArray
    travel_s: IntArray
    distance_m: IntArray

    def __len__(self) -> int:
        return len(self.location)

    @property
    def is_start(self) -> BoolArray:
        """(m,): whether vehicles start at the node."""
        return np.isin(np.arange(len(self)), self.start)

    @property
    def stops(self) -> IntArray:
        """Return the nodes that are stops."""
        return np.flatnonzero(self.stop >= 0)

    @property
    def tips(self) -> IntArray:
        """Return the nodes that are copies of facilities."""
        return np.flatnonzero(self.facility >= 0)

    @property
    def visits(self) -> IntArray:
        """Return the nodes that are stops or facilities."""
        return np.flatnonzero((self.stop >= 0) | (self.facility >= 0))

    @property
    def offered_stops(self) -> IntArray:
        """Return the stops among the nodes."""
        return self.stop[self.stops]

    def of_stops(self, column: IntArray) -> IntArray:
        """(m,): a whole quantity of stops as one of nodes, 0 elsewhere."""
        return np.append(column, 0)[self.stop]

    def of_facilities(self, column: IntArray) -> IntArray:
        """(m,): a whole quantity of facilities as one of nodes, 0 elsewhere."""
        return np.append(column, 0)[self.facility]


def lay_nodes(
    problem: Problem, may_take: BoolArray, halts: Sequence[Sequence[int]] = ()
) -> Nodes:
    """Choose the nodes: nothing that cannot be used, and as few copies as will do.

    Parameters
    ----------
    may_take
        (s, v) which vehicle may take which stop.
    halts
        Locations of a plan that the nodes must be able to hold.
    """
    fleet = problem.vehicles
    stops = np.flatnonzero(may_take.any(axis=1))
    copies = count_copies(problem, may_take, halts)
    facilities = np.repeat(np.arange(len(problem.facilities)), copies.count)
    starts, start = np.unique(
        np.stack([fleet.depot, fleet.is_under_way]), axis=1, return_inverse=True
    )
    ends, end = np.unique(fleet.end_depot, return_inverse=True)
    first_end = starts.shape[1]
    nowhere = np.full(first_end + len(ends), NOTHING)
    location = np.concatenate(
        [
            starts[0],
            ends,
            problem.stop_location(0) + stops,
            problem.facility_location(0) + facilities,
        ]
    )
    travel_s, distance_m = _ways(problem, location)
    idle = np.flatnonzero(starts[1] == 0)
    for ways in (travel_s, distance_m):
        ways[idle, first_end : first_end + len(ends)] = 0
    return Nodes(
        location=location,
        stop=np.concatenate([nowhere, stops, np.full_like(facilities, NOTHING)]),
        facility=np.concatenate([nowhere, np.full_like(stops, NOTHING), facilities]),
        may_come=np.concatenate(
            [
                np.ones((len(nowhere), len(fleet)), np.bool_),
                may_take[stops],
                copies.may_tip[facilities],
            ]
        ),
        start=start.reshape(-1),
        end=first_end + end.reshape(-1),
        travel_s=travel_s,
        distance_m=distance_m,
    )


def _ways(problem: Problem, location: IntArray) -> tuple[IntArray, IntArray]:
    """(m, m) twice: seconds and metres, writable."""
    m = len(location)
    here, there = np.repeat(location, m), np.tile(location, m)
    travel_s, distance_m = problem.ways.legs(here, there)
    return travel_s.reshape(m, m).copy(), distance_m.reshape(m, m).copy()
