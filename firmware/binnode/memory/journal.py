"""What a bin must not forget while it sleeps: 2,048 bytes of RTC memory."""

import struct
from binascii import crc32

from micropython import const

from binnode import payload
from binnode.memory.backlog import SIZES, STRIDES, Backlog
from binnode.payload import HEADER_BYTES, RECORD_BYTES, Ack, Record

MEMORY_BYTES = 2048
_VERSION = const(0x344A4C55)  # "ULJ4"; begins each checksum
_SEAL_BYTES = const(4)
# Numbers and cursor, clock, alarms; each ring, and what its oldest record builds on.
_STATE = const("<IIIIIIIBqIiIIqHBhB")
_RING = const("<HHHIHHHhBBB")
_RINGS_AT = const(67)
_RING_BYTES = const(21)
# The state is written to two slots in turn: a reset in the middle of writing leaves
# the other one, and all records that it counts.
_SLOT_BYTES = const(134)
_CLOCK_SET = const(1)
_MODERN = const(2)
_TOLD = const(4)
_FAILURES_MAX = const(255)
_U32_MAX = const(0xFFFFFFFF)


class Journal(Backlog):
    """Records not yet acknowledged, and the state that outlives a wake.

    All of it is one block of memory that is written as it stands: on a small heap a
    second copy of it may find no room.

    A state that was sealed holds until the next one is, whatever is written of that: so
    at most one record is appended in between.

    Attributes
    ----------
    epoch
        Names this journal for ever; random, 1..4294967295.
    acked_seq
        The gateway's cursor as last heard: the first record it does not have.
    sent_seq
        What is before it was sent, answered or not.
    reserved_seq
        Flash has it that all numbers before this one may have been given out.
    is_gateway_modern
        Whether the gateway understands messages of version 2.
    clock_offset_s
        What to add to the device's own clock.
    clock_raw_s
        The own clock when it was last read.
    clock_live_s, drift_ppm
        The own clock at the last live ack, and what it loses from then on, millionths.
    reported_mm, reported_flags
        The record with which a report was last tried.
    is_told
        Whether the gateway was told which settings we go by.
    failures
        How many reports were tried since one was answered.
    """

    def __init__(self, epoch: int) -> None:
        self.memory = bytearray(MEMORY_BYTES)
        super().__init__(self.memory, 2 * _SLOT_BYTES)
        self.saves = 0
        self.epoch = epoch
        self.acked_seq = 0
        self.sent_seq = 0
        self.reserved_seq = 0
        self.wakes = 0
        self.is_gateway_modern = False
        self.clock_offset_s = 0
        self.clock_raw_s = 0
        self.clock_live_s = 0
        self.drift_ppm = 0
        self.is_clock_set = False
        self.stamped_seq = 0
        self.stamp_s = 0
        self.reported_mm = 0
        self.reported_flags = 0
        self.temperature_dc = payload.TEMPERATURE_UNMEASURED
        self.is_told = False
        self.failures = 0

    @property
    def is_in_flight(self) -> bool:
        """Whether something was sent and not answered."""
        return self.sent_seq > self.first_seq

    def append(self, record: Record) -> None:
        """Keep a record; when memory is full the oldest are thinned."""
        from binnode.memory import appending

        appending.put(self, record)
        self.sent_seq = max(self.sent_seq, self.first_seq)
        self.temperature_dc = record.temperature_dc
        self.wakes = (self.wakes + 1) & _U32_MAX

    def acknowledge(self, ack: Ack, *, new_epoch: int) -> None:
        """Take over the gateway's cursor.

        A cursor behind ours (a database restored from a backup) is believed too:
        the next message then carries `oldest`, and the hole is written down. A
        cursor ahead of everything we ever recorded means that this epoch was
        used before. Its numbers are burnt, so the records move to a new one.
        """
        self.is_gateway_modern = ack.version > 1
        if ack.next_seq > self.next_seq:
            self.stamped_seq = max(0, self.stamped_seq - self.first_seq)
            self.epoch, self.first_seq, self.acked_seq = new_epoch, 0, 0
            self.sent_seq = self.reserved_seq = 0
            return
        self.acked_seq = ack.next_seq
        self.forget(ack.next_seq)
        self.sent_seq = max(self.sent_seq, self.first_seq)

    def next_message(self, limit: int, *, sent_s: int) -> tuple[bytearray, int]:
        """Encode the oldest records that were not sent, at most `limit`.

        Tells also what `sent_seq` is once they are.
        """
        level, skip, seq = self.find(self.sent_seq)
        stride = STRIDES[level]
        count = min(limit, self.rings[level].count - skip)
        flags = 0
        # What is in flight is older, and may still arrive.
        if not self.is_in_flight and self.first_seq > self.acked_seq:
            flags = payload.OLDEST
        if stride and self.is_gateway_modern:
            flags |= stride << payload.STRIDE_SHIFT
        elif stride:
            # An old gateway is told of each hole by the flag `oldest`.
            count = 1
        raw = self._begin(count, flags=flags, first_seq=seq, sent_s=sent_s)
        self.copy(raw, level, skip)
        self._stamp_message(raw, seq, stride)
        return raw, seq + (count << stride)

    def newest_message(self, limit: int, *, sent_s: int) -> bytearray:
        """Encode the newest records, to be stored ahead of older ones."""
        whole = self.rings[0].count
        count = min(limit, whole)
        seq = self.next_seq - count
        raw = self._begin(count, flags=payload.AHEAD, first_seq=seq, sent_s=sent_s)
        self.copy(raw, 0, whole - count)
        self._stamp_message(raw, seq, 0)
        return raw

    def stamp(self, shift_s: int) -> None:
        """Put all records that were taken without the time on the time now known.

        They stay as they are and are corrected when they are sent. Should some of an
        earlier correction still be here, those taken since keep their flag: their clock
        went on from a time that was known, so the backend places them well.
        """
        if self.stamped_seq <= self.first_seq:
            self.stamped_seq, self.stamp_s = self.next_seq, shift_s

    def mark_reported(self, record: Record) -> None:
        """Remember what the next record will be compared with, and that we try."""
        self.failures = min(self.failures + 1, _FAILURES_MAX)
        self.reported_flags = record.flags
        if not record.flags & payload.NO_ECHO:
            self.reported_mm = record.distance_mm

    def seal(self) -> bytearray:
        """Bring the memory up to date: the older of the two states is replaced."""
        self.saves = (self.saves + 1) & _U32_MAX
        at = self.saves % 2 * _SLOT_BYTES
        flags = self.is_clock_set * _CLOCK_SET | self.is_gateway_modern * _MODERN
        flags |= self.is_told * _TOLD
        struct.pack_into(
            _STATE,
            self.memory,
            at + _SEAL_BYTES,
            self.saves,
            self.epoch,
            self.acked_seq,
            self.first_seq,
            self.sent_seq,
            self.reserved_seq,
            self.wakes,
            flags,
            self.clock_offset_s,
            self.clock_raw_s,
            self.drift_ppm,
            self.clock_live_s,
            self.stamped_seq,
            self.stamp_s,
            self.reported_mm,
            self.reported_flags,
            self.temperature_dc,
            self.failures,
        )
        ring_at = at + _SEAL_BYTES + _RINGS_AT
        for ring in self.rings:
            place = (ring.start, ring.used, ring.count)
            struct.pack_into(_RING, self.memory, ring_at, *place, *ring.base)
            ring_at += _RING_BYTES
        struct.pack_into("<I", self.memory, at, checksum(self.memory, at))
        return self.memory

    def unseal(self, memory: bytes) -> bool:
        """Go on from memory; False, and nothing is changed, when it is not whole."""
        from binnode.memory import unsealing

        return unsealing.unseal(self, memory)

    def _begin(
        self, count: int, *, flags: int, first_seq: int, sent_s: int
    ) -> bytearray:
        return payload.begin_message(
            count, flags=flags, epoch=self.epoch, first_seq=first_seq, sent_s=sent_s
        )

    def _stamp_message(self, raw: bytearray, seq: int, stride: int) -> None:
        for at in range(HEADER_BYTES, len(raw), RECORD_BYTES):
            if seq < self.stamped_seq:
                payload.stamp(raw, at, self.stamp_s)
            seq += 1 << stride


def draw_epoch(random_bytes: bytes) -> int:
    """Make an epoch, 1..4294967295, of four random bytes."""
    (epoch,) = struct.unpack("<I", random_bytes)
    return epoch or 1


def checksum(memory: bytes | bytearray, at: int) -> int:
    """Sum up a slot and the records that it counts, but nothing that may change yet."""
    view = memoryview(memory)
    state = view[at + _SEAL_BYTES : at + _SLOT_BYTES]
    total = crc32(state, _VERSION)
    begin = 2 * _SLOT_BYTES
    for level in range(3):
        size = SIZES[level]
        ring_at = _RINGS_AT + level * _RING_BYTES
        start, used = struct.unpack_from("<HH", state, ring_at)
        before_end = min(used, size - start % size)
        for part, length in (
            (start % size, before_end),
            (0, min(used - before_end, size)),
        ):
            total = crc32(view[begin + part : begin + part + length], total)
        begin += size
    return total
