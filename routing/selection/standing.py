"""Readings that stand still: who only repeats himself says nothing."""

import numpy as np

from routing.arrays import BoolArray, FloatArray

_STANDS_H, _STANDS_READINGS = 24.0, 6
"""A day: bins that are collected at all grow by more than a sensor's last digit. Where
nothing came, nothing is lost by leaving the repetition out."""


def is_standing(measured_h: FloatArray, fill_fraction: FloatArray) -> BoolArray:
    """(k,) whether a reading only repeats what was said for a day.

    Parameters
    ----------
    measured_h, fill_fraction
        (k,) readings in order, without NaN.
    """
    starts = np.flatnonzero(np.diff(fill_fraction, prepend=np.nan) != 0)
    run = np.searchsorted(starts, np.arange(len(fill_fraction)), side="right") - 1
    first = starts[run] if len(starts) else run
    count = np.arange(len(fill_fraction)) - first + 1
    is_long = measured_h - measured_h[first] >= _STANDS_H
    return np.asarray(is_long & (count >= _STANDS_READINGS))
