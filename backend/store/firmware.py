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
    """A release, and how many devices stand how with it.

    `device_count` are all of its board, `running_count` those on which it runs;
    `states` counts each device once, by the newest offer of it.
    """

    firmware_release_id: int
    version: int
    board: str
    published_at: datetime
    stop_reason: str | None
    image_bytes: int
    battery_mv: int
    key_id: str
    device_count: int
    running_count: int
    states: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """On how many devices of a board a version runs; None: they never said."""

    board: str
    version: int | None
    device_count: int


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
       length(image) AS image_bytes, battery_mv, key_id,
       (SELECT count(*) FROM device WHERE kind = 'ullage-' || release.board)
           AS device_count,
       (SELECT count(*) FROM device_running AS running
        WHERE running.board = release.board AND running.version = release.version)
           AS running_count,
       (SELECT coalesce(jsonb_object_agg(state, count), '{}') FROM (
           SELECT state, count(*) FROM (
               SELECT DISTINCT ON (device_id) state FROM device_update
               WHERE device_update.firmware_release_id = release.firmware_release_id
               ORDER BY device_id, device_update_id DESC) AS newest
           GROUP BY state) AS counted) AS states
FROM firmware_release AS release ORDER BY version DESC, board"""
RUNNING = """
SELECT board, version, count(*) AS device_count
FROM device_running WHERE board IS NOT NULL GROUP BY board, version
ORDER BY board, version DESC NULLS LAST"""
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
NEEDING = """
FROM unnest(%(devices)s::text[], %(partitions)s::smallint[])
    AS asked (device, partition) JOIN device USING (device)
WHERE NOT EXISTS (
    SELECT FROM device_update AS old WHERE old.device_id = device.device_id
        AND old.firmware_release_id = %(release_id)s
        AND old.state IN ('offered', 'downloading', 'trying', 'confirmed'))"""
NEED = (
    """
CREATE TEMPORARY TABLE needing ON COMMIT DROP AS
SELECT device.device_id, asked.partition"""
    + NEEDING
)
COUNT_NEEDING = "SELECT count(*)" + NEEDING
WITHDRAW = """
UPDATE device_update SET
    state = 'withdrawn', reason = 'another version was offered',
    changed_at = clock_now(), is_announced = false
WHERE device_id IN (SELECT device_id FROM needing)
    AND state IN ('offered', 'downloading', 'trying')"""
OFFER = """
INSERT INTO device_update (device_id, firmware_release_id, partition, state, offered_at,
    offered_by, changed_at)
SELECT device_id, %(release_id)s, partition, 'offered', clock_now(), %(offered_by)s,
       clock_now()
FROM needing"""


def add_release(conn: Connection[Any], release: Release) -> bool:
    """Keep a release; False: there is one of this version for this board."""
    return conn.execute(ADD, asdict(release)).fetchone() is not None


def load_releases(conn: Connection[Any]) -> list[Published]:
    """Load what was published, the newest first."""
    with conn.cursor(row_factory=class_row(Published)) as cursor:
        return cursor.execute(LIST).fetchall()


def load_running(conn: Connection[Any]) -> list[Running]:
    """Load which versions run on how many devices."""
    with conn.cursor(row_factory=class_row(Running)) as cursor:
        return cursor.execute(RUNNING).fetchall()


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


def count_needing(
    conn: Connection[Any], release_id: int, partitions: Mapping[str, int]
) -> int:
    """Count those of the devices that have it not yet, and are not at it."""
    values = _values(release_id, partitions)
    row = conn.execute(COUNT_NEEDING, values).fetchone()
    return int(row[0]) if row else 0


def offer(
    conn: Connection[Any],
    release_id: int,
    partitions: Mapping[str, int],
    *,
    offered_by: str,
) -> int:
    """Offer a release to devices, given with their partition; return to how many."""
    values = _values(release_id, partitions)
    conn.execute(NEED, values)
    conn.execute(WITHDRAW)
    return conn.execute(OFFER, values | {"offered_by": offered_by}).rowcount


def _values(release_id: int, partitions: Mapping[str, int]) -> dict[str, Any]:
    return {
        "release_id": release_id,
        "devices": list(partitions),
        "partitions": list(partitions.values()),
    }
