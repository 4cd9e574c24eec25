"""Devices that send as fast as the broker takes it: ready-made packets, in processes.

A window of messages is unacknowledged at any time, as with many devices that have one
each. What a client library costs a publisher is no part of what is measured.
"""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from benchmarks.ingest.mosquitto import Address
from benchmarks.ingest.traffic import Message, make_messages
from benchmarks.mqtt_wire import CONNACK, receive, send, text

WINDOW = 400
CHUNK = 100
PUBACK_BYTES = 4
MAX_ID = 60_000
CLEAN = 0x02


def encode(messages: Sequence[Message]) -> list[bytes]:
    """Write PUBLISH packets, QoS 1, their ids in turn."""
    packets = []
    for number, each in enumerate(messages):
        topic = each.topic.encode()
        packet_id = number % MAX_ID + 1
        body = (
            len(topic).to_bytes(2, "big")
            + topic
            + packet_id.to_bytes(2, "big")
            + each.payload
        )
        length, rest = bytearray(), len(body)
        while not length or rest:
            rest, low = divmod(rest, 128)
            length.append(low | (0x80 if rest else 0))
        packets.append(b"\x32" + bytes(length) + body)
    return packets


def open_connection(address: Address, name: str) -> socket.socket:
    """Connect as MQTT 3.1.1 without a session."""
    connection = socket.create_connection((address.host, address.port), timeout=60)
    send(connection, 0x10, text("MQTT") + bytes([4, CLEAN, 0, 0]) + text(name))
    receive(connection, CONNACK)
    return connection


def publish_all(connection: socket.socket, packets: Sequence[bytes]) -> None:
    """Send packets, never more than a window ahead of the broker's PUBACKs."""
    sent = acknowledged = 0
    rest = 0
    while acknowledged < len(packets):
        while sent < len(packets) and sent - acknowledged < WINDOW:
            stop = min(sent + CHUNK, acknowledged + WINDOW, len(packets))
            connection.sendall(b"".join(packets[sent:stop]))
            sent = stop
        rest += len(connection.recv(65536))
        done, rest = divmod(rest, PUBACK_BYTES)
        acknowledged += done


def publish_at(
    connection: socket.socket, packets: Sequence[bytes], per_s: float
) -> None:
    """Send packets at a steady rate, in steps of 10 ms."""
    begin_s = time.monotonic()
    sent = 0
    connection.settimeout(0)
    while sent < len(packets):
        due = min(len(packets), int((time.monotonic() - begin_s) * per_s))
        if due > sent:
            connection.settimeout(60)
            connection.sendall(b"".join(packets[sent:due]))
            connection.settimeout(0)
            sent = due
        try:
            connection.recv(65536)
        except BlockingIOError:
            time.sleep(0.01)


def _work(
    address: Address,
    number: int,
    share: tuple[list[str], int, int],
    per_s: float | None,
    ready: Barrier,
) -> None:
    packets = encode(list(make_messages(*share)))
    connection = open_connection(address, f"publisher-{number}")
    ready.wait()
    if per_s is None:
        publish_all(connection, packets)
    else:
        publish_at(connection, packets, per_s)
    connection.close()


@contextmanager
def publishing(
    address: Address,
    names: Sequence[str],
    *,
    messages: int,
    end_s: int,
    publishers: int = 2,
    per_s: float | None = None,
) -> Iterator[Barrier]:
    """Start publishers that wait at the barrier, each with devices of its own."""
    context = get_context("spawn")
    ready = context.Barrier(publishers + 1)
    rate = None if per_s is None else per_s / publishers
    processes = [
        context.Process(
            target=_work,
            args=(
                address,
                number,
                (list(names[number::publishers]), messages // publishers, end_s),
                rate,
                ready,
            ),
            daemon=True,
        )
        for number in range(publishers)
    ]
    for each in processes:
        each.start()
    try:
        yield ready
    finally:
        for each in processes:
            each.join(60)
            each.kill()
