"""Fixed rounds, day by day, on the fill that really came."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray

_DAY_H = 24


class Serve(Protocol):
    """Drives a day's round."""

    def __call__(
        self, day: int, slots: IntArray, fill_fraction: FloatArray
    ) -> BoolArray:
        """Return which of the slots that are due were reached; (k,) all three."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Replay:
    """What the rounds did.

    Parameters
    ----------
    is_emptied
        (n, t) whether a slot was emptied in the hour.
    carried
        (days,) slots that were due and not reached, to be emptied the next day.
    """

    is_emptied: BoolArray
    carried: IntArray


def replay_rounds(
    gained: FloatArray,
    start_fill: FloatArray,
    is_due: BoolArray,
    *,
    hour_of_day: int,
    warm_up_days: int,
    serve: Serve,
) -> Replay:
    """Empty slots on the days when they are due; those not reached, the next day.

    Parameters
    ----------
    gained
        (n, 24 · days) fill that came until the end of each hour.
    start_fill
        (n,) fill at the beginning.
    is_due
        (n, days)
    hour_of_day
        When the slots of a round are taken to be emptied.
    warm_up_days
        On the first days all that is due is emptied and nobody is asked to drive: so
        the slots are as full as the rounds would have left them.
    serve
        Told of the day's number, counted from the end of the warm-up.
    """
    slots, days = is_due.shape
    is_emptied = np.zeros((slots, days * _DAY_H), np.bool_)
    base, waiting = -start_fill, np.zeros(slots, np.bool_)
    carried = np.zeros(days, np.int64)
    for day in range(days):
        hour = day * _DAY_H + hour_of_day
        due = np.flatnonzero(is_due[:, day] | waiting)
        reached = np.ones(len(due), np.bool_)
        if day >= warm_up_days and len(due):
            reached = serve(day - warm_up_days, due, gained[due, hour] - base[due])
        emptied = due[reached]
        is_emptied[emptied, hour] = True
        base[emptied] = gained[emptied, hour]
        waiting = np.zeros(slots, np.bool_)
        waiting[due[~reached]] = True
        carried[day] = len(due) - len(emptied)
    return Replay(is_emptied=is_emptied, carried=carried[warm_up_days:])
