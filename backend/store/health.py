"""What the doctor asks the database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """Counts that should be small; `commonest_reason` is of the rejected messages."""

    clock_speed: float
    uncalibrated_count: int
    rejected_count: int
    commonest_reason: str | None


HEALTH = """
SELECT coalesce((SELECT speed FROM clock), 1) AS clock_speed,
       (SELECT count(*) FROM device_slot
        WHERE to_at IS NULL AND NOT EXISTS (
            SELECT FROM calibration WHERE calibration.slot_id = device_slot.slot_id))
           AS uncalibrated_count,
       rejected.count AS rejected_count, rejected.reason AS commonest_reason
FROM (SELECT count(*), mode() WITHIN GROUP (ORDER BY reason) AS reason
      FROM rejected_message
      WHERE received_at > clock_now() - interval '1 day') AS rejected"""
UNSERVED = "SELECT clock_now() - max(to_at) FROM gateway_service"
# Only on plain PostgreSQL; TimescaleDB has a chunk for every time.
STRAYS = "SELECT count(*) FROM reading_default"


def load_health(conn: Connection[Any]) -> Health:
    """Count what a healthy installation has none of."""
    with conn.cursor(row_factory=class_row(Health)) as cursor:
        health = cursor.execute(HEALTH).fetchone()
    if health is None:
        raise LookupError("SELECT gave no row")
    return health


def load_time_unserved(conn: Connection[Any]) -> timedelta | None:
    """Tell for how long no gateway has served; None: none ever has."""
    row = conn.execute(UNSERVED).fetchone()
    return row[0] if row else None


def count_strays(conn: Connection[Any]) -> int:
    """Count the readings that lie outside every weekly partition."""
    row = conn.execute(STRAYS).fetchone()
    return int(row[0]) if row else 0
