"""A fleet that comes back all at once: every device connects, reports and waits.

Each device is a connection of its own with a name of its own, as many at a time as the
machine allows. It leaves when the gateway has acknowledged all that it had to say.
"""

import resource
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import psycopg

from benchmarks.ingest.database import empty
from benchmarks.ingest.mosquitto import Address
from benchmarks.ingest.publishers import encode
from benchmarks.ingest.traffic import READINGS, add_fleet, make_messages
from benchmarks.ingest.whole_path import COUNT, gateway
from benchmarks.mqtt_wire import text
from gateway.broker.packets import FAREWELL, Packets
from gateway.errors import BrokerError
from gateway.topic import ack_topic
from gateway.wire.payload import ACK

PROCESSES = 2
AT_A_TIME = 50  # connect before anybody is heard
RESEND_S = 30.0
PATIENCE_S = 900.0
READ_BYTES = 4096
KIB = 1024
SPARE_FILES = 200
CONNACK_BYTES, SUBACK_BYTES = 4, 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Storm:
    """How a storm went; `resent` counts reports that were said again."""

    devices: int
    lost: int
    doubled: int
    resent: int
    peak_mb: float
    elapsed_s: float


class _Device:
    """One device's session, from connecting to the acknowledgement."""

    def __init__(self, name: str, report: bytes) -> None:
        self.name = name
        self.report = report
        self.is_done = False
        self.resent = -1
        self.due_s = 0.0
        self.socket: socket.socket | None = None
        self._skip = 0
        self._packets = Packets(is_version_5=False)

    def connect(self, address: Address) -> socket.socket:
        """Connect; say who it is, what it listens to and its report in one go."""
        self.socket = socket.create_connection((address.host, address.port), timeout=30)
        self.resent += 1
        self.due_s = time.monotonic() + RESEND_S
        self._skip = CONNACK_BYTES + SUBACK_BYTES
        self._packets = Packets(is_version_5=False)
        connect = text("MQTT") + bytes([4, 2, 0, 0]) + text(self.name)
        subscribe = b"\0\1" + text(ack_topic(self.name)) + b"\1"
        self.socket.sendall(
            b"\x10" + bytes([len(connect)]) + connect
            + b"\x82" + bytes([len(subscribe)]) + subscribe
            + self.report
        )  # fmt: skip
        self.socket.setblocking(False)
        return self.socket

    def hear(self) -> None:
        """Read; leave when all is acknowledged."""
        assert self.socket is not None
        data = self.socket.recv(READ_BYTES)
        if not data:
            raise ConnectionError("closed")
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        for each in self._packets.feed(data[skipped:]):
            if ACK.unpack(each.payload)[3] >= READINGS:
                self.is_done = True
                self.socket.send(FAREWELL)


class _Crowd:
    """Devices that come and go, so many at a time."""

    def __init__(self, address: Address, devices: Iterable[_Device]) -> None:
        self.resent = 0
        self._address = address
        self._waiting = deque(devices)
        self._inside: set[_Device] = set()
        self._selector = selectors.DefaultSelector()

    def is_over(self) -> bool:
        """Tell whether all have been heard."""
        return not self._waiting and not self._inside

    def let_in(self, at_once: int) -> None:
        """Let some more devices connect."""
        for _ in range(min(AT_A_TIME, at_once - len(self._inside))):
            if not self._waiting:
                return
            device = self._waiting.popleft()
            try:
                connection = device.connect(self._address)
            except OSError:
                self._waiting.append(device)
                return
            self._selector.register(connection, selectors.EVENT_READ, device)
            self._inside.add(device)

    def hear(self) -> None:
        """Hear whoever is answered; those that are done leave."""
        for key, _ in self._selector.select(0.01):
            try:
                key.data.hear()
            except (OSError, BrokerError):
                self._leave(key.data, again=True)
            else:
                if key.data.is_done:
                    self._leave(key.data, again=False)

    def lose_patience(self) -> None:
        """Let those who heard nothing for too long try again."""
        now_s = time.monotonic()
        for each in [each for each in self._inside if each.due_s < now_s]:
            self._leave(each, again=True)

    def _leave(self, device: _Device, *, again: bool) -> None:
        assert device.socket is not None
        self._selector.unregister(device.socket)
        device.socket.close()
        self._inside.discard(device)
        if again:
            self._waiting.append(device)
        else:
            self.resent += device.resent


def _take_part(address: Address, names: list[str], at_once: int, end_s: int) -> int:
    """Let devices come and go; return how many reports were said again."""
    packets = encode(list(make_messages(names, len(names), end_s)))
    crowd = _Crowd(address, map(_Device, names, packets))
    give_up_s = time.monotonic() + PATIENCE_S
    while not crowd.is_over() and time.monotonic() < give_up_s:
        crowd.let_in(at_once)
        crowd.hear()
        crowd.lose_patience()
    return crowd.resent


def raise_storm(dsn: str, address: Address, devices: int) -> Storm:
    """Let a fleet report at once through the product's gateway."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        names = [each.name for each in add_fleet(conn, devices)]
        end_s = int(time.time())
    empty(dsn)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # The broker has the same limit, and sees the connections of all processes.
    at_once = min(hard - SPARE_FILES, devices) // PROCESSES
    begin_s = time.perf_counter()
    with gateway(dsn, address) as child, get_context("spawn").Pool(PROCESSES) as pool:
        shares = [
            (address, names[part::PROCESSES], at_once, end_s)
            for part in range(PROCESSES)
        ]
        resent = sum(pool.starmap(_take_part, shares))
        elapsed_s = time.perf_counter() - begin_s
        peak_mb = _peak_mb(child.pid)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    with psycopg.connect(dsn) as conn:
        ((stored, distinct),) = conn.execute(COUNT).fetchall()
    return Storm(
        devices=devices,
        lost=devices * READINGS - distinct,
        doubled=stored - distinct,
        resent=resent,
        peak_mb=peak_mb,
        elapsed_s=elapsed_s,
    )


def _peak_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return int(fields["VmHWM"].split()[0]) / KIB
