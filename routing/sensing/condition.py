"""How a device did in its last days."""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.sensing.faults import CODE
from routing.sensing.model import (
    Condition,
    DetectedEmptying,
    DeviceReadings,
    EmptyingKind,
    Fault,
)
from routing.sensing.spells import BEFORE_H
from routing.sensing.surface import FILLS

_FIXED_SHARE = 0.15  # of all false echoes, that one height must have to be named
_LATE = 3.0  # usual pauses without a reading that make a gap
_MOVED_WITHIN_H = 48.0


def look_at_condition(
    readings: DeviceReadings,
    alone: IntArray,
    *,
    echo_share: float,
    echo_heights: FloatArray,
    emptyings: tuple[DetectedEmptying, ...],
) -> Condition:
    """Sum up the days before the last reading."""
    end_h = readings.measured_h[-1]
    is_recent = readings.measured_h > end_h - BEFORE_H
    fault = alone[is_recent]
    is_just_now = readings.measured_h > end_h - _MOVED_WITHIN_H
    empties = [e.fill_after for e in emptyings if e.kind is EmptyingKind.FULL]
    return Condition(
        readings=len(fault),
        echo_share=echo_share,
        no_echo_share=_share(fault, Fault.NO_ECHO),
        stuck_share=_share(fault, Fault.STUCK),
        clock_share=_share(fault, Fault.CLOCK),
        moved_share=_share(alone[is_just_now], Fault.MOVED),
        gap_share=_gap_share(readings.measured_h[is_recent]),
        echo_heights_mm=_name_heights(echo_heights, readings),
        empty_fill=float(np.median(empties)) if empties else None,
    )


def _share(fault: IntArray, which: Fault) -> float:
    return float(np.mean(fault == CODE[which]))


def _gap_share(at_h: FloatArray) -> float:
    pauses_h = np.diff(at_h)
    if not len(pauses_h):
        return 0.0
    is_gap = pauses_h > _LATE * max(float(np.median(pauses_h)), 1 / 60)
    return float(pauses_h[is_gap].sum() / (at_h[-1] - at_h[0]))


def _name_heights(shares: FloatArray, readings: DeviceReadings) -> tuple[int, ...]:
    """Name the heights that stand out, as distances, the most frequent first."""
    around = np.convolve(shares, np.ones(3), mode="same")
    beside = np.pad(shares, 1)
    is_peak = (shares >= beside[:-2]) & (shares > beside[2:]) & (around > _FIXED_SHARE)
    cells = np.flatnonzero(is_peak)
    cells = cells[np.argsort(-around[cells])]
    empty_mm, full_mm = readings.empty_mm[-1], readings.full_mm[-1]
    return tuple(
        round(float(empty_mm - FILLS[cell] * (empty_mm - full_mm))) for cell in cells
    )
