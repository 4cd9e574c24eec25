"""Trips by savings: what joining two trips at their ends spares of the ways home.

Clarke and Wright, Operations Research 12(4), 1964; savings of near stops only.
"""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from routing.arrays import FloatArray, IntArray

_INSIDE = 2  # joints of a stop that is at neither end of its trip


def join_trips(
    near: IntArray, legs: FloatArray, home: FloatArray, share: FloatArray
) -> IntArray:
    """Return for every stop the number of its trip.

    Parameters
    ----------
    near
        (s, k) stops that lie near each stop.
    legs
        (s, k) what the way to them costs.
    home
        (s,) what the way between a stop and its depot costs.
    share
        (s,) how much of a vehicle each stop fills: a trip fills 1 at most.
    """
    count, width = near.shape
    here, there = np.repeat(np.arange(count), width), near.reshape(-1)
    saved = home[here] + home[there] - legs.reshape(-1)
    best = np.argsort(-saved, kind="stable")
    best = best[saved[best] > 0]
    other_end, joints, filled = list(range(count)), [0] * count, share.tolist()
    joined: list[tuple[int, int]] = []
    for a, b in zip(here[best].tolist(), there[best].tolist(), strict=True):
        if _INSIDE in (joints[a], joints[b]) or other_end[a] == b:
            continue
        whole = filled[a] + filled[b]
        if whole > 1:
            continue
        joints[a] += 1
        joints[b] += 1
        joined.append((a, b))
        first, last = other_end[a], other_end[b]
        other_end[first], other_end[last] = last, first
        filled[first] = filled[last] = whole
    ends = np.array(joined, np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(joined)), ends), shape=(count, count))
    _, trip = connected_components(graph, directed=False)
    return np.asarray(trip, np.int64)
