"""Messages that wait to be stored."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition
from typing import NamedTuple

# What a message takes beside its payload: five objects and the list that holds them.
MESSAGE_BYTES = 400


class Pending(NamedTuple):
    """A message, the session that brought it, and its name there for the broker."""

    session: int
    packet_id: bytes
    topic: str
    payload: bytes
    arrived_s: float  # time.monotonic()


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchLimits:
    """When a batch is large enough, or has waited long enough."""

    payload_bytes: int = 128 * 1024  # of the binary encoding: about 10,000 readings
    wait_s: float = 0.02
    # Nothing came for so long. Brokers stop sending when 20 (Mosquitto as it comes) or
    # 100 (rumqttd) messages are not acknowledged: more would never come.
    quiet_s: float = 0.005


class Line:
    """The messages of some devices, in order; one thread puts, one takes."""

    def __init__(self, limits: BatchLimits) -> None:
        self._limits = limits
        self._changed = Condition()
        self._waiting: list[Pending] = []
        self._bytes = 0
        self._taken_count = self._taken_bytes = 0
        self._is_closed = self._is_abandoned = False

    @property
    def held_bytes(self) -> int:
        """Count the memory of what waits or is being stored."""
        count = len(self._waiting) + self._taken_count
        return self._bytes + self._taken_bytes + count * MESSAGE_BYTES

    def put(self, messages: Sequence[Pending]) -> None:
        """Add messages at the end."""
        with self._changed:
            if self._is_abandoned:
                return
            self._waiting += messages
            self._bytes += sum([len(each.payload) for each in messages])
            self._changed.notify()

    def close(self) -> None:
        """Say that nothing more will come."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def take(self) -> list[Pending]:
        """Wait for a batch to be due and take it; empty: nothing will come any more."""
        with self._changed:
            while not self._waiting:
                if self._is_closed:
                    return []
                self._changed.wait()
            while not self._is_due():
                before = len(self._waiting)
                self._changed.wait(self._limits.quiet_s)
                if len(self._waiting) == before:
                    break
            return self._cut()

    def settle(self) -> None:
        """Say that what was taken is done with."""
        self._taken_count = self._taken_bytes = 0

    def abandon(self) -> None:
        """Say that nobody will take anything any more: it is forgotten."""
        with self._changed:
            self._is_abandoned = True
            self._waiting.clear()
            self._bytes = 0
            self.settle()

    def _is_due(self) -> bool:
        waited_s = time.monotonic() - self._waiting[0].arrived_s
        return (
            self._is_closed
            or self._bytes >= self._limits.payload_bytes
            or waited_s >= self._limits.wait_s
        )

    def _cut(self) -> list[Pending]:
        count = size = 0
        for each in self._waiting:
            size += len(each.payload)
            count += 1
            if size >= self._limits.payload_bytes:
                break
        batch = self._waiting[:count]
        del self._waiting[:count]
        self._bytes -= size
        self._taken_count, self._taken_bytes = count, size
        return batch
