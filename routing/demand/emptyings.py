"""Emptyings seen in the readings of a sensor."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from routing.arrays import BoolArray, FloatArray, IntArray

# Detector v3 of the research on 77 glass banks: a false share of .04 to .09 on good
# sensors, against .14 to .29 for a plain persistent jump.
_DROP = 0.15  # of the range, median before to median after
_HIGHEST_AFTER = 0.40
_GAIN = 0.10  # below the lowest tenth of the day before
_APART_H = 24.0
_BEFORE_H, _AFTER_H, _DAY_H = 6.0, 12.0, 24.0
_SURE_AFTER = 3  # readings that must follow before a drop is believed

KNOWN_WITHIN_H = 12.0
"""A detected emptying this close to a reported one is the same."""


def all_emptyings(
    known_h: FloatArray, at_h: FloatArray, fill: FloatArray
) -> FloatArray:
    """Return reported emptyings and, where none was reported, those the sensor saw."""
    known_h = np.sort(known_h)
    seen_h = detect_emptyings(at_h, fill)
    if len(known_h):
        apart_h = np.abs(seen_h[:, None] - known_h[None, :]).min(axis=1)
        seen_h = seen_h[apart_h > KNOWN_WITHIN_H]
    return np.union1d(known_h, seen_h)


def detect_emptyings(at_h: FloatArray, fill: FloatArray) -> FloatArray:
    """Find the times, just before a reading, when the fill fell and stayed low.

    Parameters
    ----------
    at_h, fill
        (k,) readings in order, without outliers, at most one an hour.
    """
    if len(fill) < 2:  # noqa: PLR2004 - a fall needs a before and an after
        return np.empty(0)
    cadence_h = max(1.0, float(np.median(np.diff(at_h))))
    before, after, day = (
        max(1, round(span_h / cadence_h)) for span_h in (_BEFORE_H, _AFTER_H, _DAY_H)
    )
    score = _score(fill, before=before, after=after, day=day)
    score[len(fill) - min(_SURE_AFTER, after) + 1 :] = -np.inf
    chosen = _strongest_apart(at_h, score)
    gap_h = at_h[chosen] - at_h[chosen - 1]
    return at_h[chosen] - np.minimum(gap_h, 1.0) / 2


def _score(fill: FloatArray, *, before: int, after: int, day: int) -> FloatArray:
    """(k,) how much the fill falls at each reading; -inf where it is no emptying."""
    level_before = _ranked(_behind(fill, before), 0.5)
    ahead = _ahead(fill, after)
    level_after = _ranked(ahead, 0.5)
    drop = level_before - level_after
    is_emptying: BoolArray = (
        (drop >= _DROP)
        & (_ranked(ahead, 0.75) < level_before - _DROP / 2)
        & (fill < level_before - 0.4 * drop)
        & (_ranked(_ahead(fill, day), 0.5) <= _HIGHEST_AFTER)
        & (_ranked(_behind(fill, day), 0.1) - level_after >= _GAIN)
    )
    sharpness = drop - 0.3 * np.abs(fill - level_after)
    score: FloatArray = np.where(is_emptying, sharpness, -np.inf)
    return score


def _behind(fill: FloatArray, width: int) -> FloatArray:
    """(k, width) the readings before each one, NaN where there are none."""
    padded = np.concatenate([np.full(width, np.nan), fill[:-1]])
    return sliding_window_view(padded, width)


def _ahead(fill: FloatArray, width: int) -> FloatArray:
    """(k, width) each reading and those that follow, NaN where there are none."""
    padded = np.concatenate([fill, np.full(width - 1, np.nan)])
    return sliding_window_view(padded, width)


def _ranked(windows: FloatArray, share: float) -> FloatArray:
    """(k,) the number at this share of each window's order; NaN of an empty window."""
    count = np.count_nonzero(~np.isnan(windows), axis=1)
    rank = np.rint(share * np.maximum(count - 1, 0)).astype(np.int64)
    ranked: FloatArray = np.sort(windows, axis=1)[np.arange(len(windows)), rank]
    return ranked


def _strongest_apart(at_h: FloatArray, score: FloatArray) -> IntArray:
    """Keep the strongest of any two that are less than a day apart."""
    chosen: list[int] = []
    for i in np.argsort(-score, kind="stable")[: np.isfinite(score).sum()]:
        if all(abs(at_h[i] - at_h[j]) >= _APART_H for j in chosen):
            chosen.append(int(i))
    return np.array(sorted(chosen), dtype=np.int64)
