"""Messages of a fleet: binary, 24 readings each, as a bin sends after some hours."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from gateway.storing.parcel import Device, Received
from gateway.topic import partition_of
from gateway.wire.binary import HEADER, RECORD

READINGS = 24
STEP_S = 600
EPOCH = 7
SEED = 5
VARIETY = 64  # payloads that differ

ADD_DEVICES = """
INSERT INTO device (device, kind)
SELECT 'bench-' || n, 'bench' FROM generate_series(0, %s - 1) AS n
ON CONFLICT DO NOTHING"""
FIND_DEVICES = """
SELECT device, device_id FROM device WHERE kind = 'bench'
ORDER BY substring(device FROM 7)::int LIMIT %s"""
READ_CLOCK = "SELECT clock_now()"


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What one device publishes."""

    topic: str
    payload: bytes


def topic_of(device: str) -> str:
    """Name the topic that a device publishes its readings on."""
    return f"ullage/1/{partition_of(device)}/{device}/readings"


def add_fleet(conn: psycopg.Connection, size: int) -> list[Device]:
    """Make the devices; journals begin with their first message."""
    conn.execute(ADD_DEVICES, (size,))
    rows = conn.execute(FIND_DEVICES, (size,)).fetchall()
    return [Device(name, device_id, "bench") for name, device_id in rows]


def make_messages(names: list[str], count: int, end_s: int) -> Iterator[Message]:
    """Let devices report in turn, each on and on in its journal up to `end_s`."""
    chance = random.Random(SEED)
    bodies = [
        [
            (chance.randrange(60, 1900), chance.randrange(3200, 4200),
             chance.randrange(-150, 400), chance.randrange(20), chance.randrange(1, 15))
            for _ in range(READINGS)
        ]
        for _ in range(VARIETY)
    ]  # fmt: skip
    rounds = -(-count // len(names))
    first_s = end_s - rounds * READINGS * STEP_S
    for number in range(count):
        turn, device = divmod(number, len(names))
        first_seq = turn * READINGS
        at_s = first_s + first_seq * STEP_S
        records = b"".join(
            RECORD.pack(at_s + index * STEP_S, *body, 0)
            for index, body in enumerate(bodies[number % VARIETY])
        )
        header = HEADER.pack(1, 0, EPOCH, first_seq, at_s + READINGS * STEP_S)
        yield Message(topic=topic_of(names[device]), payload=header + records)


def receive(messages: list[Message], conn: psycopg.Connection) -> list[Received]:
    """Date messages as if they came now."""
    row = conn.execute(READ_CLOCK).fetchone()
    if row is None:
        raise LookupError("SELECT gave no row")
    now = int(row[0].timestamp())
    return [Received(each.topic, each.payload, now) for each in messages]
