"""Amounts as whole thousandths, because OR-Tools counts in whole numbers."""

import numpy as np

from routing.arrays import FloatArray

MILLI = 1000

_FLOAT_ERROR = 1e-6  # thousandths that floats cannot hold


def rounded_up(amounts: FloatArray) -> list[int]:
    """Return thousandths, never less than there is."""
    return [int(a) for a in np.ceil(amounts * MILLI - _FLOAT_ERROR)]


def rounded_down(amounts: FloatArray) -> list[int]:
    """Return thousandths, never more than there is."""
    return [int(a) for a in np.floor(amounts * MILLI + _FLOAT_ERROR)]
