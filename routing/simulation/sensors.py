"""What sensors make of a fill: noise, false echoes, silence, values that got stuck."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sensors:
    """The faults of n sensors at r readings each, made before the year begins.

    Parameters
    ----------
    every_h
        Hours between two readings; the first is made when day 0 begins.
    noise
        (n, r) what is added to the fill.
    echo
        (n, r) what is said instead of the fill, NaN where the echo is true.
    is_heard
        (n, r) False: the reading never arrives.
    is_stuck
        (n, r) True: the reading before is said again.
    """

    every_h: float
    noise: FloatArray
    echo: FloatArray
    is_heard: BoolArray
    is_stuck: BoolArray

    def report(
        self, fill: FloatArray, *, first: int, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Say what readings in a row would be.

        Parameters
        ----------
        fill
            (n, k) the truth.
        first
            Index of the first of these readings.
        before
            (n,) what the sensors said last, heard or not.

        Returns
        -------
        tuple
            (n, k) readings, NaN where nothing arrives; (n,) what was said last.
        """
        here = slice(first, first + fill.shape[1])
        said = np.clip(fill + self.noise[:, here], 0.0, 1.0)
        said = np.where(np.isnan(self.echo[:, here]), said, self.echo[:, here])
        is_stuck = self.is_stuck[:, here]
        for k in range(fill.shape[1]):
            said[:, k] = np.where(is_stuck[:, k], before, said[:, k])
            before = said[:, k]
        return np.where(self.is_heard[:, here], said, np.nan), before


def without_sensors(slots: int, readings: int, *, every_h: float = 24.0) -> Sensors:
    """Return sensors that say nothing."""
    nothing = np.zeros((slots, readings))
    never = np.zeros((slots, readings), np.bool_)
    return Sensors(
        every_h=every_h,
        noise=nothing,
        echo=np.full_like(nothing, np.nan),
        is_heard=never,
        is_stuck=never,
    )
