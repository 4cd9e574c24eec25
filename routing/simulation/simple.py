"""Plain policies that look at sensors: a threshold, and one with neighbours."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.simulation.policy import Choice, Morning, only

_SILENT_DAYS = 7.0
_USUAL_FILL = 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """Empty what the last reading says is this full, or what was silent for a week.

    Parameters
    ----------
    fill
        From here on a bin is emptied.
    beside_fill, beside_m
        Bins this full, and this near to one of those, come along; 0: none.
    """

    fill: float
    beside_fill: float = 1.0
    beside_m: float = 0.0

    def __call__(self, morning: Morning) -> Choice:
        """Choose; what was silent counts as usually full."""
        last, silent_days = last_readings(morning)
        is_due = (last >= self.fill) | (silent_days > _SILENT_DAYS)
        if self.beside_m > 0 and is_due.any():
            first = morning.world.first_place
            ways = morning.world.distance_m[first:, first:]
            nearest_m = ways[:, is_due].min(axis=1)
            is_due = is_due | (
                (last >= self.beside_fill) & (nearest_m <= self.beside_m)
            )
        fill = np.where(silent_days > _SILENT_DAYS, _USUAL_FILL, last)
        return only(is_due, fill)


def last_readings(morning: Morning) -> tuple[FloatArray, FloatArray]:
    """Return each bin's last reading since it was emptied, and days of silence."""
    readings, read_h = morning.readings, morning.read_h
    last = np.zeros(len(readings))
    since_days = morning.since_emptied_days()
    is_heard = np.isfinite(readings)
    newest = readings.shape[1] - 1 - is_heard[:, ::-1].argmax(axis=1)
    silent_days = np.where(
        is_heard.any(axis=1), (morning.now_h - read_h[newest]) / 24, np.inf
    )
    silent_days = np.minimum(silent_days, since_days)
    is_fresh = (morning.now_h - read_h[newest]) / 24 < since_days
    value = readings[np.arange(len(readings)), newest]
    last = np.where(is_fresh & is_heard.any(axis=1), value, 0.0)
    return last, silent_days
