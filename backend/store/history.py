"""What happened to one bin: readings, emptyings, observations, its forecast."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class FillPoint:
    """A fill at a time."""

    at: datetime
    fill_fraction: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingPoint:
    """A fill as it was measured; with a fault it is not believed."""

    at: datetime
    fill_fraction: float
    fault: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Emptying:
    """The bin was emptied, and who says so.

    A device tells what was done and the fills before and after; a driver's word comes
    without them.
    """

    at: datetime
    source: str
    kind: str | None
    fill_before: float | None
    fill_after: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """One bin from `from_at` to `to_at`."""

    slot_id: int
    from_at: datetime
    to_at: datetime
    readings: list[ReadingPoint]
    observations: list[FillPoint]
    emptyings: list[Emptying]


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """A bin's foreseen fill, as quantiles over `horizon_at`."""

    slot_id: int
    made_at: datetime
    basis: str
    trust: float
    fill_fraction: float
    full_at: datetime | None
    overflow_probability: float
    horizon_at: list[datetime]
    fill_low: list[float]
    fill_middle: list[float]
    fill_high: list[float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """Why a bin is in the plan in force or is not.

    For a bin that no run had room for, the four `would_fit_…` say which limit would
    have to give way, by how much in its own unit, for which vehicle, and what the plan
    would cost more; otherwise they are null. `counted` says in words what else counted
    for or against it: rules, complaints, neighbours, a sensor that is not trusted.
    """

    plan_id: int
    slot_id: int
    outcome: str
    why: str
    is_mandatory: bool
    prize_cents: int
    detour_cents: int | None
    overflow_probability: float
    counted: list[str] = field(default_factory=list)
    would_fit_limit: str | None = None
    would_fit_amount: float | None = None
    would_fit_vehicle: str | None = None
    would_fit_cents: int | None = None


SLOT_EXISTS = "SELECT EXISTS (SELECT FROM slot WHERE slot_id = %s)"
READINGS = """
SELECT measured_at AS at, fill_fraction, fault
FROM slot_reading LEFT JOIN reading_fault USING (device_id, measured_at)
WHERE slot_id = %s AND measured_at >= %s AND measured_at < %s
    AND fill_fraction IS NOT NULL
ORDER BY measured_at"""
OBSERVATIONS = """
SELECT observed_at AS at, fill_fraction FROM observation
WHERE slot_id = %s AND observed_at >= %s AND observed_at < %s ORDER BY observed_at"""
EMPTYINGS = """
SELECT emptied_at AS at, source, kind, fill_before, fill_after FROM standing_emptying
WHERE slot_id = %s AND emptied_at >= %s AND emptied_at < %s ORDER BY emptied_at"""
FORECAST = """
SELECT slot_id, made_at, basis, trust, fill_fraction, full_at, overflow_probability,
       horizon_at, fill_low, fill_middle, fill_high
FROM slot_forecast WHERE slot_id = %s"""
DECISION = """
SELECT plan_id, slot_id, outcome, why, is_mandatory, prize_cents, detour_cents,
       overflow_probability, counted, would_fit_limit, would_fit_amount,
       vehicle.name AS would_fit_vehicle, would_fit_cents
FROM decision
JOIN plan USING (plan_id)
LEFT JOIN vehicle ON vehicle.vehicle_id = would_fit_vehicle_id
WHERE slot_id = %s AND plan.replaced_at IS NULL
    AND plan.service_day = shown_service_day()"""


def slot_exists(conn: Connection[Any], slot_id: int) -> bool:
    """Tell whether there is such a bin."""
    row = conn.execute(SLOT_EXISTS, (slot_id,)).fetchone()
    return row is not None and bool(row[0])


def load_history(
    conn: Connection[Any], slot_id: int, *, from_at: datetime, to_at: datetime
) -> History:
    """Load everything that is known of a bin in [from_at, to_at)."""
    span = (slot_id, from_at, to_at)
    with conn.cursor(row_factory=class_row(ReadingPoint)) as cursor:
        readings = cursor.execute(READINGS, span).fetchall()
    with conn.cursor(row_factory=class_row(FillPoint)) as points:
        observations = points.execute(OBSERVATIONS, span).fetchall()
    with conn.cursor(row_factory=class_row(Emptying)) as cursor:
        emptyings = cursor.execute(EMPTYINGS, span).fetchall()
    return History(
        slot_id=slot_id,
        from_at=from_at,
        to_at=to_at,
        readings=readings,
        observations=observations,
        emptyings=emptyings,
    )


def load_forecast(conn: Connection[Any], slot_id: int) -> Forecast | None:
    """Load the newest forecast of a bin."""
    with conn.cursor(row_factory=class_row(Forecast)) as cursor:
        return cursor.execute(FORECAST, (slot_id,)).fetchone()


def load_decision(conn: Connection[Any], slot_id: int) -> Decision | None:
    """Load what the plan in force decided about a bin."""
    with conn.cursor(row_factory=class_row(Decision)) as cursor:
        return cursor.execute(DECISION, (slot_id,)).fetchone()
