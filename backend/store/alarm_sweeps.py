"""What is asked of all bins at once: silence, trust, gateways; batteries by turns."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

from backend.store.alarms import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class BatteryHistory:
    """A device's voltages, one a day, as (day, mV); at `empty_mv` it stops."""

    device_id: int
    empty_mv: float
    samples: list[tuple[float, float]]


# Only what must change: silent without an alarm, or an alarm without silence.
SILENCES = """
WITH open AS (SELECT slot_id FROM alarm WHERE kind = 'silent' AND cleared_at IS NULL)
SELECT 'silent' AS kind, NULL::integer AS organisation_id, slot_id,
       coalesce(is_silent, false) AS is_on, heard_at AS began_at,
       CASE WHEN is_silent THEN json_build_object(
           'was_heard', was_heard, 'report_every_s', report_every_s)
       ELSE '{}' END AS facts
FROM slot_silence FULL JOIN open USING (slot_id)
WHERE coalesce(is_silent, false) <> (open.slot_id IS NOT NULL)"""
TRUSTS = """
WITH open AS (
    SELECT slot_id FROM alarm WHERE kind = 'not_trusted' AND cleared_at IS NULL),
judged AS (
    SELECT slot_id, state, since, reasons
    FROM device_slot JOIN sensor_trust USING (device_id) WHERE to_at IS NULL)
SELECT 'not_trusted' AS kind, NULL::integer AS organisation_id, slot_id,
       state IS NOT DISTINCT FROM 'not_trusted' AS is_on, since AS began_at,
       json_build_object('reasons', to_json(reasons)) AS facts
FROM judged FULL JOIN open USING (slot_id)
WHERE (state = 'not_trusted' AND open.slot_id IS NULL)
    OR (coalesce(state, 'trusted') = 'trusted' AND open.slot_id IS NOT NULL)"""
# Away is real time: a gateway is no faster on a clock that is.
GATEWAYS = """
WITH device_share AS (
    SELECT site.organisation_id, device.partition, min(device_slot.from_at) AS from_at,
           count(*) AS devices
    FROM device_slot JOIN device USING (device_id)
    JOIN slot USING (slot_id) JOIN site USING (site_id)
    WHERE device_slot.to_at IS NULL GROUP BY 1, 2),
served AS (
    SELECT partition, max(to_at) AS to_at
    FROM gateway_service, unnest(partitions) AS partition GROUP BY partition),
away AS (
    SELECT organisation_id, count(*) AS partitions, sum(devices) AS devices,
           min(greatest(served.to_at, device_share.from_at)) AS began_at
    FROM device_share LEFT JOIN served USING (partition)
    JOIN alarm_rule_in_force AS rule USING (organisation_id)
    WHERE rule.kind = 'gateway' AND rule.stream IS NULL
        AND greatest(served.to_at, device_share.from_at) < clock_now()
            - interval '1 s' * (limits ->> 'away_s')::double precision
            * coalesce((SELECT speed FROM clock), 1)
    GROUP BY organisation_id),
open AS (
    SELECT organisation_id FROM alarm WHERE kind = 'gateway' AND cleared_at IS NULL)
SELECT 'gateway' AS kind, organisation_id, NULL::integer AS slot_id,
       away.organisation_id IS NOT NULL AS is_on, began_at,
       json_build_object('partitions', partitions, 'devices', devices) AS facts
FROM away FULL JOIN open USING (organisation_id)
WHERE (away.organisation_id IS NULL) <> (open.organisation_id IS NULL)"""
# The first voltage of each of the last weeks' days: one index look-up a day, and nights
# are like each other.
BATTERIES = """
WITH due AS (
    SELECT device.device_id, device_slot.from_at, coalesce(
               battery_kind.empty_mv, (rule.limits ->> 'empty_mv')::double precision)
               AS empty_mv
    FROM device JOIN device_slot USING (device_id)
    JOIN slot USING (slot_id)
    JOIN site USING (site_id)
    JOIN alarm_rule_in_force AS rule ON rule.kind = 'battery'
        AND rule.organisation_id = site.organisation_id AND rule.stream = slot.stream
    LEFT JOIN battery_kind ON battery_kind.kind = device.kind
    LEFT JOIN battery_outlook AS outlook USING (device_id)
    WHERE device_slot.to_at IS NULL
        AND coalesce(outlook.judged_at, '-infinity') < clock_now() - interval '1 day'
    ORDER BY outlook.judged_at NULLS FIRST, device.device_id LIMIT %(count)s)
SELECT device_id, empty_mv, ARRAY(
    SELECT ARRAY[extract(epoch FROM sample.measured_at) / 86400, sample.battery_mv]
               ::double precision[]
    FROM generate_series(0, %(days)s) AS days_ago
    CROSS JOIN LATERAL (
        SELECT date_trunc('day', clock_now(), 'UTC') - days_ago * interval '1 day' AS at
    ) AS day
    CROSS JOIN LATERAL (
        SELECT measured_at, battery_mv FROM reading
        WHERE reading.device_id = due.device_id AND battery_mv > 0
            AND measured_at >= day.at AND measured_at < day.at + interval '1 day'
        ORDER BY measured_at LIMIT 1) AS sample
    ORDER BY sample.measured_at) AS samples
FROM due"""
KEEP_OUTLOOK = """
INSERT INTO battery_outlook (device_id, days_left, judged_at)
VALUES (%s, %s, clock_now())
ON CONFLICT (device_id) DO UPDATE
SET days_left = excluded.days_left, judged_at = excluded.judged_at"""
DUE_TO_LOOK = """
SELECT slot_id FROM slot WHERE %(all)s OR EXISTS (
    SELECT FROM alarm WHERE alarm.slot_id = slot.slot_id AND cleared_at IS NULL
        AND kind IN ('fire', 'overflow', 'tilt', 'knock', 'battery'))
ORDER BY slot_id"""


def find_changes(conn: Connection[Any]) -> list[Verdict]:
    """Find what of silence, trust and gateways is not as the alarms have it."""
    with conn.cursor(row_factory=class_row(Verdict)) as cursor:
        return [
            verdict
            for query in (SILENCES, TRUSTS, GATEWAYS)
            for verdict in cursor.execute(query).fetchall()
        ]


def find_slots_to_look_at(conn: Connection[Any], *, every: bool) -> list[int]:
    """Find the bins with an alarm that their records may clear, or every bin."""
    return [slot_id for (slot_id,) in conn.execute(DUE_TO_LOOK, {"all": every})]


def load_batteries_due(
    conn: Connection[Any], *, count: int, days: int
) -> list[BatteryHistory]:
    """Load the voltages of those devices that nobody looked at since yesterday."""
    with conn.cursor(row_factory=class_row(BatteryHistory)) as cursor:
        return cursor.execute(BATTERIES, {"count": count, "days": days}).fetchall()


def keep_outlooks(conn: Connection[Any], days_left: dict[int, float | None]) -> None:
    """Keep how many days each device's battery lasts."""
    conn.cursor().executemany(KEEP_OUTLOOK, list(days_left.items()))
