"""Packed records that follow each other in a stretch of memory, end to beginning."""

from binnode.memory.packing import LONGEST, NOTHING, unpack


class Ring:
    """Records of one stride.

    Only free bytes are ever written, and what is taken out stays as it was: a state of
    the ring that was kept elsewhere holds as long as no more than `LONGEST` bytes were
    appended since.

    Attributes
    ----------
    start, used, count
        Where the oldest record begins, and how many bytes and records there are.
    base
        The values of the last record that was taken out: the oldest builds on them.
    """

    def __init__(self, memory: bytearray, at: int, size: int) -> None:
        self._memory = memory
        self._at = at
        self._size = size
        self.start = self.used = self.count = 0
        self.base = list(NOTHING)

    @property
    def is_full(self) -> bool:
        """Tell whether the next record may find no room."""
        return self._size - self.used < LONGEST

    def append(self, packed: bytes) -> None:
        """Write a packed record behind the newest."""
        end = (self.start + self.used) % self._size
        fits = min(len(packed), self._size - end)
        begin = self._at + end
        self._memory[begin : begin + fits] = packed[:fits]
        self._memory[self._at : self._at + len(packed) - fits] = packed[fits:]
        self.used += len(packed)
        self.count += 1

    def read(self, offset: int, values: list[int], count: int = 1) -> int:
        """Turn values into those of a record further on; tell where the next begins.

        Offsets count from the oldest record, and `values` are those of the record
        before the one there.
        """
        for _ in range(count):
            at = (self.start + offset) % self._size
            if at + LONGEST <= self._size:
                offset += unpack(self._memory, self._at + at, values)
            else:
                offset += unpack(self._unbent(at), 0, values)
        return offset

    def drop(self, count: int) -> None:
        """Take out the oldest."""
        taken = self.read(0, self.base, count)
        self.start = (self.start + taken) % self._size
        self.used -= taken
        self.count -= count

    def _unbent(self, at: int) -> bytes:
        """Copy what goes on at the beginning."""
        end = self._at + self._size
        rest = bytes(self._memory[self._at + at : end])
        return rest + bytes(self._memory[self._at : self._at + LONGEST - len(rest)])
