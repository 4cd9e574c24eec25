"""Time and length of a way in one number that sorts by time, then by length.

A shortest-path search over such numbers finds the fastest way, among equally fast ones
the shortest, and its time and its length come out together, exactly: whole numbers
below 2**53 lose nothing in a float64.
"""

import numpy as np
import numpy.typing as npt

from routing.roads.geometry import Floats, Ints

Small = npt.NDArray[np.int32]

# 2**26 dm is 6,700 km; the 27 bits that are left for milliseconds are 37 h.
_LENGTH_SPAN = 2**26
_MS_PER_S = 1000
_DM_PER_M = 10


def pack(time_ms: Ints, length_m: Floats) -> Ints:
    """Make one number of time and length, the length in whole decimetres."""
    return time_ms * _LENGTH_SPAN + np.rint(length_m * _DM_PER_M).astype(np.int64)


def part(cost: int, share: float) -> int:
    """Take the same share of time and of length."""
    time_ms, length_dm = divmod(cost, _LENGTH_SPAN)
    return round(time_ms * share) * _LENGTH_SPAN + round(length_dm * share)


def travel_ms(cost: int) -> int:
    """Read the time off one cost, in milliseconds."""
    return cost // _LENGTH_SPAN


def travel_s(cost: Floats) -> Small:
    """Read the time off a cost, in whole seconds."""
    return _rounded(cost.astype(np.int64) // _LENGTH_SPAN, _MS_PER_S)


def distance_m(cost: Floats) -> Small:
    """Read the length off a cost, in whole metres."""
    return _rounded(cost.astype(np.int64) % _LENGTH_SPAN, _DM_PER_M)


def _rounded(values: Ints, unit: int) -> Small:
    return ((values + unit // 2) // unit).astype(np.int32)
