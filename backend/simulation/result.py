"""The answer to a question, as it is kept and shown."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """How dear an overflow is: the one of the two that is not null says so.

    `service_level` is the share of bins that shall have room until they can be emptied
    next; `overflow_weight` how much an overflow counts against driving.
    """

    service_level: float | None = None
    overflow_weight: float | None = None


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
    """What an aim leads to, in a mean week."""

    aim: Aim
    figures: Figures


@dataclass(frozen=True, kw_only=True, slots=True)
class SensorValue:
    """What a sensor would save in a year at a bin that has none.

    Its own price is left aside. `slot_id` is -1 where the bin itself is not there yet;
    `rate_doubt` is how far the rate may be off, over the rate.
    """

    slot_id: int
    code: str
    stream: str
    saved_cents: float
    fill_per_day: float
    rate_doubt: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer, and how it was found.

    The curve is that of the terms asked for, in the order of service; `notes` say what
    was left out or simplified.
    """

    bins: int
    days: int
    warm_up_days: int
    seeds: int
    roads: str
    notes: list[str]
    aim_today: Aim
    aim_then: Aim
    differences: list[Difference]
    curve: list[CurvePoint]
    sensors: list[SensorValue]
