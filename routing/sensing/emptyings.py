"""Emptyings in the course of a surface."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.sensing.follow import Course
from routing.sensing.model import DetectedEmptying, DeviceReadings, EmptyingKind
from routing.sensing.spells import APART_H, SEEN_BACK_H, SEEN_BEFORE_H, SPELL_H

LEAST_CONFIDENCE = 0.98
"""Glass banks: between 0.95 and 0.995 a tenth fewer are found, a third fewer false."""
NOT_BELIEVED_ECHO_SHARE = 0.5
"""A sensor that sees something else half of the time shows no emptyings."""
LEAST_DROP = 0.15

_SPREAD_H = 3  # the hour of an emptying is not always sure
_LEAST_LIKELY = 0.01
_PARTIAL_LEAVES = 0.2
_BAG_OUT = 0.08  # of the range, deeper than the bin with its new bag
_BAG_OUT_H = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A fall of the fill in an hour of a row's spell, not yet believed."""

    row: int
    hour: int
    fill_before: float
    fill_after: float
    confidence: float

    def is_believed(self, echo_share: float) -> bool:
        """Tell whether it counts, given how much else the sensor saw around it."""
        return (
            self.confidence >= LEAST_CONFIDENCE
            and self.fill_before - self.fill_after >= LEAST_DROP
            and echo_share < NOT_BELIEVED_ECHO_SHARE
        )


def find_candidates(course: Course, is_said: BoolArray) -> list[Candidate]:
    """Find, in each row's spell, the hours likelier than the half days around them.

    Parameters
    ----------
    is_said
        (n, w) whether there was a reading, in the hours that the course looks back at.
    """
    likely = _at_readings(course.emptied, is_said)
    first, last = SEEN_BEFORE_H, SEEN_BEFORE_H + SPELL_H
    around = sliding_window_view(likely, APART_H, axis=1).max(axis=2)
    before = around[:, first - APART_H : last - APART_H]
    peak, after = likely[:, first:last], around[:, first + 1 : last + 1]
    found = np.argwhere((peak > before) & (peak >= after) & (peak > _LEAST_LIKELY))
    return [_measure(course, is_said, int(row), int(hour)) for row, hour in found]


def _at_readings(emptied: FloatArray, is_said: BoolArray) -> FloatArray:
    """(n, w) give what may have happened in silence to the reading that ended it."""
    total = np.cumsum(emptied, axis=1)
    known = np.maximum.accumulate(np.where(is_said, total, 0.0), axis=1)
    return np.where(is_said, total - np.pad(known, ((0, 0), (1, 0)))[:, :-1], 0.0)


def _measure(course: Course, is_said: BoolArray, row: int, hour: int) -> Candidate:
    """Add up between the readings around it: when exactly it was may be open."""
    at = SEEN_BEFORE_H + hour
    said = np.flatnonzero(is_said[row])
    start = max(said[said <= at - _SPREAD_H - 1], default=0)
    end = min(said[said >= at + _SPREAD_H], default=SEEN_BACK_H - 1)
    confidence = float(course.emptied[row, start + 1 : end + 1].sum())
    return Candidate(
        row=row,
        hour=hour,
        fill_before=float(course.settled[row, start]),
        fill_after=float(course.settled[row, end]),
        confidence=min(1.0, confidence),
    )


def keep_apart(hours: IntArray, spells: IntArray) -> list[int]:
    """Return which to keep: what a spell finds once more is dropped."""
    return [
        i
        for i in range(len(hours))
        if not np.any((spells == spells[i] - 1) & (hours > hours[i] - APART_H))
    ]


def describe(
    candidate: Candidate,
    readings: DeviceReadings,
    alone: IntArray,
    *,
    hour: int,
    echo_share: float,
) -> DetectedEmptying:
    """Say when it was, to the reading, and what was done."""
    at_h = readings.measured_h[alone == 0]
    i = int(np.searchsorted(at_h, hour))
    until_h = float(at_h[i]) if i < len(at_h) else hour + 0.5
    after_h = float(at_h[i - 1]) if i else until_h - 1.0
    return DetectedEmptying(
        after_h=after_h,
        until_h=until_h,
        fill_before=max(0.0, candidate.fill_before),
        fill_after=max(0.0, candidate.fill_after),
        kind=_kind(candidate, readings, until_h),
        confidence=candidate.confidence,
        echo_share=echo_share,
    )


def _kind(
    candidate: Candidate, readings: DeviceReadings, until_h: float
) -> EmptyingKind:
    if candidate.fill_after > _PARTIAL_LEAVES:
        return EmptyingKind.PARTIAL
    is_near = np.abs(readings.measured_h - until_h) <= _BAG_OUT_H
    with np.errstate(invalid="ignore"):
        is_deeper = readings.fill < candidate.fill_after - _BAG_OUT
    is_bag_out = bool(np.any(is_near & is_deeper))
    return EmptyingKind.BAG_CHANGE if is_bag_out else EmptyingKind.FULL
