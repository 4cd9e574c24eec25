"""What is known of the operator's bins, as a simulation needs it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from backend.simulation.what_if import NewBin, SimulationError
from backend.store.planning import PlannedSlot
from routing.arrays import BoolArray, FloatArray, IntArray
from routing.demand import QUANTILES, SlotForecast

STEP_H = 3
STEPS_A_DAY = 24 // STEP_H
STEPS_A_WEEK = 7 * STEPS_A_DAY
WEEK_AHEAD_H = np.arange(STEPS_A_WEEK + 1, dtype=np.float64) * STEP_H

# From the 5 % to the 95 % quantile of a normal distribution, in standard deviations.
BAND_DEVIATIONS = 3.29
LEAST_VARIATION, MOST_VARIATION = 0.3, 1.5
USUAL_VARIATION = 0.75  # of a day: research on glass banks
# What the coming weeks are off the last ones, and bins of a stream off each other.
DOUBT, DOUBT_OF_NEW = 0.2, 0.6
HOURS_A_DAY = 24.0
SENSOR_FRESH_H = 7 * 24.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class KnownBins:
    """Bins in rows; fill is a fraction of the bin.

    Parameters
    ----------
    slot_id
        (n,) -1: the bin is not there yet.
    fill
        (n,) now, as foreseen.
    per_day
        (n,) fill that comes on a mean day.
    week
        (n, 56) share of the week's fill that comes in each three hours, from the first
        day of the simulation on.
    variation
        (n,) deviation of a day's fill over its mean.
    doubt
        (n,) deviation of the true mean from the one that is known, over that.
    most_days
        (n,) days after which it must be emptied whatever its fill: hygiene, contract.
    """

    slot_id: IntArray
    code: np.ndarray
    stream: np.ndarray
    lat_deg: FloatArray
    lon_deg: FloatArray
    volume_l: FloatArray
    kg_per_l: FloatArray
    service_s: IntArray
    overflow_cents: FloatArray
    fill: FloatArray
    per_day: FloatArray
    week: FloatArray
    variation: FloatArray
    doubt: FloatArray
    most_days: FloatArray
    has_sensor: BoolArray

    def __len__(self) -> int:
        return len(self.slot_id)

    def take(self, rows: IntArray) -> "KnownBins":
        """Return some of them."""
        return KnownBins(**{each.name: getattr(self, each.name)[rows]
                            for each in fields(self)})  # fmt: skip


def know_bins(
    slots: Sequence[PlannedSlot], forecasts: Sequence[SlotForecast], *, now_h: float
) -> KnownBins:
    """Read rates and fills off the forecasts.

    `forecasts` reach over WEEK_AHEAD_H, counted from the first midnight to come.
    """
    quantiles = np.stack([each.fill_quantiles for each in forecasts])
    week = _week(quantiles[:, QUANTILES.index(0.5), -STEPS_A_WEEK - 1 :])
    per_day = np.array([each.rate_per_day for each in forecasts])
    variation = _variation(quantiles[:, :, -STEPS_A_WEEK - 1 :], per_day)
    return KnownBins(
        slot_id=np.array([each.slot_id for each in slots], np.int64),
        code=np.array([each.code for each in slots], object),
        stream=np.array([each.stream for each in slots], object),
        lat_deg=np.array([each.lat_deg for each in slots]),
        lon_deg=np.array([each.lon_deg for each in slots]),
        volume_l=np.array([each.volume_l for each in slots], np.float64),
        kg_per_l=np.array([each.density_kg_per_l for each in slots]),
        service_s=np.array([each.service_s for each in slots], np.int64),
        overflow_cents=np.array(
            [each.overflow_cents * each.overflow_factor for each in slots], np.float64
        ),
        fill=np.clip([each.fill_fraction for each in forecasts], 0.0, 1.0),
        per_day=np.maximum(per_day, 1e-4),
        week=week,
        variation=variation,
        doubt=_doubt(slots, variation),
        most_days=np.array([_most_days(each) for each in slots]),
        has_sensor=np.array(
            [each.is_sensor_trusted
             and max(each.measured_h, default=0.0) > now_h - SENSOR_FRESH_H
             for each in slots], np.bool_,
        ),
    )  # fmt: skip


def _doubt(slots: Sequence[PlannedSlot], variation: FloatArray) -> FloatArray:
    """(n,): a mean of few days is not known well, and no mean holds for ever."""
    days = np.array([_watched_days(each) for each in slots])
    learned = np.hypot(DOUBT, variation / np.sqrt(np.maximum(days, 1.0)))
    return np.where(days > 0, np.minimum(learned, DOUBT_OF_NEW), DOUBT_OF_NEW)


def _watched_days(slot: PlannedSlot) -> float:
    """Count the days between the first and the last that is known of the fill."""
    known_h = [*slot.measured_h, *slot.observed_h, *slot.emptied_h]
    return (max(known_h) - min(known_h)) / HOURS_A_DAY if known_h else 0.0


def _most_days(slot: PlannedSlot) -> float:
    return min(slot.hygiene_days or np.inf, slot.contract_days or np.inf)


def _week(median: FloatArray) -> FloatArray:
    """(n, 56): how the gains of the coming week are spread."""
    gains = np.maximum(np.diff(median, axis=1), 0.0) + 1e-9
    week: FloatArray = gains / gains.sum(axis=1, keepdims=True)
    return week


def _variation(quantiles: FloatArray, per_day: FloatArray) -> FloatArray:
    """(n,): from how much less is known of the fill a day later."""
    band = quantiles[:, QUANTILES.index(0.95)] - quantiles[:, QUANTILES.index(0.05)]
    deviation = band[:, [0, STEPS_A_DAY]] / BAND_DEVIATIONS
    grown = np.maximum(deviation[:, 1] ** 2 - deviation[:, 0] ** 2, 0.0)
    variation: FloatArray = np.clip(
        np.sqrt(grown) / np.maximum(per_day, 1e-4), LEAST_VARIATION, MOST_VARIATION
    )
    return variation


def add_bins(known: KnownBins, new: Sequence[NewBin]) -> KnownBins:
    """Put bins beside those that are there; they fill as those of their stream do."""
    if not new:
        return known
    rows = [_like_the_others(known, each) for each in new]
    codes = [f"new {number}" for number in range(1, len(new) + 1)]
    of_new = {
        "slot_id": np.full(len(new), -1),
        "code": np.array(codes, object),
        "stream": np.array([each.stream for each in new], object),
        "lat_deg": np.array([each.lat_deg for each in new]),
        "lon_deg": np.array([each.lon_deg for each in new]),
        "volume_l": np.array([each.volume_l for each in new], np.float64),
        "kg_per_l": np.array([known.kg_per_l[row[0]] for row in rows]),
        "service_s": np.array([each.service_s for each in new], np.int64),
        "overflow_cents": np.array([known.overflow_cents[row[0]] for row in rows]),
        "fill": np.zeros(len(new)),
        "per_day": np.array(
            [each.fill_per_day or _usual_rate(known, row, each.volume_l)
             for each, row in zip(new, rows, strict=True)]
        ),
        "week": np.stack([known.week[row].mean(axis=0) for row in rows]),
        "variation": np.full(len(new), USUAL_VARIATION),
        "doubt": np.array(
            [DOUBT if each.fill_per_day else DOUBT_OF_NEW for each in new]
        ),
        "most_days": np.full(len(new), np.inf),
        "has_sensor": np.array([each.has_sensor for each in new], np.bool_),
    }  # fmt: skip
    return KnownBins(
        **{
            each.name: np.concatenate([getattr(known, each.name), of_new[each.name]])
            for each in fields(known)
        }
    )


def _like_the_others(known: KnownBins, new: NewBin) -> IntArray:
    rows = np.flatnonzero(known.stream == new.stream)
    if not len(rows):
        raise SimulationError(
            f"stream = {new.stream} not understood: there is no bin of it yet to learn "
            f"from; known are {', '.join(sorted(set(known.stream)))}"
        )
    return rows


def _usual_rate(known: KnownBins, rows: IntArray, volume_l: float) -> float:
    """Take what comes to grow with the square root of the volume."""
    size = np.sqrt(known.volume_l[rows])
    return float(np.median(known.per_day[rows] * size) / np.sqrt(volume_l))
