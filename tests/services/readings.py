"""Write readings without a gateway, for tests that are about something else."""

from datetime import datetime, timedelta

import psycopg

INSERT = """
INSERT INTO reading (device_id, measured_at, epoch, seq, received_at, distance_mm)
SELECT device_id, %(at)s, 1, %(seq)s, %(at)s, %(distance_mm)s
FROM device JOIN device_slot USING (device_id) WHERE slot_id = %(slot_id)s"""
LATEST = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at,
                            received_at, distance_mm, flags)
SELECT device_id, 1, 0, %(at)s, %(at)s, %(at)s, %(distance_mm)s, 0
FROM device_slot WHERE slot_id = %(slot_id)s
ON CONFLICT (device_id, epoch) DO UPDATE
SET measured_at = EXCLUDED.measured_at, distance_mm = EXCLUDED.distance_mm"""


def report_rise(
    conn: psycopg.Connection,
    slot_id: int,
    *,
    until: datetime,
    hours: int,
    from_fill: float,
    to_fill: float,
) -> None:
    """Let a bin fill steadily, one reading an hour, for a sensor of 1200 to 200 mm."""
    rows = []
    for hour in range(hours + 1):
        fill = from_fill + (to_fill - from_fill) * hour / hours
        rows.append(
            {
                "slot_id": slot_id,
                "at": until - timedelta(hours=hours - hour),
                "seq": hour,
                "distance_mm": round(1200 - 1000 * fill),
            }
        )
    conn.cursor().executemany(INSERT, rows)
    conn.execute(LATEST, rows[-1])
