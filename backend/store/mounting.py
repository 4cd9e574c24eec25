"""Which device sits on which slot."""

from datetime import datetime
from typing import Any

from psycopg import Connection

DEVICE_IS_ELSEWHERE = """
SELECT EXISTS (
    SELECT FROM device
    JOIN device_slot USING (device_id)
    JOIN slot USING (slot_id)
    JOIN site USING (site_id)
    WHERE device.device = %s AND device_slot.to_at IS NULL
        AND site.organisation_id <> %s)"""
# What kind of device it is, a list of bins does not say.
INSERT_DEVICE = """
INSERT INTO device (device, kind) VALUES (%(device)s, 'unknown')
ON CONFLICT (device) DO NOTHING"""
CLOSE_DEVICE_SLOTS = """
UPDATE device_slot SET to_at = %(now)s
WHERE to_at IS NULL AND (slot_id = %(slot_id)s OR device_id = (
    SELECT device_id FROM device WHERE device = %(device)s))"""
INSERT_DEVICE_SLOT = """
INSERT INTO device_slot (device_id, slot_id, from_at)
SELECT device_id, %(slot_id)s, %(now)s FROM device WHERE device = %(device)s"""


def is_elsewhere(conn: Connection[Any], device: str, *, organisation_id: int) -> bool:
    """Tell whether a device sits on a bin of another organisation."""
    asked = (device, organisation_id)
    ((found,),) = conn.execute(DEVICE_IS_ELSEWHERE, asked).fetchall()
    return bool(found)


def mount_device(
    conn: Connection[Any], slot_id: int, *, device: str, now: datetime
) -> None:
    """Put a device on a slot; what was there, and where it was, ends."""
    facts = {"slot_id": slot_id, "device": device, "now": now}
    for statement in (INSERT_DEVICE, CLOSE_DEVICE_SLOTS, INSERT_DEVICE_SLOT):
        conn.execute(statement, facts)
