"""A bin's fill by the hour, over years: what charts of a long time are drawn from."""

from datetime import datetime
from typing import Any

from psycopg import Connection

# The server writes the JSON: most of the time would else go into a value for each hour.
# A device and a calibration hold for a stretch of time; within it the index on
# `reading_hour` has all that is wanted, in order, unless the bin is weighed.
HOURS = """
WITH calibrated AS (
    SELECT empty_mm, full_mm, empty_kg, full_kg, valid_from,
           lead(valid_from, 1, 'infinity') OVER (ORDER BY valid_from) AS valid_to
    FROM calibration WHERE slot_id = %(slot_id)s),
stretch AS MATERIALIZED (
    SELECT device_id, empty_mm, full_mm, empty_kg, full_kg,
           greatest(device_slot.from_at, valid_from, %(from_at)s) AS from_at,
           least(coalesce(device_slot.to_at, 'infinity'), valid_to, %(to_at)s) AS to_at
    FROM device_slot CROSS JOIN calibrated WHERE slot_id = %(slot_id)s),
part AS (
    SELECT stretch.from_at, hours, fills
    FROM stretch CROSS JOIN LATERAL (
        SELECT string_agg(
                   ((date_part('epoch', hour_at) - %(from_s)s) / 3600)::int::text, ','),
               string_agg(CASE WHEN distance_mm IS NULL THEN 'null' ELSE
                   (1000 * fill_fraction(distance_mm, empty_mm, full_mm))::int::text
                   END, ',')
        FROM (SELECT hour_at, distance_mm FROM reading_hour
              WHERE reading_hour.device_id = stretch.device_id AND empty_kg IS NULL
                  AND hour_at >= stretch.from_at AND hour_at < stretch.to_at
              ORDER BY hour_at) AS hour
        UNION ALL
        SELECT string_agg(
                   ((date_part('epoch', hour_at) - %(from_s)s) / 3600)::int::text, ','),
               string_agg(coalesce((1000 * fill)::int::text, 'null'), ',')
        FROM (SELECT hour_at, fill_fraction(distance_mm, mass_hg, empty_mm, full_mm,
                                            empty_kg, full_kg) AS fill
              FROM reading_hour
              WHERE reading_hour.device_id = stretch.device_id AND empty_kg IS NOT NULL
                  AND hour_at >= stretch.from_at AND hour_at < stretch.to_at
              ORDER BY hour_at) AS hour) AS said (hours, fills)
    WHERE hours IS NOT NULL)
SELECT format('{"slot_id":%%s,"from_s":%%s,"hours":[%%s],"fill_permille":[%%s]}',
              %(slot_id)s, %(from_s)s, string_agg(hours, ',' ORDER BY from_at),
              string_agg(fills, ',' ORDER BY from_at))
FROM part"""


def load_hours(
    conn: Connection[Any], slot_id: int, *, from_at: datetime, to_at: datetime
) -> str:
    """Load the mean fill of each hour in [from_at, to_at) that has a reading, as JSON.

    `from_s` is `from_at` in s since 1970, at a full hour; `hours` counts from there;
    `fill_permille` is null where the sensor had no echo for an hour.
    """
    full_hour = from_at.replace(minute=0, second=0, microsecond=0)
    wanted = {
        "slot_id": slot_id,
        "from_at": full_hour,
        "from_s": int(full_hour.timestamp()),
        "to_at": to_at,
    }
    row = conn.execute(HOURS, wanted).fetchone()
    if row is None:
        raise LookupError("SELECT gave no row")
    return str(row[0])
