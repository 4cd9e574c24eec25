"""Flash in memory that keeps a log of what it was told, for MicroPython's littlefs.

What a power cut leaves is everything before it, whole, and a part of one operation: so
any cut of a run can be made from its log, without running it again.
"""

_BLOCK_COUNT, _BLOCK_SIZE, _ERASE = 4, 5, 6  # MicroPython, vfs.AbstractBlockDev.ioctl
_QUARTERS = 4


class Flash:
    """The extended block device, as `esp32.Partition` is one."""

    def __init__(self, block_bytes: int, block_count: int) -> None:
        self.block_bytes = block_bytes
        self.image = bytearray(b"\xff" * (block_bytes * block_count))
        self.log: list[tuple[int, bytes | None]] = []
        self.is_logging = False

    def readblocks(self, number: int, buffer: bytearray, offset: int = 0) -> None:
        """Read."""
        at = number * self.block_bytes + offset
        buffer[:] = memoryview(self.image)[at : at + len(buffer)]

    def writeblocks(self, number: int, buffer: bytes, offset: int = 0) -> None:
        """Program what was erased."""
        self._do(number * self.block_bytes + offset, bytes(buffer))

    def ioctl(self, operation: int, argument: int) -> int:
        """Tell the size, or erase a block."""
        if operation == _BLOCK_COUNT:
            return len(self.image) // self.block_bytes
        if operation == _BLOCK_SIZE:
            return self.block_bytes
        if operation == _ERASE:
            self._do(argument * self.block_bytes, None)
        return 0

    def repeat(self, operation: tuple[int, bytes | None], quarters: int = 4) -> None:
        """Do an operation of a log again, or the first quarters of it."""
        at, data = operation
        if data is None:
            data = b"\xff" * self.block_bytes
        size = len(data) * quarters // _QUARTERS
        self.image[at : at + size] = memoryview(data)[:size]

    def _do(self, at: int, data: bytes | None) -> None:
        if self.is_logging:
            self.log.append((at, data))
        self.repeat((at, data))
