"""The answer to a question, as it is kept and shown."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """A mean week, over all bins.

    Parameters
    ----------
    overflow_h
        Hours a year in which a bin is full, for each bin.
    service_pct
        Share of what is thrown away that finds room, in percent.
    fill_at_pickup
        Mean fill of a bin that is emptied.
    """

    km: float
    hours: float
    pickups: float
    tonnes: float
    overflow_h: float
    service_pct: float
    fill_at_pickup: float
    co2_kg: float
    cents: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A figure before and after; the interval holds 95 % of the difference, by seeds.

    It is null where one seed was simulated.
    """

    name: str
    before: float
    after: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """What a weight of overflows leads to, in a mean week."""

    service_level: float
    figures: Figures


@dataclass(frozen=True, kw_only=True, slots=True)
class SensorValue:
    """What a sensor would save in a year at a bin that has none.

    `slot_id` is -1 where the bin itself is not there yet.
    """

    slot_id: int
    code: str
    stream: str
    saved_cents: float
    pickups_saved: float
    overflows_avoided: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer, and how it was found.

    `service_level` is what the figures after were found at, `today_level` is today's.
    The curve is that of the terms asked for; `notes` say what was left out or
    simplified.
    """

    bins: int
    days: int
    warm_up_days: int
    seeds: int
    roads: str
    notes: list[str]
    today_level: float
    service_level: float
    differences: list[Difference]
    curve: list[CurvePoint]
    sensors: list[SensorValue]
