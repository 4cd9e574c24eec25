"""What is known of a slot, and what is foreseen.

Points in time are hours since 1970-01-01 UTC; horizons are hours ahead of now.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from routing.arrays import FloatArray

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The quantiles of every forecast, in the order of its rows."""


def _nothing() -> FloatArray:
    return np.empty(0)


class Basis(StrEnum):
    """What a forecast rests on."""

    SENSOR = "sensor"
    OBSERVATIONS = "observations"
    PRIOR = "prior"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SlotHistory:
    """What was measured, seen and done at one slot.

    Parameters
    ----------
    volume_l
        Litres that the container holds.
    stream
        Name of the stream; slots of one stream learn from each other.
    measured_h, fill_fraction
        (k,) raw readings: noise, outliers, NaN and disorder are expected.
    emptied_h
        (m,) emptyings that a person reported. They hold whatever the sensor says.
    observed_h, observed_fill
        (j,) fills that a person saw, before an emptying at the same time.
    observed_deviation
        (j,) standard deviation of each; None: all are a driver's glance.
    deposit_h, deposits
        (d,) reports of a counter: when, and how many were dropped in since its report
        before.
    is_sensor_trusted
        False: the readings are not used, and the forecast says so.
    container_type, lat_deg, lon_deg
        What a slot that nothing else is known of is likened by; "" and None: unknown.
    """

    slot_id: int
    volume_l: float
    stream: str
    measured_h: FloatArray
    fill_fraction: FloatArray
    emptied_h: FloatArray
    observed_h: FloatArray
    observed_fill: FloatArray
    observed_deviation: FloatArray | None = None
    deposit_h: FloatArray = field(default_factory=_nothing)
    deposits: FloatArray = field(default_factory=_nothing)
    is_sensor_trusted: bool = True
    container_type: str = ""
    lat_deg: float | None = None
    lon_deg: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.volume_l < np.inf:
            raise ValueError(
                f"volume_l = {self.volume_l} of slot {self.slot_id} not understood: "
                "must be above 0"
            )
        self._check_same_length("measured_h", "fill_fraction")
        self._check_same_length("observed_h", "observed_fill")
        self._check_same_length("emptied_h", "emptied_h")
        self._check_same_length("deposit_h", "deposits")
        if self.observed_deviation is not None:
            self._check_same_length("observed_h", "observed_deviation")

    def _check_same_length(self, left: str, right: str) -> None:
        shapes = np.shape(getattr(self, left)), np.shape(getattr(self, right))
        if shapes[0] != shapes[1] or len(shapes[0]) != 1:
            raise ValueError(
                f"{left} and {right} of slot {self.slot_id} have shapes "
                f"{shapes[0]} and {shapes[1]}, expected one dimension of one length"
            )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SlotForecast:
    """The fill of one slot, now and to come, if nobody empties it.

    Parameters
    ----------
    fill_fraction, fill_deviation
        Estimate for now and its standard deviation.
    rate_per_day
        Mean growth of the fill in a day of the usual week.
    emptied_h
        When it was last emptied, as far as is known or seen in the readings.
    horizon_h
        (t,) hours ahead of now.
    fill_quantiles
        (q, t) fill at ``QUANTILES``; above 1 the bin overflows.
    overflow_probability
        (t,) P(the bin is full before then).
    full_h
        When the bin is full with probability one half, at the usual rate; None when
        that is more than a year away.
    trust
        0..1, how far all this may be believed.
    basis
        What it rests on.
    """

    slot_id: int
    fill_fraction: float
    fill_deviation: float
    rate_per_day: float
    emptied_h: float | None
    horizon_h: FloatArray
    fill_quantiles: FloatArray
    overflow_probability: FloatArray
    full_h: float | None
    trust: float
    basis: Basis
