"""How the fill of one slot grew, hour of the week by hour of the week."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.optimize import isotonic_regression

from routing.arrays import FloatArray, IntArray

WEEK_H = 168
_DAY_H = 24
_SMOOTHED_OVER_H = 9.0  # centred: the truth of the research on glass banks
_LONGEST_GAP_H = 14 * 24.0  # what grew between two readings further apart is unknown


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Growth:
    """What a slot's fill gained, in the hours that were watched.

    Parameters
    ----------
    gained
        (168,) fill gained in each local hour of the week, all weeks together.
    watched_h
        (168,) hours watched in each.
    daily
        (d,) fill gained in each whole day that was watched.
    misfit
        Root mean square of what falls without an emptying: how far the readings are
        from any fill that could be true.
    """

    gained: FloatArray
    watched_h: FloatArray
    daily: FloatArray
    misfit: float


def measure_growth(
    at_h: FloatArray, fill: FloatArray, *, emptied_h: FloatArray, utc_offset_h: float
) -> Growth:
    """Fit a fill that never falls between emptyings, and spread it over the hours.

    Parameters
    ----------
    at_h, fill
        (k,) fills in order, without outliers; one at the time of an emptying was
        before it.
    """
    if len(at_h) < 2:  # noqa: PLR2004 - growth needs two fills
        return _no_growth()
    cycle = np.searchsorted(emptied_h, at_h, side="left")
    cycles = _by_cycle(at_h, fill, cycle)
    smooth = np.concatenate(cycles)
    rising = np.concatenate([isotonic_regression(each).x for each in cycles])
    elapsed_h = np.diff(at_h)
    is_watched = (np.diff(cycle) == 0) & (elapsed_h <= _LONGEST_GAP_H)
    gained = np.cumsum(np.where(is_watched, np.maximum(np.diff(rising), 0.0), 0.0))
    watched_h = np.cumsum(np.where(is_watched, elapsed_h, 0.0))
    local_h = at_h + utc_offset_h
    hour, hourly = _hourly(local_h, np.append(0.0, gained))
    _, hourly_watched_h = _hourly(local_h, np.append(0.0, watched_h))
    return Growth(
        gained=_by_hour_of_week(hour, hourly),
        watched_h=_by_hour_of_week(hour, hourly_watched_h),
        daily=_whole_days(hourly, hourly_watched_h),
        misfit=float(np.sqrt(np.mean((smooth - rising) ** 2))),
    )


def _no_growth() -> Growth:
    return Growth(
        gained=np.zeros(WEEK_H),
        watched_h=np.zeros(WEEK_H),
        daily=np.empty(0),
        misfit=0.0,
    )


def _smooth(at_h: FloatArray, fill: FloatArray) -> FloatArray:
    """Take the running median of a cycle, over fewer readings towards its ends."""
    cadence_h = max(float(np.median(np.diff(at_h, prepend=at_h[0] - 1))), 1.0)
    half = min(round(_SMOOTHED_OVER_H / cadence_h), len(fill) - 1) // 2
    smooth = fill.copy()
    if half:
        windows = sliding_window_view(fill, 2 * half + 1)
        smooth[half:-half] = np.median(windows, axis=1)
    for i in range(1, half):
        smooth[i] = np.median(fill[: 2 * i + 1])
        smooth[-1 - i] = np.median(fill[-2 * i - 1 :])
    return smooth


def _by_cycle(at_h: FloatArray, fill: FloatArray, cycle: IntArray) -> list[FloatArray]:
    bounds = np.flatnonzero(np.diff(cycle)) + 1
    cycles = zip(np.split(at_h, bounds), np.split(fill, bounds), strict=True)
    return [_smooth(hours, fills) for hours, fills in cycles]


def _hourly(local_h: FloatArray, total: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the hours of the week, first to last, and the total's rise in each."""
    edges = np.arange(np.floor(local_h[0]), np.floor(local_h[-1]) + 2)
    hour = edges[:-1].astype(np.int64) % WEEK_H
    return hour, np.diff(np.interp(edges, local_h, total))


def _by_hour_of_week(hour: IntArray, amount: FloatArray) -> FloatArray:
    return np.bincount(hour, amount, WEEK_H).astype(np.float64)


def _whole_days(hourly: FloatArray, watched_h: FloatArray) -> FloatArray:
    days = len(hourly) // _DAY_H
    by_day = hourly[: days * _DAY_H].reshape(days, _DAY_H).sum(axis=1)
    watched = watched_h[: days * _DAY_H].reshape(days, _DAY_H).sum(axis=1)
    whole: FloatArray = by_day[watched > _DAY_H - 1e-6]
    return whole
