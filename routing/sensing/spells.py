"""Two days judged at a time, each from the days around it and from nothing else.

That makes a judgement the same whether the readings came one by one, late, or all at
once: a spell is judged anew whenever a reading came that it looks at.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from routing.arrays import FloatArray, IntArray

SPELL_H = 48
BEFORE_H = 240  # glass banks: twice as much changed no figure
AFTER_H = 48
APART_H = 12
"""Two emptyings are at least this far apart."""

ROW_H = BEFORE_H + SPELL_H + AFTER_H
SEEN_BEFORE_H = 24
SEEN_BACK_H = SEEN_BEFORE_H + SPELL_H + AFTER_H
"""What a row is looked at in hindsight: the spell, and both sides of it."""


def first_spell(from_h: float) -> int:
    """Return the first spell that looks at a reading of this time."""
    return math.floor((from_h - AFTER_H) / SPELL_H)


def reads_from_h(from_h: float) -> float:
    """Return from when on readings are needed to judge from a time on.

    One spell more than is judged: an emptying at its very end is not found twice.
    """
    return float((first_spell(from_h) - 1) * SPELL_H - BEFORE_H)


def cut(hour: IntArray, values: FloatArray, spells: range) -> FloatArray:
    """(spells, ROW_H) the values in their hours, NaN where there are none."""
    start = spells.start * SPELL_H - BEFORE_H
    line = np.full(len(spells) * SPELL_H + BEFORE_H + AFTER_H, np.nan)
    is_within = (hour >= start) & (hour < start + len(line))
    line[hour[is_within] - start] = values[is_within]
    return sliding_window_view(line, ROW_H)[::SPELL_H]


def hourly_medians(at_h: FloatArray, values: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the hours that have a value, and the median in each; NaN is no value."""
    is_value = ~np.isnan(values)
    hour, values = np.floor(at_h[is_value]).astype(np.int64), values[is_value]
    order = np.lexsort((values, hour))
    hour, values = hour[order], values[order]
    hours, starts, counts = np.unique(hour, return_index=True, return_counts=True)
    low, high = starts + (counts - 1) // 2, starts + counts // 2
    return hours, (values[low] + values[high]) / 2
