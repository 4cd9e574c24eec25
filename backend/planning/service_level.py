"""From the service level that an operator sets to the weight of an overflow."""

import numpy as np

from routing.arrays import FloatArray

# Beyond this a bin in ten thousand is driven to whatever it costs.
MOST_WEIGHT = 100.0
# And below this nothing would be worth anything, not even what lies on the way.
LEAST_WEIGHT = 0.1


def weigh_overflows(
    probability: FloatArray,
    worth_cents: FloatArray,
    *,
    level: float,
    detour_cents: float,
) -> float:
    """Find the least weight at which the expected share of bins with room is reached.

    At the usual price of a detour a bin is taken as soon as weight · worth is above
    it. Whatever is left overflows with its probability; their mean over all bins must
    not be above 1 - level.

    Parameters
    ----------
    probability
        (n,) P(overflow before the next chance); 0 for a bin that is taken anyway.
    worth_cents
        (n,) what emptying is worth at weight 1.
    level
        Share of all bins that shall have room until the next chance.
    detour_cents
        What taking one more bin usually costs.
    """
    order = np.argsort(-worth_cents, kind="stable")
    left = probability.sum() - np.cumsum(probability[order])
    allowed = (1.0 - level) * len(probability)
    if probability.sum() <= allowed:
        return LEAST_WEIGHT
    last = order[int(np.argmax(left <= allowed + 1e-12))]
    if worth_cents[last] <= 0:
        return MOST_WEIGHT
    weight = detour_cents / float(worth_cents[last])
    return min(MOST_WEIGHT, max(LEAST_WEIGHT, weight))
