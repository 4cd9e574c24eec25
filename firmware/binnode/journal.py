"""What a bin must not forget while it sleeps: 2,048 bytes of RTC memory."""

import struct
from binascii import crc32

from micropython import const

from binnode import payload
from binnode.payload import RECORD_BYTES, Ack, Record

MEMORY_BYTES = 2048
_VERSION = const(0x324A4C55)  # "ULJ2"; begins each checksum
_SEAL = const("<I")
_STATE = const("<IIIIBBBIqIHBhB")
_SEAL_BYTES = const(4)
_STATE_BYTES = const(41)
# The state is written to two slots in turn: a reset in the middle of writing leaves
# the other one, and all records that it counts.
_SLOT_BYTES = const(45)
_RECORDS_AT = const(90)
_PLACES = (MEMORY_BYTES - _RECORDS_AT) // RECORD_BYTES
# One place is always free: the next record overwrites none that a slot still counts.
CAPACITY = _PLACES - 1


class Journal:
    """Records not yet acknowledged, and the state that outlives a wake.

    The records are a ring in one block of memory that is written as it stands:
    on a small heap a second copy of it may find no room.

    Attributes
    ----------
    epoch
        Names this journal for ever; random, 1..4294967295.
    acked_seq
        The gateway's cursor as last heard: the first record it does not have.
    first_seq, count
        Number of the oldest record here, and how many there are.
    in_flight
        How many of the oldest were sent and not answered.
    clock_offset_s
        What to add to the device's own clock.
    clock_raw_s
        The own clock when it was last read.
    reported_mm, reported_flags
        The record with which a report was last tried.
    """

    def __init__(self, epoch: int) -> None:
        self._memory = bytearray(MEMORY_BYTES)
        self._start = 0
        self._saves = 0
        self.epoch = epoch
        self.acked_seq = 0
        self.first_seq = 0
        self.count = 0
        self.in_flight = 0
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
        return self.first_seq + self.count

    def append(self, record: Record) -> None:
        """Keep a record; when memory is full the oldest falls out."""
        if self.count == CAPACITY:
            self._drop(1)
        payload.write_record(self._memory, self._place(self.count), record)
        self.count += 1
        self.temperature_dc = record.temperature_dc
        self.wakes = (self.wakes + 1) & 0xFFFFFFFF

    def acknowledge(self, ack: Ack, *, new_epoch: int) -> None:
        """Take over the gateway's cursor.

        A cursor behind ours (a database restored from a backup) is believed too:
        the next message then carries `oldest`, and the hole is written down. A
        cursor ahead of everything we ever recorded means that this epoch was
        used before. Its numbers are burnt, so the records move to a new one.
        """
        if ack.next_seq > self.next_seq:
            self.epoch, self.first_seq, self.acked_seq = new_epoch, 0, 0
            self.in_flight = 0
            return
        self.acked_seq = ack.next_seq
        if ack.next_seq > self.first_seq:
            self._drop(ack.next_seq - self.first_seq)

    def count_next(self, limit: int) -> int:
        """Count what the next message may carry: at most `limit`, within the ring."""
        to_end = _PLACES - (self._start + self.in_flight) % _PLACES
        return min(limit, self.count - self.in_flight, to_end)

    def message(self, count: int, *, sent_s: int) -> bytes:
        """Encode the oldest `count` records that are not in flight."""
        begin = self._place(self.in_flight)
        return payload.encode_message(
            memoryview(self._memory)[begin : begin + count * RECORD_BYTES],
            epoch=self.epoch,
            first_seq=self.first_seq + self.in_flight,
            sent_s=sent_s,
            # What is in flight is older, and may still arrive.
            is_oldest=not self.in_flight and self.first_seq > self.acked_seq,
        )

    def stamp(self, shift_s: int) -> None:
        """Put all records that were taken without the time on the time now known."""
        for index in range(self.count):
            payload.stamp(self._memory, self._place(index), shift_s)

    def mark_reported(self, record: Record) -> None:
        """Remember what the next record will be compared with."""
        self.reported_flags = record.flags
        if not record.flags & payload.NO_ECHO:
            self.reported_mm = record.distance_mm

    def seal(self) -> bytearray:
        """Bring the memory up to date: the older of the two states is replaced."""
        self._saves = (self._saves + 1) & 0xFFFFFFFF
        at = self._saves % 2 * _SLOT_BYTES
        struct.pack_into(
            _STATE,
            self._memory,
            at + _SEAL_BYTES,
            self._saves,
            self.epoch,
            self.acked_seq,
            self.first_seq,
            self._start,
            self.count,
            self.in_flight,
            self.wakes,
            self.clock_offset_s,
            self.clock_raw_s,
            self.reported_mm,
            self.reported_flags,
            self.temperature_dc,
            self.is_clock_set,
        )
        struct.pack_into(_SEAL, self._memory, at, _checksum(self._memory, at))
        return self._memory

    def unseal(self, memory: bytes) -> bool:
        """Go on from memory; False, and nothing is changed, when it is not whole."""
        slots = [at for at in (0, _SLOT_BYTES) if _is_whole(memory, at)]
        if not slots:
            return False
        states = [struct.unpack_from(_STATE, memory, at + _SEAL_BYTES) for at in slots]
        state = max(states, key=lambda each: each[0])
        self._memory[:] = memory
        self._saves, self.epoch, self.acked_seq, self.first_seq = state[:4]
        self._start, self.count, self.in_flight, self.wakes = state[4:8]
        self.clock_offset_s, self.clock_raw_s = state[8:10]
        self.reported_mm, self.reported_flags, self.temperature_dc = state[10:13]
        self.is_clock_set = bool(state[13])
        return True

    def _place(self, index: int) -> int:
        return _RECORDS_AT + (self._start + index) % _PLACES * RECORD_BYTES

    def _drop(self, count: int) -> None:
        self._start = (self._start + count) % _PLACES
        self.first_seq += count
        self.count -= count
        self.in_flight = max(0, self.in_flight - count)


def draw_epoch(random_bytes: bytes) -> int:
    """Make an epoch, 1..4294967295, of four random bytes."""
    (epoch,) = struct.unpack("<I", random_bytes)
    return epoch or 1


def _is_whole(memory: bytes, at: int) -> bool:
    """Tell whether a slot, and the records that it counts, are as they were written."""
    if len(memory) != MEMORY_BYTES:
        return False
    (checksum,) = struct.unpack_from(_SEAL, memory, at)
    return bool(checksum == _checksum(memory, at))


def _checksum(memory: bytes | bytearray, at: int) -> int:
    """Sum up a slot and the records that it counts, but nothing that may change yet."""
    view = memoryview(memory)
    state = view[at + _SEAL_BYTES : at + _SLOT_BYTES]
    start, count = state[16], state[17]
    checksum = crc32(state, _VERSION)
    before_end = min(count, _PLACES - start % _PLACES)
    for begin, length in ((start % _PLACES, before_end), (0, count - before_end)):
        begin_at = _RECORDS_AT + begin * RECORD_BYTES
        checksum = crc32(view[begin_at : begin_at + length * RECORD_BYTES], checksum)
    return checksum
