"""From moments to quantiles."""

from pathlib import Path

import numpy as np

from routing.arrays import FloatArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)


@compiled
def rising_quantiles(
    mean: FloatArray, deviation: FloatArray, skew: FloatArray, z: FloatArray
) -> FloatArray:
    """(n, q, t) quantiles of Pearson III at normal scores (q,), from moments (n, t).

    Never below empty, never falling with time (Wilson and Hilferty 1931).
    """
    n, times = mean.shape
    found = np.empty((n, len(z), times))
    for i in range(n):
        for k in range(len(z)):
            highest = 0.0
            for t in range(times):
                bent = skew[i, t]
                wide = 1 + bent * z[k] / 6 - bent * bent / 36
                fill = mean[i, t] + deviation[i, t] * 2 / bent * (wide**3 - 1)
                highest = max(highest, fill)
                found[i, k, t] = highest
    return found
