"""How a record gets into the backlog; only measuring needs it (`wake.unload`)."""

import struct

from micropython import const

from binnode.memory.backlog import STRIDES, Backlog
from binnode.memory.packing import is_step
from binnode.memory.ring import Ring
from binnode.payload import RECORD, Record

_COARSEST = const(2)
# As `packing` reads them: a constant that two modules share takes room on the chip.
_LONG_TIME = const(1)
_LONG_DISTANCE = const(2)
_WARMTH = const(4)
_TILT = const(8)
_ECHOES = const(16)
_FLAGS = const(32)
_WHOLE = const(128)


def put(backlog: Backlog, record: Record) -> None:
    """Add a record; when memory is full the oldest are thinned."""
    _write(backlog.rings[0], record)
    _thin(backlog, 0)


def _thin(backlog: Backlog, level: int) -> None:
    """Make room for one more record, if there may be none.

    One group is enough: what it leaves has room in what it frees, as the shortest four
    records are longer than the longest one.
    """
    ring = backlog.rings[level]
    if not ring.is_full:
        return
    if level == _COARSEST:
        while ring.is_full:
            backlog.drop(level, 1)
        return
    values = list(ring.base)
    ring.read(0, values)
    _write(backlog.rings[level + 1], Record(values[0], *values[2:]))
    ring.drop(1 << STRIDES[level + 1] - STRIDES[level])
    _thin(backlog, level + 1)


def _write(ring: Ring, record: Record) -> None:
    values = list(ring.base)
    ring.read(0, values, ring.count)
    ring.append(pack(values, record))


def pack(before: list[int], record: Record) -> bytes:
    """Write a record by what differs from the values of the one before."""
    measured_s, mm, mv, dc, deg, echoes, flags = record
    step_s, mv_more, dc_more = measured_s - before[0], mv - before[3], dc - before[4]
    if not (is_step(step_s) and _is_byte(mv_more) and _is_byte(dc_more)):
        return bytes((_WHOLE,)) + struct.pack(RECORD, *record)
    packed = bytearray((0, mv_more & 0xFF))
    if _is_byte(step_s - before[1]):
        packed.append(step_s - before[1] & 0xFF)
    else:
        packed[0] |= _LONG_TIME
        packed += struct.pack("<H", step_s)
    if _is_byte(mm - before[2]):
        packed.append(mm - before[2] & 0xFF)
    else:
        packed[0] |= _LONG_DISTANCE
        packed += struct.pack("<H", mm)
    if dc_more:
        packed[0] |= _WARMTH
        packed.append(dc_more & 0xFF)
    for bit, value, known in (
        (_TILT, deg, before[5]),
        (_ECHOES, echoes, before[6]),
        (_FLAGS, flags, before[7]),
    ):
        if value != known:
            packed[0] |= bit
            packed.append(value)
    return bytes(packed)


def _is_byte(difference: int) -> bool:
    return -128 <= difference <= 127
