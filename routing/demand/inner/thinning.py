"""One fill an hour, and what is usual around each."""

from pathlib import Path

import numpy as np

from routing.arrays import FloatArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)


@compiled
def thin(
    at_h: FloatArray, fill: FloatArray, emptied_h: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Take the median of every hour, and of the five hours around.

    Returns
    -------
    at_h, fill, around
        (m,) mean time, median fill, and running median, mirrored where a cycle begins
        and ends: what a bin held before it was emptied says nothing of it after.
    """
    count = len(at_h)
    times, fills = np.empty(count), np.empty(count)
    found, start = 0, 0
    while start < count:
        end = start + 1
        total = at_h[start]
        while end < count and np.floor(at_h[end]) == np.floor(at_h[start]):
            total += at_h[end]
            end += 1
        times[found] = total / (end - start)
        fills[found] = fill[start]
        if end - start > 1:
            fills[found] = np.median(fill[start:end])
        found += 1
        start = end
    around = np.empty(found)
    near = np.empty(5)
    first, end = 0, 0
    for i in range(found):
        if i == end:
            first, end = i, found
            for each in emptied_h:
                if each >= times[i]:
                    end = i + 1
                    while end < found and times[end] <= each:
                        end += 1
                    break
        for j in range(5):
            other = i + j - 2
            if other < first:
                other = 2 * first - other - 1
            if other >= end:
                other = 2 * end - 1 - other
            near[j] = fills[min(max(other, first), end - 1)]
        a, b, c, d, e = near[0], near[1], near[2], near[3], near[4]
        # The largest of the lesser, the least of the larger: the median is between.
        lesser = max(min(a, b), min(d, e))
        larger = min(max(a, b), max(d, e))
        low, high = min(lesser, larger), max(lesser, larger)
        around[i] = min(max(c, low), high)
    return times[:found], fills[:found], around
