"""How the fill of one slot grew, hour of the week by hour of the week."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray
from routing.demand.calendar import Calendar
from routing.demand.hours import Hours
from routing.demand.inner.growing import spread_growth

WEEK_H = 168
DAY_H = 24


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Growth:
    """What a slot's fill gained, in the hours that were watched.

    Parameters
    ----------
    gained
        (168,) fill gained in each local hour of the week, all usual weeks together.
    watched_h
        (168,) usual hours watched in each.
    daily
        (d, 3) days ago, fill gained, and hours watched, for each day that was watched
        for some hours.
    misfit
        Root mean square of what falls without an emptying: how far the readings are
        from any fill that could be true.
    holiday_watched_h, holiday_gained
        (168,) hours watched on holidays, and all that was gained on them.
    """

    gained: FloatArray
    watched_h: FloatArray
    daily: FloatArray
    misfit: float
    holiday_watched_h: FloatArray
    holiday_gained: float


def measure_growth(
    hours: Hours | None, *, utc_offset_h: float, calendar: Calendar
) -> Growth:
    """Fit a fill that never falls between emptyings, and spread it over the hours."""
    if hours is None:
        return _no_growth()
    local_hour = hours.first_hour + round(utc_offset_h)
    (
        gained,
        watched_h,
        daily,
        misfit,
        holiday_watched_h,
        holiday_gained,
    ) = spread_growth(
        hours.fill,
        hours.smoothed,
        hours.cycle,
        hours.emptied,
        local_hour,
        hours.is_sparse,
        hours.flat_h,
        _on_special_days(local_hour, len(hours.fill), calendar),
    )
    return Growth(
        gained=gained,
        watched_h=watched_h,
        daily=daily,
        misfit=misfit,
        holiday_watched_h=holiday_watched_h,
        holiday_gained=holiday_gained,
    )


def _no_growth() -> Growth:
    return Growth(
        gained=np.zeros(WEEK_H),
        watched_h=np.zeros(WEEK_H),
        daily=np.empty((0, 3)),
        misfit=0.0,
        holiday_watched_h=np.zeros(WEEK_H),
        holiday_gained=0.0,
    )


def _on_special_days(first_hour: int, count: int, calendar: Calendar) -> BoolArray:
    """(count,): whether an hour is of a holiday; events are the operator's guess."""
    if not calendar.holidays:
        return np.zeros(count, dtype=np.bool_)
    days = np.arange(first_hour, first_hour + count) // DAY_H
    return np.isin(days, list(calendar.holidays))
