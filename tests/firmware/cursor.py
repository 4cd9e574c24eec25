"""A gateway of a few lines: keeps a cursor and records, and acknowledges.

Written from docs/payload.md alone, without a line of the firmware or the gateway.
"""

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

HEADER = "<BBIII"
RECORD = "<IHHhBBB"
FIELDS = (
    "measured_s",
    "distance_mm",
    "battery_mv",
    "temperature_dc",
    "tilt_deg",
    "echo_count",
    "flags",
)


@dataclass
class Cursor:
    """What a gateway has of one device."""

    server_s: int = 1_795_400_000
    is_silent: bool = False
    understands: int = 2
    next_seq: dict[int, int] = field(default_factory=dict)
    records: dict[tuple[int, int], dict[str, int]] = field(default_factory=dict)
    messages: list[tuple[int, bool, int, int]] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    ahead: list[tuple[int, int]] = field(default_factory=list)
    client: Client | None = None

    @property
    def seqs(self) -> list[int]:
        return [seq for _, seq in self.records]

    @property
    def counts(self) -> list[int]:
        """How many records each message carried."""
        return [count for *_, count in self.messages]

    def take(self, raw: bytes) -> bytes:
        """Store what continues the cursor; return the ack."""
        version, flags, epoch, first_seq, sent_s = struct.unpack_from(HEADER, raw)
        assert version == (2 if flags & ~5 else 1) <= max(1, self.understands)
        body = raw[struct.calcsize(HEADER) :]
        rows = [
            dict(zip(FIELDS, values, strict=True))
            for values in struct.iter_unpack(RECORD, body)
        ]
        assert bool(flags & 4) == any(each["flags"] & 128 for each in rows)
        is_oldest, span = bool(flags & 1), 1 << (flags >> 4)
        cursor = self.next_seq.get(epoch, 0)
        if flags & 2:
            self.ahead.append((first_seq, len(rows)))
            for seq, row in enumerate(rows, first_seq):
                assert not row["flags"] & 1
                self.keep(epoch, seq, row | self.place(row, sent_s))
            self.next_seq[epoch] = cursor
            return self.ack(epoch)
        self.messages.append((epoch, is_oldest, first_seq, len(rows)))
        if first_seq > cursor and is_oldest:
            self.gaps.append((cursor, first_seq))
            cursor = first_seq
        if first_seq <= cursor:
            for index, row in enumerate(rows):
                seq = first_seq + index * span
                if seq >= cursor:
                    self.keep(epoch, seq, row | self.place(row, sent_s))
                if max(cursor, seq + 1) < seq + span:
                    self.gaps.append((max(cursor, seq + 1), seq + span))
            cursor = max(cursor, first_seq + len(rows) * span)
        self.next_seq[epoch] = cursor
        return self.ack(epoch)

    def keep(self, epoch: int, seq: int, row: dict[str, int]) -> None:
        """Store a record; what came ahead must come again as it was."""
        if any(begin <= seq < begin + count for begin, count in self.ahead):
            assert self.records.get((epoch, seq), row) == row
        self.records[epoch, seq] = row

    def place(self, row: dict[str, int], sent_s: int) -> dict[str, int]:
        """Tell the true time of a record, as the contract says."""
        is_unset = row["flags"] & 1
        age_s = sent_s - row["measured_s"]
        return {"true_s": self.server_s - age_s if is_unset else row["measured_s"]}

    def ack(self, epoch: int) -> bytes:
        return struct.pack(
            HEADER, 1, self.understands, epoch, self.next_seq[epoch], self.server_s
        )


@contextmanager
def answering(port: int, cursor: Cursor) -> Iterator[Client]:
    """Answer on a broker for every device until the end of the block."""
    client = Client(CallbackAPIVersion.VERSION2)
    is_ready = threading.Event()

    def on_message(_client: Client, _data: Any, message: MQTTMessage) -> None:
        ack = cursor.take(bytes(message.payload))
        if not cursor.is_silent:
            topic = message.topic.replace("/readings", "/ack")
            client.publish(topic, ack, qos=1, retain=True)

    client.on_message = on_message
    client.on_subscribe = lambda *_: is_ready.set()
    client.connect("127.0.0.1", port)
    client.loop_start()
    client.subscribe("ullage/1/+/+/readings", qos=1)
    assert is_ready.wait(10)
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()
