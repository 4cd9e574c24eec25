"""What a bin costs in the long run, and what leaving it for later therefore costs.

A bin that is emptied begins anew, so its cost in a day, if it is emptied every T days,
is (visit + overflow until T) / T; the best T makes that least (renewal reward). Time
that passes before the next visit is worth that much: an early visit gives it away.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand.distribution import add_gains
from routing.selection.outlook import Outlook

_LONGEST_DAYS = 60
_STEP_DAYS = 0.5
_SURE = 1e-3


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cycle:
    """The long run of n slots.

    Parameters
    ----------
    cents_per_day
        (n,) the least that a day costs.
    later_cents
        (n,) the least cost of a visit after the look ahead, overflow until then
        included, the days that it gained taken off.
    from_empty_h
        (n, days) hours that a bin is expected to be full until each day after it was
        emptied.
    """

    cents_per_day: FloatArray
    later_cents: FloatArray
    from_empty_h: FloatArray


def long_run(
    outlook: Outlook, *, visit_cents: FloatArray, overflow_cents_per_h: FloatArray
) -> Cycle:
    """Weigh visits against overflow.

    Parameters
    ----------
    visit_cents
        (n,) what a usual visit costs: the detour and the work.
    overflow_cents_per_h
        (n,) what an hour costs in which the bin is full.
    """
    empty = np.zeros(len(outlook))
    stake = overflow_cents_per_h[:, None]
    days = np.arange(_LONGEST_DAYS + 1)
    from_empty_h = _full_h(outlook, empty, np.full(len(outlook), _SURE))
    per_day = (visit_cents[:, None] + stake * from_empty_h)[:, 1:] / days[1:]
    cents_per_day = per_day.min(axis=1)
    today_days, last_days = outlook.chance_h[0] / 24, outlook.chance_h[-1] / 24
    fill = outlook.fill_now + outlook.rate_per_day * today_days
    from_now_h = _full_h(outlook, fill, outlook.deviation)
    later = visit_cents[:, None] + stake * from_now_h - cents_per_day[:, None] * days
    is_later = days >= np.ceil(last_days - today_days)
    return Cycle(
        cents_per_day=cents_per_day,
        later_cents=later[:, is_later].min(axis=1),
        from_empty_h=from_empty_h,
    )


def _full_h(outlook: Outlook, fill: FloatArray, deviation: FloatArray) -> FloatArray:
    """(n, days): hours that a bin is expected to be full until each day."""
    days = np.arange(0.0, _LONGEST_DAYS + _STEP_DAYS, _STEP_DAYS)
    gain = np.maximum(outlook.rate_per_day[:, None] * days, 1e-9)
    variance = outlook.dispersion[:, None] * gain
    known = np.maximum(deviation, _SURE)[:, None]
    likely = add_gains(fill[:, None], known, gain, variance).probability_above(1.0)
    hours = (likely[:, 1:] + likely[:, :-1]) / 2 * _STEP_DAYS * 24
    full_h = np.concatenate([np.zeros((len(fill), 1)), np.cumsum(hours, axis=1)], 1)
    by_day: FloatArray = full_h[:, :: round(1 / _STEP_DAYS)]
    return by_day
