"""Settings of devices: what somebody asked for, and what the device goes by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

PARTITIONS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceSettings:
    """What is desired of a device, and what it reported; None: never."""

    device: str
    revision: int
    desired: dict[str, Any]
    desired_at: datetime | None
    reported_revision: int | None
    reported: dict[str, Any] | None
    refused: dict[str, Any] | None
    firmware: int | None
    board: str | None
    reported_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsChange:
    """Who asked a device for what, when; all that was desired from then on."""

    revision: int
    desired: dict[str, Any]
    changed_at: datetime
    changed_by: str


LOAD = """
SELECT device.device, coalesce(revision, 0) AS revision,
       coalesce(desired, '{}') AS desired, desired_at, reported_revision, reported,
       refused, firmware, board, reported_at
FROM device LEFT JOIN device_setting USING (device_id) WHERE device.device = %s"""
# The row is locked: of two who ask at once, one has the next revision.
HOLD = """
INSERT INTO device_setting (device_id, partition, is_announced)
SELECT device_id, %(partition)s, true FROM device WHERE device = %(device)s
ON CONFLICT (device_id) DO UPDATE SET partition = excluded.partition"""
ASK = """
WITH asked AS (
    UPDATE device_setting AS known SET
        revision = known.revision + 1, desired = %(desired)s, desired_at = clock_now(),
        is_announced = false
    FROM device
    WHERE device.device_id = known.device_id AND device.device = %(device)s
        AND (known.desired IS DISTINCT FROM %(desired)s OR known.revision = 0)
    RETURNING known.device_id, known.revision, known.desired, known.desired_at)
INSERT INTO device_setting_change (device_id, revision, desired, changed_at, changed_by)
SELECT device_id, revision, desired, desired_at, %(changed_by)s FROM asked"""

CHANGES = """
SELECT revision, desired, changed_at, changed_by
FROM device_setting_change JOIN device USING (device_id)
WHERE device.device = %s ORDER BY revision DESC"""


def load_settings_changes(conn: Connection[Any], device: str) -> list[SettingsChange]:
    """Load who asked a device for what, the newest first."""
    with conn.cursor(row_factory=class_row(SettingsChange)) as cursor:
        return cursor.execute(CHANGES, (device,)).fetchall()


def load_device_settings(conn: Connection[Any], device: str) -> DeviceSettings | None:
    """Load the settings of a device; None: there is no such device."""
    with conn.cursor(row_factory=class_row(DeviceSettings)) as cursor:
        return cursor.execute(LOAD, (device,)).fetchone()


def hold_device_settings(conn: Connection[Any], device: str) -> DeviceSettings | None:
    """Load them so that nobody else changes them until the transaction ends."""
    partition = crc32(device.encode()) % PARTITIONS
    conn.execute(HOLD, {"device": device, "partition": partition})
    return load_device_settings(conn, device)


def ask_device(
    conn: Connection[Any], device: str, desired: Mapping[str, Any], *, changed_by: str
) -> None:
    """Ask a device to go by these settings from now on; the same again is no change."""
    values = {"device": device, "desired": Jsonb(desired), "changed_by": changed_by}
    conn.execute(ASK, values)
