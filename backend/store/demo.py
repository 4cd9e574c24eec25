"""What the demo's launcher asks the database while it waits."""

from datetime import datetime
from typing import Any

from psycopg import Connection

# A device has told its past when its newest reading is of the last two reports.
AWAITED = """
SELECT count(*) FROM device LEFT JOIN device_latest USING (device_id)
WHERE measured_at IS NULL
    OR measured_at < clock_now() - 2 * report_every_s * interval '1 s'"""
CLOCK_END = """
SELECT greatest(
    (SELECT shown_origin_at FROM clock),
    (SELECT max(measured_at) FROM device_latest),
    (SELECT max(recorded_at) FROM pickup),
    (SELECT max(made_at) FROM plan))"""


def count_awaited(conn: Connection[Any]) -> int:
    """Count the devices that have not told their past yet."""
    row = conn.execute(AWAITED).fetchone()
    return int(row[0]) if row else 0


def find_clock_end(conn: Connection[Any]) -> datetime:
    """Find the latest time that the demo has shown."""
    row = conn.execute(CLOCK_END).fetchone()
    if row is None:
        raise LookupError("SELECT gave no row")
    end: datetime = row[0]
    return end
