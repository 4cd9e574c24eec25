"""Records in memory: what changed since the one before, in 4 to 14 bytes, no loss.

The head tells which values follow. Time and battery are differences of one byte, and
so is the distance unless it jumped; a value that fits no difference makes the whole
record stand as it is on the wire.
"""

import struct

from micropython import const

from binnode.payload import RECORD

# What comes of thinning must have room in what it frees (`backlog`).
SHORTEST = const(4)
LONGEST = const(14)
_LONG_TIME = const(1)  # two bytes, instead of one beside the last step
_LONG_DISTANCE = const(2)  # two bytes, as it is
_WARMTH = const(4)  # one byte, a difference
_TILT = const(8)
_ECHOES = const(16)
_FLAGS = const(32)
_WHOLE = const(128)

_U16_MAX = const(0xFFFF)
# The values of a record: its time, the step from the one before, then the rest.
NOTHING = (0, 0, 0, 0, 0, 0, 0, 0)


def unpack(raw: bytes | bytearray | memoryview, at: int, values: list[int]) -> int:
    """Turn the values of the record before into those of this; tell its length."""
    head, begin = raw[at], at
    if head & _WHOLE:
        measured_s, *rest = struct.unpack_from(RECORD, raw, at + 1)
        step_s = measured_s - values[0]
        values[0], values[1] = measured_s, step_s if is_step(step_s) else 0
        values[2:] = rest
        return LONGEST
    values[3] += _signed(raw[at + 1])
    at += 2
    if head & _LONG_TIME:
        values[1] = raw[at] | raw[at + 1] << 8
        at += 1
    else:
        values[1] += _signed(raw[at])
    values[0] += values[1]
    at += 1
    if head & _LONG_DISTANCE:
        values[2] = raw[at] | raw[at + 1] << 8
        at += 1
    else:
        values[2] += _signed(raw[at])
    at += 1
    if head & _WARMTH:
        values[4] += _signed(raw[at])
        at += 1
    for place, bit in ((5, _TILT), (6, _ECHOES), (7, _FLAGS)):
        if head & bit:
            values[place] = raw[at]
            at += 1
    return at - begin


def is_step(step_s: int) -> bool:
    """Tell whether two bytes hold the time between two records."""
    return 0 <= step_s <= _U16_MAX


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte
