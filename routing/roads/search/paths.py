"""One fastest way: two climbs up the hierarchy, and its shortcuts unpacked."""

import numpy as np
import numpy.typing as npt

from routing.roads.search.contraction import compiled
from routing.roads.search.customise import ORIGINAL, Weighted
from routing.roads.search.ends import Ends

Ints = npt.NDArray[np.int64]


def fastest_path(
    weighted: Weighted, departure: Ends, arrival: Ends
) -> tuple[float, list[int]]:
    """Return the cost of the fastest way between two places, and its states in order.

    Infinite, and no state, where there is no way.
    """
    hierarchy = weighted.hierarchy
    arcs = (hierarchy.first, hierarchy.head)
    climb = _climb(*arcs, weighted.up, hierarchy.rank[departure.state], departure.cost)
    back = _climb(*arcs, weighted.down, hierarchy.rank[arrival.state], arrival.cost)
    cost, top = _meet(climb[0], climb[1], back[0], back[1])
    if not np.isfinite(cost):
        return cost, []
    nodes = _walk(
        *arcs, (weighted.over_up, weighted.over_down), (climb[2], back[2]), top
    )
    return cost, hierarchy.state_of[nodes].tolist()


@compiled
def _climb(first, head, weight, seeds, costs):
    """Return the nodes above the seeds in order, their costs, and how to get there.

    The third is indexed by node: the arc from below, -1 at a seed.
    """
    n = len(first) - 1
    least = np.full(n, np.inf)
    arc_to = np.full(n, -1, np.int64)
    is_above = np.zeros(n, np.bool_)
    nodes = np.empty(n, np.int64)
    count = 0
    for i in range(len(seeds)):
        v = seeds[i]
        least[v] = min(least[v], costs[i])
        while not is_above[v]:
            is_above[v] = True
            nodes[count] = v
            count += 1
            if first[v] == first[v + 1]:
                break
            v = head[first[v]]
    nodes = np.sort(nodes[:count])
    for v in nodes:
        for arc in range(first[v], first[v + 1]):
            over = least[v] + weight[arc]
            if over < least[head[arc]]:
                least[head[arc]] = over
                arc_to[head[arc]] = arc
    return nodes, least, arc_to


@compiled
def _meet(nodes, least, other_nodes, other):
    cost, top = np.inf, -1
    i = 0
    for v in nodes:
        while i < len(other_nodes) and other_nodes[i] < v:
            i += 1
        if i < len(other_nodes) and other_nodes[i] == v and least[v] + other[v] < cost:
            cost, top = least[v] + other[v], v
    return cost, top


@compiled
def _walk(first, head, over, arcs_to, top):
    """List the nodes of the way, from the first seed over the top to the last."""
    over_up, over_down = over
    rising, falling = arcs_to
    # A stack: what is driven last lies at the bottom.
    steps = [(np.int64(0), True)]
    steps.clear()
    v = top
    while falling[v] >= 0:
        steps.append((falling[v], False))
        v = np.searchsorted(first, falling[v], side="right") - 1
    steps.reverse()
    v = top
    while rising[v] >= 0:
        steps.append((rising[v], True))
        v = np.searchsorted(first, rising[v], side="right") - 1
    nodes = [np.int64(v)]
    while len(steps):
        arc, is_up = steps.pop()
        low = np.searchsorted(first, arc, side="right") - 1
        mid = over_up[arc] if is_up else over_down[arc]
        if mid == ORIGINAL:
            nodes.append(np.int64(head[arc] if is_up else low))
            continue
        begin, end = first[mid], first[mid + 1]
        to_low = begin + np.searchsorted(head[begin:end], low)
        to_high = begin + np.searchsorted(head[begin:end], head[arc])
        if is_up:
            steps.append((to_high, True))
            steps.append((to_low, False))
        else:
            steps.append((to_low, True))
            steps.append((to_high, False))
    return np.array(nodes)
