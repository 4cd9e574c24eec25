"""Settings: what devices are to be told, and what they say they go by."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import psycopg
from psycopg.types.json import Jsonb

from gateway.topic import partition_of
from gateway.wire.setting import Reported

# As long as a device answers, it listens to a wish: so it is told what is true now.
WRITE_REPORTED = """
INSERT INTO device_setting AS known (device_id, partition, reported_revision, reported,
    refused, firmware, board, reported_at, is_announced)
SELECT device_id, %(partition)s, %(revision)s, %(settings)s, %(refused)s, %(firmware)s,
       %(board)s, clock_now(), true
FROM device WHERE device = %(device)s
ON CONFLICT (device_id) DO UPDATE SET
    reported_revision = excluded.reported_revision, reported = excluded.reported,
    refused = excluded.refused, firmware = excluded.firmware, board = excluded.board,
    reported_at = excluded.reported_at, is_announced = known.revision = 0
RETURNING known.device_id"""
REPEAT = """
UPDATE device_setting SET is_announced = false
WHERE reported_revision IS DISTINCT FROM revision AND revision > 0
    AND partition = ANY(%s)"""
TAKE = """
UPDATE device_setting AS wish SET is_announced = true
FROM device
WHERE NOT wish.is_announced AND wish.partition = ANY(%s)
    AND device.device_id = wish.device_id
RETURNING device.device, wish.revision, wish.desired,
          wish.reported_revision IS DISTINCT FROM wish.revision"""


class Wish(NamedTuple):
    """What a device is to be told; it is open until the device has answered it."""

    device: str
    revision: int
    settings: Mapping[str, object]
    is_open: bool


def write_reported(conn: psycopg.Connection, device: str, said: Reported) -> bool:
    """Write down what a device goes by; False: nobody knows the device."""
    values = {
        "device": device,
        "partition": partition_of(device),
        "revision": said.revision,
        "settings": Jsonb(said.settings),
        "refused": Jsonb(said.refused),
        "firmware": said.firmware,
        "board": said.board,
    }
    return conn.execute(WRITE_REPORTED, values).fetchone() is not None


def repeat_wishes(conn: psycopg.Connection, partitions: Collection[int]) -> None:
    """Have every open wish announced again: a broker may have lost its memory."""
    conn.execute(REPEAT, (sorted(partitions),))


def take_wishes(
    conn: psycopg.Connection, partitions: Collection[int]
) -> Sequence[Wish]:
    """Take what devices are to be told now."""
    return [Wish(*row) for row in conn.execute(TAKE, (sorted(partitions),))]
