"""How slots look at given hours: what boosted quantiles are foreseen from."""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.hours import Hours
from routing.demand.inner.growing import climb, level_of_last_hours
from routing.demand.inner.looking import FEATURES, look

KNOTS_H = np.array([1, 12, 24, 48, 72])
"""Horizons at which is learned."""

LEVEL, SEASONAL, WEEKDAY = (
    FEATURES.index(name) for name in ("level", "seasonal", "weekday")
)
_LOOKED_BACK_H = 72
_CARRIED_H = 16  # a level says nothing of the hours after it


def look_at(hours: Hours, origins: IntArray, *, utc_offset_h: float) -> FloatArray:
    """(m, knots, features) at origins, in hours since the first; nothing later counts.

    NaN where there is no level: no reading lately, or none since the emptying.
    """
    carried_h = max(_CARRIED_H, round(1.5 * min(hours.cadence_h, 168.0)))
    first = int(origins.min(initial=len(hours.fill))) - _LOOKED_BACK_H
    levels, slower, slowest = (
        level_of_last_hours(hours.fill, hours.cycle, width, carried_h, first)
        for width in (5, 9, 15)
    )
    gained, watched = climb(hours.smoothed, hours.cycle, hours.emptied, hours.is_sparse)
    looks: FloatArray = look(
        hours.fill,
        hours.cycle,
        hours.emptied,
        levels,
        slower,
        slowest,
        hours.smoothed,
        gained,
        watched,
        hours.first_hour + round(utc_offset_h),
        origins,
        KNOTS_H,
    )
    if hours.is_sparse:
        local_h = hours.first_hour + origins[:, None] + KNOTS_H + utc_offset_h
        looks[:, :, WEEKDAY] = local_h // 24 % 7
    return looks


def promised(looks: FloatArray) -> FloatArray:
    """(m, knots) fill that learning starts from: the usual week, where there is one.

    Sensors that report daily mostly do so in coarse steps: there the level is a better
    start than any fill between two steps.
    """
    is_dense = np.isnan(looks[:, :, WEEKDAY])
    start: FloatArray = looks[:, :, LEVEL] + np.where(
        is_dense, looks[:, :, SEASONAL], 0
    )
    return start
