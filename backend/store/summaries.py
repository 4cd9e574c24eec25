"""Hours and days of readings, written after the readings themselves."""

from typing import Any

from psycopg import Connection

# A device is due from the earliest record on that came since its last summary. Whether
# more came while it was summarised is told by when it was heard: then it stays due.
READ_DUE = """
SELECT device_id, min(summarise_from_at), max(heard_at) FROM device_journal
WHERE summarise_from_at IS NOT NULL GROUP BY device_id ORDER BY device_id LIMIT %s"""
SETTLE_DUE = """
UPDATE device_journal AS journal SET summarise_from_at = NULL
FROM unnest(%s::int[], %s::timestamptz[]) AS done (device_id, heard_at)
WHERE journal.device_id = done.device_id AND journal.heard_at <= done.heard_at
    AND journal.summarise_from_at IS NOT NULL"""
# Once the raw readings have gone, a late one would make a smaller summary than the one
# that is there: the larger one knows more.
WRITE = """
INSERT INTO {table} AS old ({at}, device_id, reading_count, echo_count, distance_mm,
    nearest_mm, farthest_mm, last_mm, mass_hg, battery_mv, temperature_dc, flags)
SELECT date_trunc('{unit}', measured_at, 'UTC') AS {at}, reading.device_id, count(*),
       count(distance_mm), round(avg(distance_mm)), min(distance_mm), max(distance_mm),
       (array_agg(distance_mm ORDER BY measured_at DESC)
           FILTER (WHERE distance_mm IS NOT NULL))[1],
       round(avg(mass_hg)), min(battery_mv), max(temperature_dc), bit_or(flags)
FROM unnest(%s::int[], %s::timestamptz[]) AS due (device_id, from_at)
JOIN reading ON reading.device_id = due.device_id
    AND measured_at >= date_trunc('{unit}', due.from_at, 'UTC')
GROUP BY 1, 2
ON CONFLICT (device_id, {at}) DO UPDATE SET
    reading_count = excluded.reading_count, echo_count = excluded.echo_count,
    distance_mm = excluded.distance_mm, nearest_mm = excluded.nearest_mm,
    farthest_mm = excluded.farthest_mm, last_mm = excluded.last_mm,
    mass_hg = excluded.mass_hg,
    battery_mv = excluded.battery_mv, temperature_dc = excluded.temperature_dc,
    flags = excluded.flags
WHERE excluded.reading_count >= old.reading_count"""
WRITE_HOURS = WRITE.format(table="reading_hour", at="hour_at", unit="hour").encode()
WRITE_DAYS = WRITE.format(table="reading_day", at="day_at", unit="day").encode()


def summarise_due(conn: Connection[Any], *, limit: int) -> int:
    """Summarise up to `limit` devices that are due; return how many it were."""
    with conn.transaction():
        due = conn.execute(READ_DUE, (limit,)).fetchall()
        if not due:
            return 0
        devices, from_ats, heard_ats = (
            list(column) for column in zip(*due, strict=True)
        )
        conn.execute(WRITE_HOURS, (devices, from_ats))
        conn.execute(WRITE_DAYS, (devices, from_ats))
        conn.execute(SETTLE_DUE, (devices, heard_ats))
    return len(due)
