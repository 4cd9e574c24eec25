"""From quantiles at a few horizons to every hour, beside those of the usual week."""

import math
from pathlib import Path

import numpy as np

from routing.arrays import FloatArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)


@compiled
def blend(
    quantiles: FloatArray,
    overflow: FloatArray,
    middle: FloatArray,
    wider: FloatArray,
    horizon: FloatArray,
    knots: FloatArray,
    beyond: FloatArray,
    weight: FloatArray,
    z: FloatArray,
) -> None:
    """Move quantiles (n, q, t) and P(overflow) (n, t) towards what was learned.

    Parameters
    ----------
    middle, wider
        (n, t) fill that the usual week promises, and how many times as wide it is as
        at the last knot.
    knots
        (k,) horizons at which was learned.
    beyond
        (n, q, k) learned quantiles less `middle` there. After the last knot their
        distance from the median widens as that does.
    weight
        (n,) of what was learned.
    z
        (q,) normal quantiles of the shares.
    """
    slots, count, times = quantiles.shape
    last = len(knots) - 1
    said = np.empty(count)
    for i in range(slots):
        share = weight[i]
        if share <= 0:
            continue
        knot = 0
        for t in range(times):
            while knot < last and horizon[t] > knots[knot + 1]:
                knot += 1
            wide = max(wider[i, t], 1.0)
            part = 0.0
            if knot < last:
                step = knots[knot + 1] - knots[knot]
                part = min(max((horizon[t] - knots[knot]) / step, 0.0), 1.0)
            central = beyond[i, count // 2, last]
            for q in range(count):
                if knot < last:
                    off = (1 - part) * beyond[i, q, knot] + part * beyond[
                        i, q, knot + 1
                    ]
                else:
                    off = central + (beyond[i, q, last] - central) * wide
                here = max(middle[i, t] + off, 0.0)
                place = q
                while place > 0 and said[place - 1] > here:
                    said[place] = said[place - 1]
                    place -= 1
                said[place] = here
            # Between the quantiles, and on beyond them, along the normal's.
            j = 0
            while j < count - 2 and said[j + 1] < 1.0:
                j += 1
            step = max(said[j + 1] - said[j], 1e-6)
            at_z = z[j] + (1.0 - said[j]) / step * (z[j + 1] - z[j])
            at_z = min(max(at_z, -6.0), 6.0)
            chance = 0.5 * math.erfc(at_z / math.sqrt(2.0))
            overflow[i, t] = share * chance + (1 - share) * overflow[i, t]
            if t > 0:
                overflow[i, t] = max(overflow[i, t], overflow[i, t - 1])
            for q in range(count):
                quantiles[i, q, t] = share * said[q] + (1 - share) * quantiles[i, q, t]
                if t > 0:
                    quantiles[i, q, t] = max(quantiles[i, q, t], quantiles[i, q, t - 1])
