"""Fill at a future time as a distribution: a level in doubt plus gamma increments.

The sum is matched by mean, variance and skewness with a Pearson III distribution, whose
quantiles Wilson and Hilferty (1931) give in closed form: exact enough for skewness
below 2, and a million of them cost less than a second.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from routing.arrays import FloatArray
from routing.demand.inner.spreading import rising_quantiles

_LEAST_SKEW = 1e-3
_MOST_SKEW = 2.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fills:
    """Distributions of fill; all arrays (n, t)."""

    mean: FloatArray
    deviation: FloatArray
    skew: FloatArray

    def quantiles(self, shares: tuple[float, ...]) -> FloatArray:
        """(n, q, t): never below empty, never falling with time."""
        z = ndtri(np.array(shares))
        fills: FloatArray = rising_quantiles(self.mean, self.deviation, self.skew, z)
        return fills

    def probability_above(self, level: float) -> FloatArray:
        """(n, t): P(fill reaches the level until then), never falling with time."""
        distance = (level - self.mean) / self.deviation
        base = np.maximum(1 + self.skew * distance / 2, 0.0)
        z = 6 / self.skew * (np.cbrt(base) - 1) + self.skew / 6
        rising: FloatArray = np.maximum.accumulate(ndtr(-z), axis=1)
        return rising


def add_gains(
    level: FloatArray,
    deviation: FloatArray,
    gain: FloatArray,
    variance: FloatArray,
    *,
    third: FloatArray | float = 0.0,
) -> Fills:
    """Add gains to levels.

    Parameters
    ----------
    level, deviation, third
        (n, 1) fill now, how far it may be off, and the third moment of that.
    gain, variance
        (n, t) mean and variance of what comes until t.
    """
    total = variance + deviation**2
    third_moment = third + 2 * variance**2 / np.maximum(gain, 1e-9)
    skew = np.clip(third_moment / total**1.5, _LEAST_SKEW, _MOST_SKEW)
    return Fills(mean=level + gain, deviation=np.sqrt(total), skew=skew)
