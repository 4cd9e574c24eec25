"""Records by their numbers: the newest whole, older ones thinned."""

from micropython import const

from binnode.memory.ring import Ring
from binnode.payload import HEADER_BYTES, RECORD_BYTES, Record, write_record

# The newest records whole; of those that fall out every 4th, and of those every 8th. At
# 7 bytes a record and 15 minutes between them that is 48 hours, then one record an hour
# for a day, then one in 8 hours for 12 days.
SIZES = (1344, 170, 256)
STRIDES = (0, 2, 5)
_COARSEST = const(2)


class Backlog:
    """The records of a journal, in rings within its memory.

    Each record stands for the numbers from its own up to the next record's; what was
    between is gone. Numbers go on without a hole from the oldest ring to the newest.

    Attributes
    ----------
    first_seq, next_seq
        Number of the oldest record, and of the next one to come.
    """

    def __init__(self, memory: bytearray, at: int) -> None:
        self.first_seq = 0
        self.rings: list[Ring] = []
        for size in SIZES:
            self.rings.append(Ring(memory, at, size))
            at += size

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum([ring.count for ring in self.rings])

    @property
    def next_seq(self) -> int:
        """The number the next record will get."""
        spans = [self.rings[level].count << STRIDES[level] for level in range(3)]
        return self.first_seq + sum(spans)

    def forget(self, seq: int) -> None:
        """Drop the records before a number."""
        for level in range(_COARSEST, -1, -1):
            known = self._count_before(level, self.first_seq, seq)
            if known:
                self.drop(level, known)

    def find(self, seq: int) -> tuple[int, int, int]:
        """Find the first record that is not before a number: ring, place, number."""
        first_seq = self.first_seq
        for level in range(_COARSEST, -1, -1):
            ring, stride = self.rings[level], STRIDES[level]
            skip = self._count_before(level, first_seq, seq)
            if skip < ring.count:
                return level, skip, first_seq + (skip << stride)
            first_seq += ring.count << stride
        raise ValueError("no such record")

    def copy(self, raw: bytearray, level: int, skip: int) -> None:
        """Fill a message with the records of a ring after the first `skip`."""
        ring = self.rings[level]
        values = list(ring.base)
        offset = ring.read(0, values, skip)
        for at in range(HEADER_BYTES, len(raw), RECORD_BYTES):
            offset = ring.read(offset, values)
            write_record(raw, at, Record(values[0], *values[2:]))

    def drop(self, level: int, count: int) -> None:
        """Take the oldest out of a ring that has none before it."""
        self.rings[level].drop(count)
        self.first_seq += count << STRIDES[level]

    def _count_before(self, level: int, first_seq: int, seq: int) -> int:
        """Count the records of a ring, the first of that number, before a number."""
        stride = STRIDES[level]
        before = seq - first_seq + (1 << stride) - 1 >> stride
        return min(self.rings[level].count, max(0, before))
