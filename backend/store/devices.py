"""Devices: which there are, of what kind, on which bin."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """A device; `slot` is the code of its bin, None if it is on none."""

    device: str
    kind: str
    report_every_s: int
    slot: str | None
    heard_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mounted:
    """What is where somebody wants to mount a device."""

    slot_id: int | None
    device_on_slot: str | None
    slot_of_device: str | None


LIST = """
SELECT device.device, device.kind, device.report_every_s, slot.code AS slot,
       device_latest.heard_at
FROM device
LEFT JOIN device_slot ON device_slot.device_id = device.device_id
    AND device_slot.to_at IS NULL
LEFT JOIN slot USING (slot_id)
LEFT JOIN device_latest ON device_latest.device_id = device.device_id
ORDER BY device.device"""
LOOK = """
SELECT (SELECT slot_id FROM slot WHERE code = %(slot)s) AS slot_id,
       (SELECT device.device FROM slot JOIN device_slot USING (slot_id)
        JOIN device USING (device_id)
        WHERE slot.code = %(slot)s AND device_slot.to_at IS NULL) AS device_on_slot,
       (SELECT slot.code FROM device JOIN device_slot USING (device_id)
        JOIN slot USING (slot_id)
        WHERE device.device = %(device)s AND device_slot.to_at IS NULL)
           AS slot_of_device"""
ADD = """
WITH known AS (
    INSERT INTO device (device, kind, report_every_s)
    VALUES (%(device)s, %(kind)s, %(report_every_s)s)
    ON CONFLICT (device) DO UPDATE
    SET kind = excluded.kind, report_every_s = excluded.report_every_s
    RETURNING device_id)
INSERT INTO device_slot (device_id, slot_id, from_at)
SELECT device_id, %(slot_id)s, clock_now() FROM known
WHERE NOT EXISTS (
    SELECT FROM device_slot AS old
    WHERE old.device_id = known.device_id AND old.to_at IS NULL)"""
REMOVE = """
UPDATE device_slot SET to_at = clock_now() FROM device
WHERE device_slot.device_id = device.device_id AND device.device = %s
    AND device_slot.to_at IS NULL RETURNING device_slot.slot_id"""


def load_devices(conn: Connection[Any]) -> list[Device]:
    """Load every device."""
    with conn.cursor(row_factory=class_row(Device)) as cursor:
        return cursor.execute(LIST).fetchall()


def look_at_place(conn: Connection[Any], *, device: str, slot: str) -> Mounted:
    """See what is in the way of mounting a device on a slot."""
    with conn.cursor(row_factory=class_row(Mounted)) as cursor:
        found = cursor.execute(LOOK, {"device": device, "slot": slot}).fetchone()
    if found is None:
        raise LookupError("SELECT gave no row")
    return found


def add_device(
    conn: Connection[Any], device: str, *, kind: str, slot_id: int, report_every_s: int
) -> None:
    """Register a device, or say anew what it is, and mount it unless it is mounted."""
    values = {"device": device, "kind": kind, "report_every_s": report_every_s}
    conn.execute(ADD, values | {"slot_id": slot_id})


def remove_device(conn: Connection[Any], device: str) -> bool:
    """Take a device off its bin; say whether it was on one."""
    return conn.execute(REMOVE, (device,)).fetchone() is not None
