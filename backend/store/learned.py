"""What forecasts have learned, and when it was last tried."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

LOCK_KEY = 0x6C65726E  # "lern" in ASCII

IS_ALONE = "SELECT pg_try_advisory_xact_lock(%s)"
TRIED_AT = "SELECT tried_at FROM learned_forecast WHERE organisation_id = %s"
MODEL = "SELECT model FROM learned_forecast WHERE organisation_id = %s"
TRIED = """
INSERT INTO learned_forecast (organisation_id, tried_at) VALUES (%s, %s)
ON CONFLICT (organisation_id) DO UPDATE SET tried_at = EXCLUDED.tried_at"""
LEARNED = """
UPDATE learned_forecast
SET learned_at = %(learned_at)s, bin_count = %(bin_count)s,
    example_count = %(example_count)s, model = %(model)s
WHERE organisation_id = %(organisation_id)s"""


@dataclass(frozen=True, kw_only=True, slots=True)
class LearnedRow:
    """A model as it is kept, and what it was learned from."""

    organisation_id: int
    learned_at: datetime
    bin_count: int
    example_count: int
    model: bytes


def is_alone(conn: Connection[Any]) -> bool:
    """Keep other workers from learning until the transaction ends, if none does yet."""
    row = conn.execute(IS_ALONE, (LOCK_KEY,)).fetchone()
    return row is not None and bool(row[0])


def load_tried_at(conn: Connection[Any], organisation_id: int) -> datetime | None:
    """Load when it was last tried to learn."""
    row = conn.execute(TRIED_AT, (organisation_id,)).fetchone()
    return None if row is None else row[0]


def load_model(conn: Connection[Any], organisation_id: int) -> bytes | None:
    """Load the model, if there is one."""
    with conn.cursor(binary=True) as cursor:
        row = cursor.execute(MODEL, (organisation_id,)).fetchone()
    return None if row is None else row[0]


def mark_tried(conn: Connection[Any], organisation_id: int, at: datetime) -> None:
    """Remember that it was tried."""
    conn.execute(TRIED, (organisation_id, at))


def write_model(conn: Connection[Any], row: LearnedRow) -> None:
    """Put a model in the place of the one before; it must have been tried."""
    conn.execute(LEARNED, asdict(row))
