"""What is wrong with single readings."""

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.sensing.model import FAULTS, DeviceReadings, Fault

BLIND_MM = 30.0  # A02YYUW: nothing nearer can be measured
CLOCK_AHEAD_H = 0.1
MOVED_DEG = 15.0
STUCK_H, STUCK_READINGS = 96.0, 24
_OFF = 0.12  # of the range, from what is settled: 3 times what good readings differ
_LEAST_FULL = 0.9  # a bin that is so full may well reach into the blind zone

CODE = {fault: 1 + FAULTS.index(fault) for fault in Fault}


def judge_alone(readings: DeviceReadings, usual_tilt_deg: FloatArray) -> IntArray:
    """(k,) codes of what can be told without knowing the level.

    Parameters
    ----------
    usual_tilt_deg
        (k,) how the device hung in the days before; NaN: not known.
    """
    fault = np.zeros(len(readings.measured_h), dtype=np.int64)
    with np.errstate(invalid="ignore"):
        is_moved = np.abs(readings.tilt_deg - usual_tilt_deg) >= MOVED_DEG
    fault[_is_stuck(readings)] = CODE[Fault.STUCK]
    fault[is_moved] = CODE[Fault.MOVED]
    fault[np.isnan(readings.distance_mm)] = CODE[Fault.NO_ECHO]
    fault[_is_clock_wrong(readings)] = CODE[Fault.CLOCK]
    return fault


def judge_against_level(
    readings: DeviceReadings,
    alone: IntArray,
    *,
    settled: FloatArray,
    echo: FloatArray,
    fixed: FloatArray,
) -> IntArray:
    """(k,) codes with what can be told from the level.

    Parameters
    ----------
    settled
        (k,) the fill in the hour of each reading, in hindsight.
    echo
        (k,) P(the sensor saw something else in that hour), in hindsight.
    fixed
        (k,) share of false echoes that came from this height.
    """
    off = np.abs(readings.fill - settled)
    is_false = (off > _OFF) | ((echo > 0.5) & (off > _OFF / 2))  # noqa: PLR2004 - likelier than not
    is_fixed = (fixed > _FIXED_SHARE) & ~readings.is_weighed
    code = np.where(is_fixed, CODE[Fault.FALSE_ECHO], CODE[Fault.JUMP])
    is_near = (readings.distance_mm <= BLIND_MM) & ~readings.is_weighed
    is_blind = is_near & (settled < _LEAST_FULL)
    code = np.where(is_blind, CODE[Fault.BLIND_ZONE], code)
    return np.where((alone == 0) & (is_false | is_blind), code, alone)


_FIXED_SHARE = 0.3


def _is_clock_wrong(readings: DeviceReadings) -> BoolArray:
    """Ahead of its receipt, or before the record that the device wrote before it."""
    is_ahead = readings.measured_h > readings.received_h + CLOCK_AHEAD_H
    is_back: BoolArray = readings.measured_h < readings.previous_h - CLOCK_AHEAD_H
    return is_ahead | is_back


def _is_stuck(readings: DeviceReadings) -> BoolArray:
    """Nothing but the same millimetre for days: real echoes always waver a little.

    A mass does not: a bin that nobody uses weighs the same to 100 g.
    """
    distance_mm = np.nan_to_num(readings.distance_mm, nan=-1.0)
    starts = np.flatnonzero(np.diff(distance_mm, prepend=-2.0))
    run = np.searchsorted(starts, np.arange(len(distance_mm)), side="right") - 1
    first = starts[run] if len(starts) else run
    lasted_h = readings.measured_h - readings.measured_h[first]
    is_long: BoolArray = lasted_h >= STUCK_H
    count = np.arange(len(distance_mm)) - first + 1
    is_echo = (distance_mm > 0) & ~readings.is_weighed
    return is_long & (count >= STUCK_READINGS) & is_echo
