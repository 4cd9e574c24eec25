"""Costs from many places to many, by sweeps over the part of a hierarchy they need.

Delling, Goldberg, Nowatzyk and Werneck, *PHAST*, JPDC 73 (2013), restricted to what
the targets need (Delling, Goldberg and Werneck, *Faster Batched Shortest Paths in Road
Networks*, ATMOS 2011), with the elimination tree in place of a queue. Several sources
are swept side by side, so that the processor's vectors are full.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.search.contraction import Hierarchy, compiled
from routing.roads.search.customise import Weighted
from routing.roads.search.ends import Ends

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LANES = 16
# Rows handed out at once: at 10,000 places they are 20 MB.
_ROWS = 256


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Part:
    """The part of a hierarchy above some nodes, numbered anew in the same order."""

    number: npt.NDArray[np.int32]
    first: Ints
    head: npt.NDArray[np.int32]
    up: Floats
    down: Floats
    is_wanted: Flags


def sweep(
    weighted: Weighted, departures: Ends, arrivals: Ends
) -> Iterator[tuple[Ints, Floats]]:
    """Yield rows of the cost matrix in any order: their numbers, (r, n) costs."""
    part = _part(weighted, departures, arrivals)
    rank = weighted.hierarchy.rank
    depart = part.number[rank[departures.state]]
    arrive = part.number[rank[arrivals.state]]
    # Sources that are near each other in the hierarchy share most of their climb.
    order = np.argsort(depart[departures.first[:-1]], kind="stable")
    lanes = np.empty((len(part.first) - 1, LANES))
    for begin in range(0, len(order), _ROWS):
        rows = order[begin : begin + _ROWS]
        costs = np.empty((len(rows), len(arrivals)))
        _sweep_rows(
            (part.first, part.head, part.up, part.down, part.is_wanted),
            (departures.first, depart, departures.cost),
            (arrivals.first, arrive, arrivals.cost),
            rows,
            lanes,
            costs,
        )
        yield rows, costs


def _part(weighted: Weighted, departures: Ends, arrivals: Ends) -> _Part:
    hierarchy = weighted.hierarchy
    is_wanted = _above(hierarchy, arrivals.state)
    is_used = is_wanted | _above(hierarchy, departures.state)
    nodes = np.flatnonzero(is_used)
    number = np.cumsum(is_used, dtype=np.int32) - 1
    counts = np.diff(hierarchy.first)[nodes]
    first = np.concatenate([[0], np.cumsum(counts)])
    arcs = np.repeat(hierarchy.first[nodes] - first[:-1], counts) + np.arange(first[-1])
    return _Part(
        number=number,
        first=first,
        head=number[hierarchy.head[arcs]],
        up=weighted.up[arcs],
        down=weighted.down[arcs],
        is_wanted=is_wanted[nodes],
    )


def _above(hierarchy: Hierarchy, states: Ints) -> Flags:
    is_above = np.zeros(len(hierarchy), np.bool_)
    _mark_above(hierarchy.first, hierarchy.head, hierarchy.rank[states], is_above)
    return is_above


@compiled
def _mark_above(first, head, nodes, is_above):
    for node in nodes:
        v = node
        while not is_above[v]:
            is_above[v] = True
            if first[v] == first[v + 1]:
                break
            v = head[first[v]]


@compiled
def _sweep_rows(part, departures, arrivals, rows, lanes, costs):
    first, head, up, down, is_wanted = part
    depart_first, depart, depart_cost = departures
    arrive_first, arrive, arrive_cost = arrivals
    n = len(first) - 1
    is_active = np.zeros(n, np.bool_)
    best = np.empty(LANES)
    for begin in range(0, len(rows), LANES):
        count = min(LANES, len(rows) - begin)
        lanes[:] = np.inf
        is_active[:] = False
        for lane in range(count):
            row = rows[begin + lane]
            for i in range(depart_first[row], depart_first[row + 1]):
                v = depart[i]
                lanes[v, lane] = min(lanes[v, lane], depart_cost[i])
                while not is_active[v]:
                    is_active[v] = True
                    if first[v] == first[v + 1]:
                        break
                    v = head[first[v]]
        for v in range(n):
            if is_active[v]:
                for arc in range(first[v], first[v + 1]):
                    u, cost = head[arc], up[arc]
                    for lane in range(LANES):
                        over = lanes[v, lane] + cost
                        here = lanes[u, lane]
                        lanes[u, lane] = min(here, over)
        for v in range(n - 1, -1, -1):
            if is_wanted[v]:
                for lane in range(LANES):
                    best[lane] = lanes[v, lane]
                for arc in range(first[v], first[v + 1]):
                    u, cost = head[arc], down[arc]
                    for lane in range(LANES):
                        over = lanes[u, lane] + cost
                        best[lane] = min(best[lane], over)
                for lane in range(LANES):
                    lanes[v, lane] = best[lane]
        for lane in range(count):
            for place in range(len(arrive_first) - 1):
                least = np.inf
                for i in range(arrive_first[place], arrive_first[place + 1]):
                    least = min(least, lanes[arrive[i], lane] + arrive_cost[i])
                costs[begin + lane, place] = least
