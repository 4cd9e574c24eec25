"""Updates of the firmware: parts of images, and what devices say became of them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import psycopg

from gateway.wire.update import Offer, Outcome, Request

# Python's small numbers come as `smallint`, in which a sum has no room.
READ_PART = """
WITH asked AS (SELECT %(at)s::integer AS at, %(size)s::integer AS size)
UPDATE device_update AS told SET
    state = CASE WHEN at + size >= length(release.image) THEN 'trying'
                 ELSE 'downloading' END,
    sent_bytes = greatest(sent_bytes, least(at + size, length(release.image))),
    changed_at = clock_now()
FROM firmware_release AS release, device, asked
WHERE told.device_update_id = %(update_id)s AND device.device = %(device)s
    AND told.device_id = device.device_id AND told.state IN
        ('offered', 'downloading', 'trying')
    AND release.firmware_release_id = told.firmware_release_id
RETURNING substring(release.image FROM at + 1 FOR size)"""
END = """
UPDATE device_update AS told SET
    state = %(ending)s, reason = %(reason)s, changed_at = clock_now(),
    is_announced = false
FROM device
WHERE told.device_update_id = %(update_id)s AND device.device = %(device)s
    AND told.device_id = device.device_id AND told.state IN
        ('offered', 'downloading', 'trying')
RETURNING told.firmware_release_id"""
# One device that went back is reason enough: the others keep what they have.
STOP = """
WITH stopped AS (
    UPDATE firmware_release SET stopped_at = clock_now(), stop_reason = %(reason)s
    WHERE firmware_release_id = %(release_id)s AND stopped_at IS NULL)
UPDATE device_update SET
    state = 'withdrawn', reason = 'the release was stopped', changed_at = clock_now(),
    is_announced = false
WHERE firmware_release_id = %(release_id)s AND state IN ('offered', 'downloading')"""
REPEAT_ALL = """
UPDATE device_update SET is_announced = false
WHERE state IN ('offered', 'downloading', 'trying') AND partition = ANY(%s)"""
# Those that listen to an offer that is none any more are told so once more.
REPEAT_ONE = """
UPDATE device_update AS told SET is_announced = false
FROM device WHERE device.device = %s AND told.device_id = device.device_id
    AND told.device_update_id = (
        SELECT max(device_update_id) FROM device_update AS any_of
        WHERE any_of.device_id = device.device_id)"""
ANNOUNCE = """
WITH new AS (
    UPDATE device_update SET is_announced = true
    WHERE NOT is_announced AND partition = ANY(%s) RETURNING device_id)
SELECT DISTINCT device.device, opened.device_update_id, release.version,
       release.manifest_bytes
FROM new JOIN device USING (device_id)
LEFT JOIN device_update AS opened ON opened.device_id = new.device_id
    AND opened.state IN ('offered', 'downloading', 'trying')
LEFT JOIN firmware_release AS release USING (firmware_release_id)"""


class Announcement(NamedTuple):
    """What a device is offered now; None: nothing."""

    device: str
    offer: Offer | None


def read_part(conn: psycopg.Connection, device: str, request: Request) -> bytes | None:
    """Read a part of the image that a device is offered; None: it is offered none."""
    values = {"device": device, **request._asdict()}
    row = conn.execute(READ_PART, values).fetchone()
    if row is None:
        _repeat_to(conn, device)
        return None
    return bytes(row[0])


def end_update(conn: psycopg.Connection, device: str, outcome: Outcome) -> None:
    """Write down what became of an offer; a roll-back stops the release."""
    values = {"device": device, **outcome._asdict()}
    row = conn.execute(END, values).fetchone()
    if row is None:
        _repeat_to(conn, device)
    elif outcome.ending == "rolled_back":
        reason = f"{device} went back: {outcome.reason}"
        conn.execute(STOP, {"release_id": row[0], "reason": reason})


def repeat_offers(conn: psycopg.Connection, partitions: Collection[int]) -> None:
    """Have every open offer announced again: a broker may have lost its memory."""
    conn.execute(REPEAT_ALL, (sorted(partitions),))


def take_announcements(
    conn: psycopg.Connection, partitions: Collection[int]
) -> Sequence[Announcement]:
    """Take what devices are to be told now."""
    rows = conn.execute(ANNOUNCE, (sorted(partitions),)).fetchall()
    return [
        Announcement(device, None if update_id is None else Offer(update_id, *rest))
        for device, update_id, *rest in rows
    ]


def _repeat_to(conn: psycopg.Connection, device: str) -> None:
    conn.execute(REPEAT_ONE, (device,))
