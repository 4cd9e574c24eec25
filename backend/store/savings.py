"""The ledger of savings: a month as it was, beside the same month on fixed rounds."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundFigures:
    """What a day or a month of collection was.

    `overflow_h` are the hours that all bins together were full; `co2_kg` is None where
    a vehicle has no factor.
    """

    distance_km: float = 0.0
    driving_h: float = 0.0
    cost_cents: int = 0
    co2_kg: float | None = 0.0
    overflow_h: float = 0.0
    pickup_count: int = 0
    volume_l: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SavingDay:
    """A day on the fixed rounds, and as it was."""

    day: date
    fixed: RoundFigures
    driven: RoundFigures


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSaving:
    """A month to be written into the ledger; `to_day` is its last day so far."""

    month: date
    from_day: date
    to_day: date
    version: str
    inputs_sha256: str
    method: str
    assumptions: tuple[str, ...]
    fixed: RoundFigures
    driven: RoundFigures
    days: tuple[SavingDay, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Saving:
    """A row of the ledger; it is never changed, only corrected by a later one."""

    saving_id: int
    month: date
    from_day: date
    to_day: date
    made_at: datetime
    corrects_id: int | None
    version: str
    inputs_sha256: str
    method: str
    assumptions: list[str]
    fixed: RoundFigures
    driven: RoundFigures
    days: list[SavingDay]


@dataclass(frozen=True, kw_only=True, slots=True)
class SavingRequest:
    """That somebody wants a month reckoned; `trouble` says why that could not be."""

    month: date
    asked_at: datetime
    ended_at: datetime | None
    trouble: str | None


# All that was ever reckoned of a month, or what holds of each.
LEDGER = """
SELECT saving_id, month, from_day, to_day, made_at, corrects_id, version,
       inputs_sha256, method, assumptions, fixed, driven, days
FROM saving
WHERE organisation_id = %(owner)s AND (
    month = %(month)s OR %(month)s::date IS NULL AND NOT EXISTS (
        SELECT FROM saving AS later
        WHERE later.organisation_id = saving.organisation_id
            AND later.month = saving.month AND later.saving_id > saving.saving_id))
ORDER BY month DESC, saving_id DESC"""
INSERT = """
INSERT INTO saving (organisation_id, month, from_day, to_day, corrects_id, version,
                    inputs_sha256, method, assumptions, fixed, driven, days)
VALUES (%(owner)s, %(month)s, %(from_day)s, %(to_day)s,
        (SELECT max(saving_id) FROM saving
         WHERE organisation_id = %(owner)s AND month = %(month)s),
        %(version)s, %(inputs_sha256)s, %(method)s, %(assumptions)s, %(fixed)s,
        %(driven)s, %(days)s)
RETURNING saving_id"""
REQUEST = """
INSERT INTO saving_request (organisation_id, month) VALUES (%s, %s)
ON CONFLICT (organisation_id, month) DO UPDATE
SET asked_at = clock_now(), ended_at = NULL, trouble = NULL"""
REQUESTS = """
SELECT month, asked_at, ended_at, trouble FROM saving_request
WHERE organisation_id = %s ORDER BY month DESC"""
TAKE = """
SELECT month FROM saving_request
WHERE organisation_id = %s AND ended_at IS NULL
ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED"""
END = """
UPDATE saving_request SET ended_at = clock_now(), trouble = %s
WHERE organisation_id = %s AND month = %s"""
IS_KNOWN = """
SELECT EXISTS (SELECT FROM saving_request WHERE organisation_id = %s AND month = %s)"""


def load_savings(
    conn: Connection[Any], organisation_id: int, month: date | None = None
) -> list[Saving]:
    """Load what holds of each month, or all that was reckoned of one; newest first."""
    asked = {"owner": organisation_id, "month": month}
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(LEDGER, asked).fetchall()
    return [_to_saving(row) for row in rows]


def add_saving(conn: Connection[Any], organisation_id: int, new: NewSaving) -> int:
    """Add a row; it corrects what was reckoned of its month before."""
    facts = asdict(new) | {
        "owner": organisation_id,
        "assumptions": list(new.assumptions),
        "fixed": Jsonb(asdict(new.fixed)),
        "driven": Jsonb(asdict(new.driven)),
        "days": Jsonb([_to_json(each) for each in new.days]),
    }
    row = conn.execute(INSERT, facts).fetchone()
    if row is None:
        raise LookupError("INSERT gave no saving_id")
    saving_id: int = row[0]
    return saving_id


def request_saving(conn: Connection[Any], organisation_id: int, month: date) -> None:
    """Ask for a month to be reckoned, again if it was already."""
    conn.execute(REQUEST, (organisation_id, month))


def load_requests(conn: Connection[Any], organisation_id: int) -> list[SavingRequest]:
    """Load which months somebody asked for, and how that went."""
    with conn.cursor(row_factory=class_row(SavingRequest)) as cursor:
        return cursor.execute(REQUESTS, (organisation_id,)).fetchall()


def is_requested(conn: Connection[Any], organisation_id: int, month: date) -> bool:
    """Tell whether a month was ever asked for."""
    row = conn.execute(IS_KNOWN, (organisation_id, month)).fetchone()
    return row is not None and bool(row[0])


def take_request(conn: Connection[Any], organisation_id: int) -> date | None:
    """Take the request that waits longest, for as long as the transaction lasts."""
    row = conn.execute(TAKE, (organisation_id,)).fetchone()
    return row[0] if row else None


def end_request(
    conn: Connection[Any], organisation_id: int, month: date, *, trouble: str | None
) -> None:
    """Say that a month is reckoned, or why it cannot be."""
    conn.execute(END, (trouble, organisation_id, month))


def _to_json(day: SavingDay) -> dict[str, Any]:
    return asdict(day) | {"day": day.day.isoformat()}


def _to_saving(row: dict[str, Any]) -> Saving:
    days: list[dict[str, Any]] = row["days"]
    facts = row | {
        "fixed": RoundFigures(**row["fixed"]),
        "driven": RoundFigures(**row["driven"]),
        "days": [
            SavingDay(
                day=date.fromisoformat(each["day"]),
                fixed=RoundFigures(**each["fixed"]),
                driven=RoundFigures(**each["driven"]),
            )
            for each in days
        ],
    }
    return Saving(**facts)
