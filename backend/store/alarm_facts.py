"""What alarms are judged by: the newest records of bins, and what else is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

# Whose rule it is, for which stream.
Scope = tuple[int, str]
# The limits of each kind.
Limits = dict[str, dict[str, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One reading of the device that is on a slot now."""

    slot_id: int
    measured_at: datetime
    fill_fraction: float | None
    temperature_c: float | None
    tilt_deg: int | None
    flags: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotFacts:
    """What is known of a slot beside its records; `days_left` of its battery."""

    slot_id: int
    looked_at: datetime
    emptied_at: datetime | None
    days_left: float | None
    is_believed: bool
    open_kinds: list[str]
    organisation_id: int
    stream: str


FACTS = """
SELECT slot.slot_id, clock_now() AS looked_at, emptying.emptied_at, outlook.days_left,
       coalesce(trust.state <> 'not_trusted', true) AS is_believed,
       ARRAY(SELECT kind FROM alarm
             WHERE alarm.slot_id = slot.slot_id AND cleared_at IS NULL) AS open_kinds,
       site.organisation_id, slot.stream
FROM slot
JOIN site USING (site_id)
LEFT JOIN device_slot
    ON device_slot.slot_id = slot.slot_id AND device_slot.to_at IS NULL
LEFT JOIN battery_outlook AS outlook USING (device_id)
LEFT JOIN sensor_trust AS trust USING (device_id)
LEFT JOIN LATERAL (
    SELECT emptied_at FROM standing_emptying AS known
    WHERE known.slot_id = slot.slot_id AND known.emptied_at <= clock_now()
    ORDER BY emptied_at DESC LIMIT 1) AS emptying ON true
WHERE slot.slot_id = ANY (%s)"""
LIMITS = """
SELECT organisation_id, stream, json_object_agg(kind, limits)
FROM alarm_rule_in_force WHERE stream IS NOT NULL GROUP BY organisation_id, stream"""
RECORDS = """
SELECT device_slot.slot_id, record.measured_at,
       fill_fraction(record.distance_mm, record.mass_hg, calibration.empty_mm,
                     calibration.full_mm, calibration.empty_kg, calibration.full_kg)
           AS fill_fraction,
       record.temperature_dc / 10.0::double precision AS temperature_c, record.tilt_deg,
       record.flags
FROM device_slot
CROSS JOIN LATERAL (
    SELECT * FROM reading
    WHERE reading.device_id = device_slot.device_id
        AND reading.measured_at >= device_slot.from_at
    ORDER BY measured_at DESC, epoch DESC, seq DESC LIMIT %(depth)s) AS record
LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration
    WHERE calibration.slot_id = device_slot.slot_id
        AND calibration.valid_from <= record.measured_at
    ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true
WHERE device_slot.slot_id = ANY (%(slot_ids)s) AND device_slot.to_at IS NULL
ORDER BY device_slot.slot_id, record.measured_at, record.epoch, record.seq"""


def load_facts(conn: Connection[Any], slot_ids: Sequence[int]) -> list[SlotFacts]:
    """Load what is known of the slots beside their records."""
    with conn.cursor(row_factory=class_row(SlotFacts)) as cursor:
        return cursor.execute(FACTS, (list(slot_ids),)).fetchall()


def load_limits(conn: Connection[Any]) -> dict[Scope, Limits]:
    """Load the limits that hold for each organisation's bins of a stream."""
    return {(owner, stream): each for owner, stream, each in conn.execute(LIMITS)}


def load_records(
    conn: Connection[Any], slot_ids: Sequence[int], *, depth: int
) -> dict[int, list[Record]]:
    """Load the newest `depth` records of each slot, oldest first."""
    found: dict[int, list[Record]] = {slot_id: [] for slot_id in slot_ids}
    asked = {"slot_ids": list(slot_ids), "depth": depth}
    with conn.cursor(row_factory=class_row(Record)) as cursor:
        for record in cursor.execute(RECORDS, asked):
            found[record.slot_id].append(record)
    return found
