"""From raw readings to an hourly series that can be believed."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from routing.arrays import BoolArray, FloatArray
from routing.demand.model import SlotHistory

MEMORY_H = 56 * 24.0
"""How far back is looked: on glass banks a mean of 56 days beat 7 and 28."""

OUTLIER_FRACTION = 0.08  # off the running median: 2 % of readings of good sensors are

_LOWEST, _HIGHEST = -0.1, 1.3  # what a calibrated sensor can say at all
_WINDOW = 5  # readings; three in a row are a real surge and must pass


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Series:
    """Hourly medians of readings, in order.

    Parameters
    ----------
    at_h
        (k,) mean time of the readings in each hour.
    fill
        (k,) fill as measured, within 0..1.3.
    is_outlier
        (k,) far from the running median of its neighbours.
    bad_share
        Share of raw readings that were impossible or outliers.
    noise
        Standard deviation of the others around the running median.
    """

    at_h: FloatArray
    fill: FloatArray
    is_outlier: BoolArray
    bad_share: float
    noise: float


def read_series(history: SlotHistory, *, now_h: float) -> Series:
    """Order, bound and thin the readings of the last weeks; mark the outliers."""
    at_h = np.asarray(history.measured_h, dtype=np.float64)
    fill = np.asarray(history.fill_fraction, dtype=np.float64)
    is_recent = (at_h <= now_h) & (at_h > now_h - MEMORY_H)
    is_possible = is_recent & (fill >= _LOWEST) & (fill <= _HIGHEST)
    impossible = int(is_recent.sum() - is_possible.sum())
    hourly_h, hourly = _hourly_medians(at_h[is_possible], fill[is_possible])
    around = running_median(hourly, _WINDOW)
    off = np.abs(hourly - around)
    is_outlier = off > OUTLIER_FRACTION
    kept = off[~is_outlier]
    bad = impossible + int(is_outlier.sum())
    return Series(
        at_h=hourly_h,
        fill=np.maximum(hourly, 0.0),
        is_outlier=is_outlier,
        bad_share=bad / max(1, len(hourly) + impossible),
        noise=float(np.sqrt(np.mean(kept**2))) if len(kept) else 0.0,
    )


def running_median(values: FloatArray, width: int) -> FloatArray:
    """Return the median of each value and its neighbours, fewer at the ends."""
    if len(values) < width:
        return np.full_like(values, np.median(values)) if len(values) else values
    half = width // 2
    padded = np.concatenate([values[:half][::-1], values, values[-half:][::-1]])
    medians: FloatArray = np.median(sliding_window_view(padded, width), axis=1)
    return medians


def _hourly_medians(
    at_h: FloatArray, fill: FloatArray
) -> tuple[FloatArray, FloatArray]:
    order = np.lexsort((fill, np.floor(at_h)))
    hour = np.floor(at_h[order])
    starts = np.flatnonzero(np.diff(hour, prepend=-np.inf))
    counts = np.diff(np.append(starts, len(hour)))
    if not len(starts):
        return np.empty(0), np.empty(0)
    middle = (
        fill[order][starts + (counts - 1) // 2] + fill[order][starts + counts // 2]
    ) / 2
    return np.add.reduceat(at_h[order], starts) / counts, middle
