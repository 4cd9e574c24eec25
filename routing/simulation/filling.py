"""How bins fill within a day, and what an emptying changes: closed forms.

Within a step material comes evenly. What comes to a full bin is lost.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray

FULL = 1.0
_NEVER = 1e9


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Filling:
    """One day of n bins.

    Parameters
    ----------
    at_end
        (n,) fill at the end of the day.
    collected
        (n,) fill that was taken.
    lost
        (n,) fill that found no room.
    full_h
        (n,) hours that the bin was full.
    """

    at_end: FloatArray
    collected: FloatArray
    lost: FloatArray
    full_h: FloatArray


def fill_at(
    fill: FloatArray, arrived: FloatArray, at_h: FloatArray, *, step_h: float
) -> FloatArray:
    """(n,): fill at hours of the day, if nobody came before.

    Parameters
    ----------
    fill
        (n,) at midnight.
    arrived
        (n, 1 + s) what has come since midnight.
    at_h
        (n,) hours since midnight.
    """
    level: FloatArray = np.minimum(fill + _come(arrived, at_h / step_h), FULL)
    return level


def live_a_day(
    fill: FloatArray, arrived: FloatArray, emptied_h: FloatArray, *, step_h: float
) -> Filling:
    """Fill the bins for a day, and empty some.

    Parameters
    ----------
    fill
        (n,) at midnight.
    arrived
        (n, 1 + s) what has come since midnight.
    emptied_h
        (n,) hour of the day when the bin is emptied, NaN: it is not.
    """
    end = arrived.shape[1] - 1.0
    is_emptied = np.isfinite(emptied_h)
    until = np.where(is_emptied, emptied_h / step_h, end)
    come = _come(arrived, until)
    before = np.minimum(fill + come, FULL)
    full_steps = np.maximum(until - _reached(arrived, FULL - fill), 0.0)
    rest = arrived[:, -1] - come
    full_again = np.maximum(end - _reached(arrived, FULL + come), 0.0)
    after = np.where(is_emptied, np.minimum(rest, FULL), before)
    collected = np.where(is_emptied, before, 0.0)
    return Filling(
        at_end=after,
        collected=collected,
        lost=np.maximum(fill + arrived[:, -1] - collected - after, 0.0),
        full_h=step_h * (full_steps + np.where(is_emptied, full_again, 0.0)),
    )


def fills_of_day(
    fill: FloatArray, arrived: FloatArray, emptied_h: FloatArray, *, step_h: float
) -> FloatArray:
    """(n, s): fill at the beginning of every step."""
    start = np.arange(arrived.shape[1] - 1.0)
    come = _come(arrived, np.nan_to_num(emptied_h / step_h, nan=_NEVER))
    is_after = start[None, :] > (emptied_h / step_h)[:, None]
    before = np.minimum(fill[:, None] + arrived[:, :-1], FULL)
    after = np.minimum(arrived[:, :-1] - come[:, None], FULL)
    return np.where(is_after, after, before)


def _come(arrived: FloatArray, step: FloatArray) -> FloatArray:
    """(n,): what has come until a fraction of a step."""
    whole = np.clip(np.floor(step), 0, arrived.shape[1] - 2).astype(np.int64)
    part = np.clip(step - whole, 0.0, 1.0)
    row = np.arange(len(arrived))
    here = arrived[row, whole]
    come: FloatArray = here + part * (arrived[row, whole + 1] - here)
    return come


def _reached(arrived: FloatArray, amount: FloatArray) -> FloatArray:
    """(n,): step at which so much has come; beyond the day if it has not."""
    steps = arrived.shape[1] - 1
    whole = (arrived < amount[:, None]).sum(axis=1)
    row = np.arange(len(arrived))
    high = arrived[row, np.minimum(whole, steps)]
    low = arrived[row, np.maximum(whole - 1, 0)]
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(high > low, (amount - low) / (high - low), 0.0)
    step = np.where(whole > 0, whole - 1 + part, 0.0)
    reached: FloatArray = np.where(whole > steps, _NEVER, step)
    return reached
