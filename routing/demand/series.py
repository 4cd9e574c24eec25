"""From raw readings to an hourly series that can be believed."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray
from routing.demand.inner.thinning import thin
from routing.demand.model import SlotHistory
from routing.demand.standing import is_standing

MEMORY_H = 56 * 24.0
"""How far back is looked: on glass banks a mean of 56 days beat 7 and 28."""

OUTLIER_FRACTION = 0.08  # off the running median: 2 % of readings of good sensors are

_NEIGHBOURS_H = 6.0
_LOWEST, _HIGHEST = -0.5, 1.3  # what a calibrated sensor can say at all


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Series:
    """Hourly medians of readings, in order.

    Parameters
    ----------
    emptied_h
        (m,) when the slot was emptied until now, in order.
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

    emptied_h: FloatArray
    at_h: FloatArray
    fill: FloatArray
    is_outlier: BoolArray
    bad_share: float
    noise: float


def read_series(
    history: SlotHistory, *, now_h: float, memory_h: float = MEMORY_H
) -> Series:
    """Order, bound and thin the readings of the last weeks; mark the outliers."""
    at_h = np.asarray(history.measured_h, dtype=np.float64)
    fill = np.asarray(history.fill_fraction, dtype=np.float64)
    is_recent = (at_h <= now_h) & (at_h > now_h - memory_h) & history.is_sensor_trusted
    is_possible = is_recent & (fill >= _LOWEST) & (fill <= _HIGHEST)
    impossible = int(is_recent.sum() - is_possible.sum())
    ordered_h, ordered = _ordered(at_h[is_possible], fill[is_possible])
    is_alive = ~is_standing(ordered_h, ordered)
    emptied_h = np.sort(history.emptied_h[history.emptied_h <= now_h])
    hourly_h, hourly, around = thin(ordered_h[is_alive], ordered[is_alive], emptied_h)
    off = np.abs(hourly - around)
    is_outlier = (off > OUTLIER_FRACTION) & _is_frequent(hourly_h)
    kept = off[~is_outlier]
    bad = impossible + int(is_outlier.sum())
    return Series(
        emptied_h=emptied_h,
        at_h=hourly_h,
        fill=np.maximum(hourly, 0.0),
        is_outlier=is_outlier,
        bad_share=bad / max(1, len(hourly) + impossible),
        noise=float(np.sqrt(np.mean(kept**2))) if len(kept) else 0.0,
    )


def median(values: FloatArray) -> float:
    """Return the median of finite values, at a tenth of what numpy's costs for five."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _is_frequent(at_h: FloatArray) -> bool:
    """Tell whether neighbours are near enough to say what a fill should be."""
    return len(at_h) > 1 and float(at_h[-1] - at_h[0]) <= _NEIGHBOURS_H * len(at_h)


def _ordered(at_h: FloatArray, fill: FloatArray) -> tuple[FloatArray, FloatArray]:
    if len(at_h) < 2 or bool((at_h[1:] >= at_h[:-1]).all()):  # noqa: PLR2004
        return at_h, fill
    order = np.lexsort((fill, at_h))
    return at_h[order], fill[order]
