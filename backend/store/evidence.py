"""What people and counters say of a bin: reports, deposits, and how far they count."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

ObservationSource = Literal["driver", "citizen", "schedule", "import"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewObservation:
    """A fill that somebody saw, or that a schedule guesses.

    `event_id` is drawn by who reports: the same one twice counts once. Without
    `fill_deviation` it is as sure as its source usually is; without `observed_at` it
    was seen now.
    """

    fill_fraction: float
    source: ObservationSource
    observed_at: datetime | None = None
    fill_deviation: float | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A fill as it was seen; `fill_deviation` is one standard deviation."""

    observation_id: int
    slot_id: int
    observed_at: datetime
    fill_fraction: float
    fill_deviation: float
    source: ObservationSource


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositReport:
    """How many deposits a container let in since its report before."""

    slot_id: int
    reported_at: datetime
    deposits: int


OBSERVE = """
INSERT INTO observation (slot_id, observed_at, fill_fraction, fill_deviation, source,
                         event_id)
VALUES (%(slot_id)s, coalesce(%(observed_at)s, clock_now()), %(fill_fraction)s,
        %(fill_deviation)s, %(source)s, %(event_id)s)
ON CONFLICT (event_id) DO NOTHING
RETURNING observation_id"""
OBSERVED = """
SELECT observation_id, slot_id, observed_at, fill_fraction, source,
       coalesce(observation.fill_deviation, observation_source.fill_deviation)
           AS fill_deviation
FROM observation JOIN observation_source USING (source)
WHERE observation_id = %(observation_id)s OR event_id = %(event_id)s"""
COUNT_DEPOSITS = """
INSERT INTO deposit_report (slot_id, reported_at, deposits)
VALUES (%(slot_id)s, %(reported_at)s, %(deposits)s)
ON CONFLICT (slot_id, reported_at) DO UPDATE SET deposits = excluded.deposits
WHERE deposit_report.deposits <> excluded.deposits"""
DEPOSITS = """
SELECT slot_id, reported_at, deposits FROM deposit_report
WHERE slot_id = %s AND reported_at >= %s AND reported_at < %s ORDER BY reported_at"""
SLOTS_OF_CODES = """
SELECT slot.code, slot.slot_id FROM slot JOIN site USING (site_id)
WHERE site.organisation_id = %s AND slot.code = ANY (%s)"""


def store_observation(
    conn: Connection[Any], slot_id: int, new: NewObservation
) -> Observation:
    """Store what was seen of a bin; what is known by its event already stays."""
    row = conn.execute(OBSERVE, asdict(new) | {"slot_id": slot_id}).fetchone()
    asked = {"observation_id": row and row[0], "event_id": new.event_id}
    with conn.cursor(row_factory=class_row(Observation)) as cursor:
        stored = cursor.execute(OBSERVED, asked).fetchone()
    if stored is None:
        raise LookupError("an observation that was stored is not there")
    return stored


def store_deposits(conn: Connection[Any], reports: Sequence[DepositReport]) -> None:
    """Store counts; the same time again corrects what was said of it."""
    conn.cursor().executemany(COUNT_DEPOSITS, [asdict(each) for each in reports])


def load_deposits(
    conn: Connection[Any], slot_id: int, *, from_at: datetime, to_at: datetime
) -> list[DepositReport]:
    """Load what a bin's counter reported in [from_at, to_at)."""
    with conn.cursor(row_factory=class_row(DepositReport)) as cursor:
        return cursor.execute(DEPOSITS, (slot_id, from_at, to_at)).fetchall()


def find_slots(
    conn: Connection[Any], organisation_id: int, codes: Sequence[str]
) -> dict[str, int]:
    """Find an organisation's bins by their codes."""
    rows = conn.execute(SLOTS_OF_CODES, (organisation_id, list(codes))).fetchall()
    return dict(rows)
