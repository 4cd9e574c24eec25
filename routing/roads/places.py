"""Places on edges, as beginnings and ends of ways."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from routing.roads.costs import part
from routing.roads.map.edges import NO_TWIN
from routing.roads.map.road_map import RoadMap
from routing.roads.network import Place
from routing.roads.search.ends import Ends
from routing.roads.weights import Weights


class _End(NamedTuple):
    state: int
    cost: float
    edge: int


class Stand:
    """Where vehicles of one profile stand, and what it costs to leave."""

    def __init__(self, roads: RoadMap, weights: Weights) -> None:
        self._roads, self._weights = roads, weights

    def usable_edges(self, place: Place) -> list[int]:
        """Name the edges on which the vehicle may stand at a place: one or two."""
        twin = int(self._roads.edges.twin[place.edge])
        is_one = place.is_kerbside or twin == NO_TWIN or not self._weights.is_open[twin]
        return [place.edge] if is_one else [place.edge, twin]

    def offset_m(self, place: Place, edge: int) -> float:
        """Measure from the start of one of the place's usable edges."""
        if edge == place.edge:
            return place.offset_m
        return float(self._roads.edges.length_m[edge]) - place.offset_m

    def cost_until(self, place: Place, edge: int) -> int:
        """Cost of driving from the start of an edge to a place on it."""
        length_m = float(self._roads.edges.length_m[edge])
        share = self.offset_m(place, edge) / length_m if length_m else 0.0
        return part(int(self._weights.edge[edge]), min(max(share, 0.0), 1.0))

    def departures(self, places: Sequence[Place]) -> Ends:
        """Say how ways from places begin: with the turn out of their edge."""
        return _joined([list(self._leave(place)) for place in places])

    def arrivals(self, places: Sequence[Place]) -> Ends:
        """Say how ways to places end: before the end of their edge."""
        return _joined([list(self._reach(place)) for place in places])

    def direct(self, start: Place, end: Place) -> Iterator[tuple[int, int]]:
        """Yield cost and edge of ways that never leave the edge."""
        for edge in set(self.usable_edges(start)) & set(self.usable_edges(end)):
            if self.offset_m(start, edge) <= self.offset_m(end, edge):
                yield self.cost_until(end, edge) - self.cost_until(start, edge), edge

    def _leave(self, place: Place) -> Iterator[_End]:
        least: dict[int, _End] = {}
        first = self._roads.first_turn
        for edge in self.usable_edges(place):
            rest = int(self._weights.edge[edge]) - self.cost_until(place, edge)
            turns = slice(first[edge], first[edge + 1])
            states = self._roads.turns.after[turns].tolist()
            costs = self._weights.turn[turns].tolist()
            for state, cost in zip(states, costs, strict=True):
                if state not in least or rest + cost < least[state].cost:
                    least[state] = _End(state, rest + cost, edge)
        yield from (each for each in least.values() if each.cost < np.inf)

    def _reach(self, place: Place) -> Iterator[_End]:
        first, states = self._roads.states_of_edge
        for edge in self.usable_edges(place):
            rest = self.cost_until(place, edge) - int(self._weights.edge[edge])
            for state in states[first[edge] : first[edge + 1]].tolist():
                yield _End(state, rest, edge)


def _joined(ends: Sequence[Sequence[_End]]) -> Ends:
    every = [each for some in ends for each in some]
    return Ends(
        first=np.cumsum([0, *map(len, ends)], dtype=np.int64),
        state=np.array([each.state for each in every], np.int64),
        cost=np.array([each.cost for each in every], np.float64),
        edge=np.array([each.edge for each in every], np.int64),
    )
