"""What a device said, and what is made of it.

Points in time are hours since 1970-01-01 UTC; fills are shares of the calibrated range.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray


class Fault(StrEnum):
    """What is wrong with a reading; one that has a fault says nothing of the fill."""

    NO_ECHO = "no echo"
    BLIND_ZONE = "blind zone"
    JUMP = "impossible jump"
    FALSE_ECHO = "fixed false echo"
    STUCK = "stuck"
    CLOCK = "clock wrong"
    MOVED = "moved"


FAULTS = tuple(Fault)
"""The faults in the order of their codes; code 0 is no fault."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DeviceReadings:
    """The readings of one device, in order of time.

    Parameters
    ----------
    measured_h, received_h
        (k,) when each was measured, and stored.
    previous_h
        (k,) when the record before it in the device's journal was measured, or NaN.
    distance_mm
        (k,) NaN: no echo.
    tilt_deg
        (k,) NaN: not measured.
    empty_mm, full_mm
        (k,) the calibration of each reading's own time.
    is_weighed
        (k,) whether a load cell said so, and the distance was made of its mass.
    """

    measured_h: FloatArray
    received_h: FloatArray
    previous_h: FloatArray
    distance_mm: FloatArray
    tilt_deg: FloatArray
    empty_mm: FloatArray
    full_mm: FloatArray
    is_weighed: BoolArray

    def __post_init__(self) -> None:
        if np.any(np.diff(self.measured_h) < 0):
            raise ValueError("measured_h not understood: must be in order")
        if np.any(self.empty_mm <= self.full_mm):
            raise ValueError("empty_mm not understood: must be above full_mm")

    @property
    def fill(self) -> FloatArray:
        """(k,) fill as measured, without bounds; NaN: no echo."""
        fill: FloatArray = (self.empty_mm - self.distance_mm) / (
            self.empty_mm - self.full_mm
        )
        return fill


class EmptyingKind(StrEnum):
    """What was done to the bin.

    A *partial* emptying leaves more than a fifth. A *bag change* is a full one during
    which the sensor looked deeper than the empty bin: the old bag was out and the new
    one not yet in.
    """

    FULL = "full"
    PARTIAL = "partial"
    BAG_CHANGE = "bag change"


@dataclass(frozen=True, kw_only=True, slots=True)
class DetectedEmptying:
    """The fill fell, and stayed low.

    Parameters
    ----------
    after_h, until_h
        The readings between which it happened.
    confidence
        0..1, the probability under the model of the surface.
    echo_share
        How much of what the sensor said in the days around was something else.
    """

    after_h: float
    until_h: float
    fill_before: float
    fill_after: float
    kind: EmptyingKind
    confidence: float
    echo_share: float

    @property
    def at_h(self) -> float:
        """When it is taken to have happened: soon before the reading that shows it.

        Halfway between the two readings, but half an hour before the later one at most:
        after a gap that is when somebody could have known.
        """
        return self.until_h - min(self.until_h - self.after_h, 1.0) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """How a device did in its last ten to twelve days, as shares of what it said.

    Parameters
    ----------
    gap_share
        Of the time, more than three times its usual pause apart.
    echo_heights_mm
        Where it sees something fixed.
    empty_fill
        What it shows of a bin that was just emptied; None: that was not seen.
    """

    readings: int
    echo_share: float
    no_echo_share: float
    stuck_share: float
    clock_share: float
    moved_share: float
    gap_share: float
    echo_heights_mm: tuple[int, ...]
    empty_fill: float | None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Judgement:
    """What is made of the readings of one device.

    Parameters
    ----------
    from_h
        From when on the judgement holds: what is earlier was only looked back at.
    fault
        (k,) 0 for a reading that is believed, else 1 + the index in `FAULTS`.
    level_mm, deviation_mm
        (k,) distance to the surface and its standard deviation, from this reading and
        earlier ones.
    emptyings
        Those that are believed, from `from_h` on.
    """

    from_h: float
    fault: IntArray
    level_mm: FloatArray
    deviation_mm: FloatArray
    emptyings: tuple[DetectedEmptying, ...]
    condition: Condition
