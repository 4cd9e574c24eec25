"""How long a device waits for its acknowledgement, at a steady load."""

import time
from collections import defaultdict, deque
from collections.abc import Sequence
from statistics import quantiles
from threading import Thread

from benchmarks.ingest.mosquitto import Address
from benchmarks.ingest.publishers import encode, open_connection
from benchmarks.ingest.traffic import READINGS, make_messages
from benchmarks.mqtt_wire import SUBACK, receive, send, text
from gateway.broker.packets import Packets
from gateway.wire.payload import ACK

TICK_S = 0.005
READ_BYTES = 262_144
PATIENCE_S = 30
SLOWEST_PCT = 99


class _Ear:
    """Hears the acknowledgements of a fleet, and knows when each report was sent."""

    def __init__(self, address: Address) -> None:
        self.waits_s: list[float] = []
        self._sent_s: dict[str, deque[tuple[int, float]]] = defaultdict(deque)
        self._socket = open_connection(address, "listener")
        send(self._socket, 0x82, b"\0\1" + text("ullage/1/+/+/ack") + b"\0")
        receive(self._socket, SUBACK)
        self._socket.settimeout(1)
        self._packets = Packets(is_version_5=False)

    def expect(self, device: str, end_seq: int) -> None:
        """Note that a report was sent."""
        self._sent_s[device].append((end_seq, time.monotonic()))

    def listen(self, count: int, give_up_s: float) -> None:
        """Hear so many reports acknowledged."""
        while len(self.waits_s) < count and time.monotonic() < give_up_s:
            try:
                heard = self._packets.feed(self._socket.recv(READ_BYTES))
            except TimeoutError:
                continue
            now_s = time.monotonic()
            for each in heard:
                self._settle(each.topic.split("/")[3], each.payload, now_s)

    def _settle(self, device: str, payload: bytes, now_s: float) -> None:
        next_seq = ACK.unpack(payload)[3]
        sent = self._sent_s[device]
        while sent and sent[0][0] <= next_seq:
            self.waits_s.append(now_s - sent.popleft()[1])

    def close(self) -> None:
        """Leave the broker."""
        self._socket.close()


def measure_waits(
    address: Address, names: Sequence[str], *, messages: int, per_s: float, end_s: int
) -> list[float]:
    """Publish steadily and hear every acknowledgement; return the waits, s."""
    said = list(make_messages(list(names), messages, end_s))
    packets = encode(said)
    ear = _Ear(address)
    talker = open_connection(address, "talker")
    begin_s, sent = time.monotonic(), 0
    give_up_s = begin_s + messages / per_s + PATIENCE_S
    hearing = Thread(target=ear.listen, args=(messages, give_up_s))
    hearing.start()
    while sent < messages:
        due = min(messages, int((time.monotonic() - begin_s) * per_s) + 1)
        for number in range(sent, due):
            device = said[number].topic.split("/")[3]
            ear.expect(device, (number // len(names) + 1) * READINGS)
        talker.sendall(b"".join(packets[sent:due]))
        sent = due
        time.sleep(TICK_S)
    hearing.join()
    talker.close()
    ear.close()
    if len(ear.waits_s) < messages:
        raise RuntimeError(f"{len(ear.waits_s)} of {messages} acknowledgements came")
    return ear.waits_s


def slowest_s(waits_s: Sequence[float]) -> float:
    """Return what 99 % of the devices do not exceed."""
    return quantiles(waits_s, n=100)[SLOWEST_PCT - 1]
