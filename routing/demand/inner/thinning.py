"""One fill an hour, and what is usual around each."""

from pathlib import Path

import numpy as np

from routing.arrays import FloatArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)


@compiled
def thin(
    at_h: FloatArray, fill: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Take the median of every hour, and of the five hours around.

    Returns
    -------
    at_h, fill, around
        (m,) mean time, median fill, and running median, mirrored at the ends.
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
    for i in range(found):
        for j in range(5):
            other = i + j - 2
            if other < 0:
                other = -other - 1
            if other >= found:
                other = 2 * found - 1 - other
            value = fills[min(max(other, 0), found - 1)]
            place = j
            while place > 0 and near[place - 1] > value:
                near[place] = near[place - 1]
                place -= 1
            near[place] = value
        around[i] = near[2]
    return times[:found], fills[:found], around
