"""A simulated device: a journal that forgets a record only when told to."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.demo.wire import Ack, Record, encode

MAX_RECORDS = 200  # of a message; the contract allows 512
RESEND_S = 8.0


@dataclass(kw_only=True, slots=True)
class Device:
    """State to guard: the records that nobody has acknowledged.

    `clock_s` arguments are real seconds (monotonic): patience is not a matter of the
    demo's faster clock.
    """

    device: str
    epoch: int
    next_seq: int = 0
    pending: list[Record] = field(default_factory=list)
    said_at_s: float = float("-inf")

    def note(self, record: Record) -> None:
        """Append a record to the journal."""
        self.pending.append(record)

    def hear(self, ack: Ack) -> None:
        """Forget what is safe; an ack of another journal means nothing."""
        if ack.epoch != self.epoch or ack.next_seq <= self.next_seq:
            return
        del self.pending[: ack.next_seq - self.next_seq]
        self.next_seq = ack.next_seq
        self.said_at_s = float("-inf")

    def speak(self, *, now: datetime, clock_s: float) -> bytes | None:
        """Return the message to send now, if any: the oldest records first."""
        if not self.pending or clock_s - self.said_at_s < RESEND_S:
            return None
        self.said_at_s = clock_s
        return encode(
            self.pending[:MAX_RECORDS],
            epoch=self.epoch,
            first_seq=self.next_seq,
            sent_at=now,
        )
