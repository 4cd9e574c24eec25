"""The least that a subscriber in Python can be: a socket, no checks, no library.

What the gateway's receiver is measured against. It acknowledges, nothing else.
"""

import socket
import time

from benchmarks.ingest.mosquitto import Address
from benchmarks.mqtt_wire import CONNACK, SUBACK, receive, send, text

FILTER = "ullage/1/+/+/readings"
CLEAN = 0x02
READ_BYTES = 262_144
BATCH = 500
IDLE_S = 0.02


def subscribe(address: Address, name: str = "raw") -> socket.socket:
    """Connect, MQTT 3.1.1, and subscribe to all readings."""
    connection = socket.create_connection((address.host, address.port), timeout=60)
    send(connection, 0x10, text("MQTT") + bytes([4, CLEAN, 0, 0]) + text(name))
    receive(connection, CONNACK)
    send(connection, 0x82, b"\0\1" + text(FILTER) + b"\1")
    receive(connection, SUBACK)
    return connection


def take(connection: socket.socket, count: int) -> float:
    """Receive and acknowledge so many messages; return s from the first to the last."""
    connection.settimeout(IDLE_S)
    rest = b""
    waiting: list[bytes] = []
    seen = 0
    begin_s = 0.0
    while seen < count:
        try:
            data = rest + connection.recv(READ_BYTES)
        except TimeoutError:
            _acknowledge(connection, waiting)
            continue
        begin_s = begin_s or time.perf_counter()
        at, end = 0, len(data)
        while end - at > 4:
            length, start, shift = data[at + 1] & 0x7F, at + 2, 7
            while data[start - 1] & 0x80:
                length |= (data[start] & 0x7F) << shift
                start, shift = start + 1, shift + 7
            if start + length > end:
                break
            if data[at] >> 4 == 3:
                topic_end = start + 2 + (data[start] << 8 | data[start + 1])
                waiting.append(data[topic_end : topic_end + 2])
                seen += 1
            at = start + length
        rest = data[at:]
        if len(waiting) >= BATCH or seen >= count:
            _acknowledge(connection, waiting)
    return time.perf_counter() - begin_s


def _acknowledge(connection: socket.socket, waiting: list[bytes]) -> None:
    connection.settimeout(60)
    connection.sendall(b"".join([b"\x40\x02" + each for each in waiting]))
    waiting.clear()
    connection.settimeout(IDLE_S)
