"""MQTT 3.1.1 on a bare socket: the wake of a bin, without a client library's cost."""

import socket
import struct

from backend.embedded.loopback import HOST

TIMEOUT_S = 10
CONNECT, SUBSCRIBE, PUBLISH_QOS1, DISCONNECT = 0x10, 0x82, 0x32, 0xE0
CONNACK, PUBACK, SUBACK = 0x20, 0x40, 0x90
CLEAN_SESSION_WITH_PASSWORD = 0xC2
KEEPALIVE_S = 30


def wake(port: int, name: str, *, user: str, password: str, payload: bytes) -> None:
    """Connect, listen for the ack, publish one message, leave.

    Raises
    ------
    ValueError
        If the broker refuses the connection.
    """
    with socket.create_connection((HOST, port), timeout=TIMEOUT_S) as sock:
        head = text("MQTT") + bytes([4, CLEAN_SESSION_WITH_PASSWORD, 0, KEEPALIVE_S])
        send(sock, CONNECT, head + text(name) + text(user) + text(password))
        if receive(sock, CONNACK)[1] != 0:
            raise ValueError("refused")
        send(sock, SUBSCRIBE, b"\0\1" + text(f"ullage/1/1/{name}/ack") + b"\1")
        receive(sock, SUBACK)
        send(sock, PUBLISH_QOS1, text(f"ullage/1/1/{name}/wake") + b"\0\2" + payload)
        receive(sock, PUBACK)
        send(sock, DISCONNECT, b"")


def text(value: str) -> bytes:
    """Encode a string with its length."""
    return struct.pack(">H", len(value)) + value.encode()


def send(sock: socket.socket, kind: int, body: bytes) -> None:
    """Send one packet."""
    length, rest = b"", len(body)
    while not length or rest:
        rest, low = divmod(rest, 128)
        length += bytes([low | (0x80 if rest else 0)])
    sock.sendall(bytes([kind]) + length + body)


def receive(sock: socket.socket, kind: int) -> bytes:
    """Wait for a packet of a kind; others are skipped."""
    while True:
        head = read(sock, 1)[0]
        length = shift = 0
        more = True
        while more:
            byte = read(sock, 1)[0]
            length |= (byte & 0x7F) << shift
            shift += 7
            more = bool(byte & 0x80)
        body = read(sock, length)
        if head & 0xF0 == kind & 0xF0:
            return body


def read(sock: socket.socket, size: int) -> bytes:
    """Read exactly so many bytes."""
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise ConnectionError("the broker closed the connection")
        data += part
    return data
