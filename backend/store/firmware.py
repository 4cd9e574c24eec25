"""Versions of the firmware, and what became of them on devices."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

from backend.firmware.release import Release


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A release, and on how many devices its offers are in which state."""

    firmware_release_id: int
    version: int
    board: str
    published_at: datetime
    stop_reason: str | None
    states: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceUpdate:
    """What became of an offer."""

    version: int
    board: str
    device: str
    state: str
    reason: str
    sent_bytes: int
    image_bytes: int
    changed_at: datetime


ADD = """
INSERT INTO firmware_release (version, board, first_revision, last_revision, battery_mv,
    key_id, manifest_bytes, image, loader, published_at)
VALUES (%(version)s, %(board)s, %(first_revision)s, %(last_revision)s, %(battery_mv)s,
    %(key_id)s, %(manifest_bytes)s, %(image)s, %(loader)s, clock_now())
ON CONFLICT (board, version) DO NOTHING RETURNING firmware_release_id"""
LIST = """
SELECT firmware_release_id, version, board, published_at, stop_reason,
       (SELECT coalesce(jsonb_object_agg(state, count), '{}') FROM (
           SELECT state, count(*) FROM device_update
           WHERE device_update.firmware_release_id = release.firmware_release_id
           GROUP BY state) AS counted) AS states
FROM firmware_release AS release ORDER BY version DESC, board"""
LOAD = """
SELECT version, board, first_revision, last_revision, battery_mv, key_id,
       manifest_bytes, image, loader
FROM firmware_release WHERE version = %s AND board = %s"""
LIST_UPDATES = """
SELECT release.version, release.board, device.device, state, reason, sent_bytes,
       length(release.image) AS image_bytes, changed_at
FROM device_update JOIN device USING (device_id)
JOIN firmware_release AS release USING (firmware_release_id)
ORDER BY release.version DESC, device.device, device_update_id"""
FIND_OF_KIND = "SELECT device FROM device WHERE kind = %s ORDER BY device"
FIND_UNKNOWN = """
SELECT name FROM unnest(%s::text[]) AS name
WHERE NOT EXISTS (SELECT FROM device WHERE device.device = name)"""
# Who has it, or is at it, is not asked again.
NEED = """
CREATE TEMPORARY TABLE needing ON COMMIT DROP AS
SELECT device.device_id, asked.partition
FROM unnest(%(devices)s::text[], %(partitions)s::smallint[])
    AS asked (device, partition) JOIN device USING (device)
WHERE NOT EXISTS (
    SELECT FROM device_update AS old WHERE old.device_id = device.device_id
        AND old.firmware_release_id = %(release_id)s
        AND old.state IN ('offered', 'downloading', 'trying', 'confirmed'))"""
WITHDRAW = """
UPDATE device_update SET
    state = 'withdrawn', reason = 'another version was offered',
    changed_at = clock_now(), is_announced = false
WHERE device_id IN (SELECT device_id FROM needing)
    AND state IN ('offered', 'downloading', 'trying')"""
OFFER = """
INSERT INTO device_update (device_id, firmware_release_id, partition, state, offered_at,
    changed_at)
SELECT device_id, %(release_id)s, partition, 'offered', clock_now(), clock_now()
FROM needing"""


def add_release(conn: Connection[Any], release: Release) -> bool:
    """Keep a release; False: there is one of this version for this board."""
    return conn.execute(ADD, asdict(release)).fetchone() is not None


def load_releases(conn: Connection[Any]) -> list[Published]:
    """Load what was published, the newest first."""
    with conn.cursor(row_factory=class_row(Published)) as cursor:
        return cursor.execute(LIST).fetchall()


def load_release(conn: Connection[Any], version: int, *, board: str) -> Release | None:
    """Load a release with its image."""
    with conn.cursor(row_factory=class_row(Release)) as cursor:
        return cursor.execute(LOAD, (version, board)).fetchone()


def load_updates(conn: Connection[Any]) -> list[DeviceUpdate]:
    """Load what became of all offers."""
    with conn.cursor(row_factory=class_row(DeviceUpdate)) as cursor:
        return cursor.execute(LIST_UPDATES).fetchall()


def find_devices_of(conn: Connection[Any], kind: str) -> list[str]:
    """Name the devices of a kind."""
    return [name for (name,) in conn.execute(FIND_OF_KIND, (kind,))]


def find_unknown(conn: Connection[Any], devices: list[str]) -> list[str]:
    """Name those that are not there."""
    return [name for (name,) in conn.execute(FIND_UNKNOWN, (devices,))]


def offer(conn: Connection[Any], release_id: int, partitions: Mapping[str, int]) -> int:
    """Offer a release to devices, given with their partition; return to how many."""
    values = {
        "release_id": release_id,
        "devices": list(partitions),
        "partitions": list(partitions.values()),
    }
    conn.execute(NEED, values)
    conn.execute(WITHDRAW)
    return conn.execute(OFFER, values).rowcount
