"""Days on which more or less comes than usual, as the operator expects."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent:
    """A day, and how many times the usual comes on it."""

    day: date
    factor: float
    reason: str


EVENTS = """
SELECT day, factor, reason FROM known_event WHERE organisation_id = %s ORDER BY day"""
ADD = """
INSERT INTO known_event (organisation_id, day, factor, reason) VALUES (%s, %s, %s, %s)
ON CONFLICT (organisation_id, day)
DO UPDATE SET factor = excluded.factor, reason = excluded.reason"""
REMOVE = "DELETE FROM known_event WHERE organisation_id = %s AND day = %s"


def load_known_events(conn: Connection[Any], organisation_id: int) -> list[KnownEvent]:
    """Load them all, past ones too: forecasts learn from those."""
    with conn.cursor(row_factory=class_row(KnownEvent)) as cursor:
        return cursor.execute(EVENTS, (organisation_id,)).fetchall()


def add_known_event(
    conn: Connection[Any], organisation_id: int, event: KnownEvent
) -> None:
    """Write an event in the place of that day's before."""
    conn.execute(ADD, (organisation_id, event.day, event.factor, event.reason))


def remove_known_event(conn: Connection[Any], organisation_id: int, day: date) -> bool:
    """Forget an event; say whether there was one."""
    return conn.execute(REMOVE, (organisation_id, day)).rowcount > 0
