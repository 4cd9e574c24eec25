"""Readings that stand still: who only repeats himself says nothing."""

import numpy as np

from routing.arrays import BoolArray, FloatArray

_STANDS_H, _STANDS_READINGS = 24.0, 6
_UNUSUAL = 4  # times as long as nine tenths of the sensor's own repetitions
_SHARE = 0.9


def is_standing(measured_h: FloatArray, fill_fraction: FloatArray) -> BoolArray:
    """(k,) whether a reading repeats what was said for a day, and much too often.

    Too often for this sensor: one that speaks in coarse steps, or of a bin to which
    little comes, repeats itself by nature.

    Parameters
    ----------
    measured_h, fill_fraction
        (k,) readings in order, without NaN.
    """
    if not len(measured_h):
        return np.zeros(0, np.bool_)
    changes = np.flatnonzero(fill_fraction[1:] != fill_fraction[:-1]) + 1
    starts = np.concatenate([[0], changes])
    lengths = np.concatenate([starts[1:], [len(fill_fraction)]]) - starts
    if lengths.max() < _STANDS_READINGS:
        return np.zeros(len(measured_h), np.bool_)
    others = np.sort(lengths)[:-1]
    usual = others[int(_SHARE * len(others))] if len(others) else 1
    first = np.repeat(starts, lengths)
    count = np.arange(len(fill_fraction)) - first + 1
    is_long = measured_h - measured_h[first] >= _STANDS_H
    least = max(_STANDS_READINGS, _UNUSUAL * int(usual))
    return np.asarray(is_long & (count >= least))
