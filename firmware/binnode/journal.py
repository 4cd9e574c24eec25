"""What a bin must not forget while it sleeps: 2,048 bytes of RTC memory."""

import struct
from binascii import crc32

from micropython import const

from binnode import payload
from binnode.payload import RECORD_BYTES, Ack, Record

MEMORY_BYTES = 2048
_MAGIC = const(b"ULJ1")
_SEAL = const("<4sI")
_STATE = const("<IIIHHIqIHBhB")
_SEAL_BYTES = const(8)
_RECORDS_AT = const(46)
CAPACITY = (MEMORY_BYTES - _RECORDS_AT) // RECORD_BYTES


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
        self.epoch = epoch
        self.acked_seq = 0
        self.first_seq = 0
        self.count = 0
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
            return
        self.acked_seq = ack.next_seq
        if ack.next_seq > self.first_seq:
            self._drop(ack.next_seq - self.first_seq)

    def message(self, limit: int, *, sent_s: int) -> bytes:
        """Encode the oldest records: at most `limit`, and no further than the ring."""
        count = min(limit, self.count, CAPACITY - self._start)
        begin = self._place(0)
        return payload.encode_message(
            memoryview(self._memory)[begin : begin + count * RECORD_BYTES],
            epoch=self.epoch,
            first_seq=self.first_seq,
            sent_s=sent_s,
            is_oldest=self.first_seq > self.acked_seq,
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
        """Bring the memory up to date, with a magic number and a checksum."""
        struct.pack_into(
            _STATE,
            self._memory,
            _SEAL_BYTES,
            self.epoch,
            self.acked_seq,
            self.first_seq,
            self._start,
            self.count,
            self.wakes,
            self.clock_offset_s,
            self.clock_raw_s,
            self.reported_mm,
            self.reported_flags,
            self.temperature_dc,
            self.is_clock_set,
        )
        struct.pack_into(_SEAL, self._memory, 0, _MAGIC, _checksum(self._memory))
        return self._memory

    def unseal(self, memory: bytes) -> None:
        """Go on from a memory that is known to be whole."""
        self._memory[:] = memory
        state = struct.unpack_from(_STATE, memory, _SEAL_BYTES)
        self.epoch, self.acked_seq, self.first_seq = state[:3]
        self._start, self.count, self.wakes = state[3:6]
        self.clock_offset_s, self.clock_raw_s = state[6:8]
        self.reported_mm, self.reported_flags, self.temperature_dc = state[8:11]
        self.is_clock_set = bool(state[11])

    def _place(self, index: int) -> int:
        return _RECORDS_AT + (self._start + index) % CAPACITY * RECORD_BYTES

    def _drop(self, count: int) -> None:
        self._start = (self._start + count) % CAPACITY
        self.first_seq += count
        self.count -= count


def is_whole(memory: bytes) -> bool:
    """Tell whether RTC memory holds a journal that nothing has damaged."""
    if len(memory) != MEMORY_BYTES:
        return False
    magic, checksum = struct.unpack_from(_SEAL, memory)
    return bool(magic == _MAGIC and checksum == _checksum(memory))


def draw_epoch(random_bytes: bytes) -> int:
    """Make an epoch, 1..4294967295, of four random bytes."""
    (epoch,) = struct.unpack("<I", random_bytes)
    return epoch or 1


def _checksum(memory: bytes | bytearray) -> int:
    return crc32(memoryview(memory)[_SEAL_BYTES:])
