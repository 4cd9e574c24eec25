"""What a bin must not forget while it sleeps: 2,048 bytes of RTC memory."""

import struct
from binascii import crc32

from micropython import const

from binnode import payload
from binnode.payload import RECORD_BYTES, Ack, Record

MEMORY_BYTES = const(2048)
_MAGIC = const(b"ULJ1")
_SEAL = const("<4sI")
_STATE = const("<IIIIqIHBhB")
_SEAL_BYTES = struct.calcsize(_SEAL)
_STATE_BYTES = struct.calcsize(_STATE)
CAPACITY = (MEMORY_BYTES - _SEAL_BYTES - _STATE_BYTES) // RECORD_BYTES


class Journal:
    """Records not yet acknowledged, and the state that outlives a wake.

    Attributes
    ----------
    epoch
        Names this journal for ever; random, 1..4294967295.
    acked_seq
        The gateway's cursor as last heard: the first record it does not have.
    first_seq
        Number of the first record in `pending`.
    pending
        Packed records, oldest first.
    clock_offset_s
        What to add to the device's own clock.
    clock_raw_s
        The own clock when it was last read.
    reported_mm, reported_flags
        The record with which a report was last tried.
    """

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        self.acked_seq = 0
        self.first_seq = 0
        self.pending = b""
        self.wakes = 0
        self.clock_offset_s = 0
        self.clock_raw_s = 0
        self.is_clock_set = False
        self.reported_mm = 0
        self.reported_flags = 0
        self.temperature_dc = payload.TEMPERATURE_UNMEASURED

    @property
    def next_seq(self) -> int:
        """The number the next record will get."""
        return self.first_seq + len(self.pending) // RECORD_BYTES

    def append(self, record: Record) -> None:
        """Keep a record; when memory is full the oldest falls out."""
        self.pending += payload.encode_record(record)
        self._drop(self.next_seq - CAPACITY)
        self.temperature_dc = record.temperature_dc
        self.wakes = (self.wakes + 1) & 0xFFFFFFFF

    def acknowledge(self, ack: Ack, *, new_epoch: int) -> None:
        """Take over the gateway's cursor.

        A cursor behind ours (a database restored from a backup) is believed too:
        the next message then carries `oldest`, and the hole is written down. A
        cursor ahead of everything we ever recorded means that this epoch was
        used before. Its numbers are burnt, so the records move to a new one.
        """
        if ack.epoch != self.epoch:
            return
        if ack.next_seq > self.next_seq:
            self.epoch, self.first_seq, self.acked_seq = new_epoch, 0, 0
            return
        self.acked_seq = ack.next_seq
        self._drop(ack.next_seq)

    def message(self, limit: int, *, sent_s: int) -> bytes:
        """Encode the oldest pending records, at most `limit` of them."""
        return payload.encode_message(
            self.pending[: limit * RECORD_BYTES],
            epoch=self.epoch,
            first_seq=self.first_seq,
            sent_s=sent_s,
            is_oldest=self.first_seq > self.acked_seq,
        )

    def mark_reported(self, record: Record) -> None:
        """Remember what the next record will be compared with."""
        self.reported_flags = record.flags
        if not record.flags & payload.NO_ECHO:
            self.reported_mm = record.distance_mm

    def _drop(self, before_seq: int) -> None:
        count = before_seq - self.first_seq
        if count > 0:
            self.pending = self.pending[count * RECORD_BYTES :]
            self.first_seq = before_seq

    def to_bytes(self) -> bytes:
        """Encode for RTC memory, sealed with a magic number and a checksum."""
        state = struct.pack(
            _STATE,
            self.epoch,
            self.acked_seq,
            self.first_seq,
            self.wakes,
            self.clock_offset_s,
            self.clock_raw_s,
            self.reported_mm,
            self.reported_flags,
            self.temperature_dc,
            self.is_clock_set,
        )
        checksum = crc32(self.pending, crc32(state))
        return struct.pack(_SEAL, _MAGIC, checksum) + state + self.pending


def from_bytes(raw: bytes) -> Journal | None:
    """Read a journal back; None when memory was lost or is damaged."""
    if len(raw) < _SEAL_BYTES + _STATE_BYTES:
        return None
    magic, checksum = struct.unpack_from(_SEAL, raw)
    if magic != _MAGIC or crc32(memoryview(raw)[_SEAL_BYTES:]) != checksum:
        return None
    return _restore(raw)


def _restore(raw: bytes) -> Journal:
    state = struct.unpack_from(_STATE, raw, _SEAL_BYTES)
    journal = Journal(state[0])
    journal.acked_seq, journal.first_seq, journal.wakes = state[1:4]
    journal.clock_offset_s, journal.clock_raw_s = state[4:6]
    journal.reported_mm, journal.reported_flags, journal.temperature_dc = state[6:9]
    journal.is_clock_set = bool(state[9])
    journal.pending = raw[_SEAL_BYTES + _STATE_BYTES :]
    return journal


def draw_epoch(random_bytes: bytes) -> int:
    """Make an epoch, 1..4294967295, of four random bytes."""
    (epoch,) = struct.unpack("<I", random_bytes)
    return epoch or 1
