"""How full slots were, hour by hour, from what came in and when they were emptied."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray

_FULL = 1.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Follow:
    """Fills by the hour.

    Parameters
    ----------
    fill
        (n, t) at the end of each hour, after an emptying in it; above 1 it overflows.
    taken
        (n, t) fill that an emptying in the hour took along, what lay beside a full
        container included.
    """

    fill: FloatArray
    taken: FloatArray


def follow_fill(
    gained: FloatArray, start_fill: FloatArray, is_emptied: BoolArray
) -> Follow:
    """Fill slots with what came, and empty them in some hours.

    Parameters
    ----------
    gained
        (n, t) fill that came until the end of each hour, never falling.
    start_fill
        (n,) fill at the beginning.
    is_emptied
        (n, t) whether the slot was emptied in the hour.
    """
    base = np.where(is_emptied, gained, -np.inf)
    base = np.concatenate([-start_fill[:, None], base], axis=1)
    base = np.maximum.accumulate(base, axis=1)
    before = gained - base[:, :-1]
    return Follow(fill=gained - base[:, 1:], taken=np.where(is_emptied, before, 0.0))


def hours_full(follow: Follow, *, from_hour: int) -> FloatArray:
    """(days,) hours in which slots were full, all together, day by day.

    Days have 24 hours, the first begins at an hour; what is left over is a day too.
    """
    full = (follow.fill[:, from_hour:] >= _FULL).sum(axis=0, dtype=np.float64)
    starts = np.arange(0, len(full), 24)
    by_day: FloatArray = np.add.reduceat(full, starts) if len(full) else full
    return by_day
