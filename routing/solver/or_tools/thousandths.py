"""Amounts as whole thousandths, because OR-Tools counts in whole numbers.

Litres and kilograms are rounded against the plan: a load that fits by less than a
thousandth for each stop may be refused, none that is too large is let through. Money
is rounded to the nearest, so a cost is wrong by half a thousandth of a cent a leg.
"""

import numpy as np
from numpy.typing import ArrayLike

from routing.arrays import FloatArray, IntArray

MILLI = 1000

SECONDS_PER_HOUR = 3600

_FLOAT_ERROR = 1e-6  # thousandths that floats cannot hold


def rounded_up(amounts: FloatArray) -> IntArray:
    """Return thousandths, never less than there is."""
    return np.ceil(amounts * MILLI - _FLOAT_ERROR).astype(np.int64)


def rounded_down(amounts: FloatArray) -> IntArray:
    """Return thousandths, never more than there is."""
    return np.floor(amounts * MILLI + _FLOAT_ERROR).astype(np.int64)


def millicents(cents: ArrayLike) -> IntArray:
    """Return thousandths of a cent, the nearest."""
    return np.rint(np.asarray(cents, np.float64) * MILLI).astype(np.int64)


def millicents_per_s(cents_per_hour: float) -> int:
    """Return the nearest whole price of a second: at 30 euros an hour 0.04 % off."""
    return round(cents_per_hour * MILLI / SECONDS_PER_HOUR)
