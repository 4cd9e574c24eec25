"""Fastest ways by SciPy's Dijkstra: the same answers, slower, without any order."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing.roads.search.ends import Ends

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Rows of all-states costs held at once: 256 x 100,000 states are 200 MB.
_SOURCES_AT_ONCE = 256


def rows_by_dijkstra(
    arcs: csr_array, departures: Ends, arrivals: Ends
) -> Iterator[tuple[Ints, Floats]]:
    """Yield rows of the cost matrix: their numbers, (r, n) costs."""
    for begin in range(0, len(departures), _SOURCES_AT_ONCE):
        rows = np.arange(begin, min(begin + _SOURCES_AT_ONCE, len(departures)))
        whole, sources = _with_sources(arcs, departures, rows)
        from_sources = dijkstra(whole, indices=sources)
        to_states = from_sources[:, arrivals.state] + arrivals.cost
        yield rows, np.minimum.reduceat(to_states, arrivals.first[:-1], axis=1)


def path_by_dijkstra(
    arcs: csr_array, departure: Ends, arrival: Ends
) -> tuple[float, list[int]]:
    """Return the cost of the fastest way between two places, and its states."""
    whole, [source] = _with_sources(arcs, departure, np.zeros(1, np.int64))
    costs, before = dijkstra(whole, indices=source, return_predecessors=True)
    ends = costs[arrival.state] + arrival.cost
    last = int(np.argmin(ends))
    if not np.isfinite(ends[last]):
        return np.inf, []
    states = [int(arrival.state[last])]
    while (previous := int(before[states[-1]])) != source:
        states.append(previous)
    return float(ends[last]), states[::-1]


def _with_sources(
    arcs: csr_array, departures: Ends, rows: Ints
) -> tuple[csr_array, Ints]:
    """Add a node for each of the places to the graph."""
    size = arcs.shape[0]
    begin, end = departures.first[rows[0]], departures.first[rows[-1] + 1]
    counts = departures.first[rows + 1] - begin
    whole = csr_array(
        (
            np.concatenate([arcs.data, departures.cost[begin:end]]),
            np.concatenate([arcs.indices, departures.state[begin:end]]),
            np.concatenate([arcs.indptr, arcs.indptr[-1] + counts]),
        ),
        shape=(size + len(rows), size + len(rows)),
    )
    # Of several arcs to the same state the cheapest counts, not their sum.
    return whole, size + np.arange(len(rows))
