"""Fastest ways by SciPy's Dijkstra, started and ended in the middle of edges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing.roads.geometry import Floats
from routing.roads.graph import Graph
from routing.roads.network import Place

# Rows of all-states distances held at once: 256 x 100,000 states are 200 MB.
_SOURCES_AT_ONCE = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class _Step:
    """A first move from a place: to the end of its edge and along the next."""

    cost: int
    edge: int


def fastest_costs(graph: Graph, places: Sequence[Place]) -> Floats:
    """Return the (n, n) packed costs of the fastest ways between places."""
    if not places:
        return np.zeros((0, 0))
    costs = np.vstack(
        [
            _costs_from(graph, places[first : first + _SOURCES_AT_ONCE], places)
            for first in range(0, len(places), _SOURCES_AT_ONCE)
        ]
    )
    _take_direct_ways(graph, places, costs)
    return costs


def fastest_edges(graph: Graph, start: Place, end: Place) -> tuple[float, list[int]]:
    """Return the packed cost of the fastest way, and its edges in order."""
    direct = min(_direct_ways(graph, start, end), default=None)
    costs, before = dijkstra(
        _with_sources(graph, [start]),
        indices=np.array(graph.arcs.shape[0]),
        return_predecessors=True,
    )
    cost, state = min((costs[s] + rest, s) for s, rest in _arrivals(graph, end))
    if direct is not None and direct[0] <= cost:
        return direct[0], [direct[1]]
    return cost, _trace(graph, start, before, state)


def _trace(
    graph: Graph, start: Place, before: npt.NDArray[np.signedinteger], state: int
) -> list[int]:
    states = [state]
    while (previous := int(before[states[-1]])) < graph.arcs.shape[0]:
        states.append(previous)
    first = _departures(graph, start)[states[-1]].edge
    return [first, *graph.turns.edge[states[::-1]].tolist()]


def _costs_from(graph: Graph, starts: Sequence[Place], ends: Sequence[Place]) -> Floats:
    sources = graph.arcs.shape[0] + np.arange(len(starts))
    from_starts = dijkstra(_with_sources(graph, starts), indices=sources)
    arrivals = [list(_arrivals(graph, end)) for end in ends]
    first = np.cumsum([0, *map(len, arrivals)])[:-1]
    states = np.array([state for ways in arrivals for state, _ in ways])
    rests = np.array([rest for ways in arrivals for _, rest in ways])
    costs: Floats = np.minimum.reduceat(from_starts[:, states] + rests, first, axis=1)
    return costs


def _with_sources(graph: Graph, starts: Sequence[Place]) -> csr_array:
    steps = [_departures(graph, start) for start in starts]
    size = graph.arcs.shape[0] + len(starts)
    counts = np.cumsum([len(moves) for moves in steps])
    cost = [step.cost for moves in steps for step in moves.values()]
    state = [state for moves in steps for state in moves]
    return csr_array(
        (
            np.concatenate([graph.arcs.data, np.array(cost, dtype=np.float64)]),
            np.concatenate([graph.arcs.indices, np.array(state, dtype=np.int32)]),
            np.concatenate([graph.arcs.indptr, graph.arcs.indptr[-1] + counts]),
        ),
        shape=(size, size),
    )


def _departures(graph: Graph, start: Place) -> dict[int, _Step]:
    steps: dict[int, _Step] = {}
    for edge in graph.usable_edges(start):
        rest = int(graph.edge_cost[edge]) - graph.cost_until(start, edge)
        turns = slice(graph.arcs.indptr[edge], graph.arcs.indptr[edge + 1])
        states = graph.arcs.indices[turns].tolist()
        costs = graph.arcs.data[turns].tolist()
        for state, cost in zip(states, costs, strict=True):
            step = _Step(cost=rest + int(cost), edge=edge)
            if state not in steps or step.cost < steps[state].cost:
                steps[state] = step
    return steps


def _arrivals(graph: Graph, end: Place) -> Iterator[tuple[int, int]]:
    """Yield states, and what to add to their cost to end at the place."""
    for edge in graph.usable_edges(end):
        rest = graph.cost_until(end, edge) - int(graph.edge_cost[edge])
        for state in graph.states[edge]:
            yield state, rest


def _direct_ways(graph: Graph, start: Place, end: Place) -> Iterator[tuple[int, int]]:
    """Yield cost and edge of ways that never leave the edge."""
    for edge in set(graph.usable_edges(start)) & set(graph.usable_edges(end)):
        if graph.offset_m(start, edge) <= graph.offset_m(end, edge):
            cost = graph.cost_until(end, edge) - graph.cost_until(start, edge)
            yield cost, edge


def _take_direct_ways(graph: Graph, places: Sequence[Place], costs: Floats) -> None:
    by_edge: dict[int, list[int]] = {}
    for row, place in enumerate(places):
        by_edge.setdefault(min(graph.usable_edges(place)), []).append(row)
    for rows in by_edge.values():
        for i in rows:
            for j in rows:
                for cost, _ in _direct_ways(graph, places[i], places[j]):
                    costs[i, j] = min(costs[i, j], cost)
