"""What the serial sensors say on the wire, byte by byte."""

from micropython import const

_A02_HEADER = const(0xFF)
_A02_BYTES = const(4)
_MB_HEADER = const(0x52)  # R
_MB_END = const(0x0D)
_MB_BYTES = const(6)


def parse_a02yyuw(raw: bytes) -> tuple[list[int], bytes]:
    """Find FF, high, low, sum in a stretch of the wire, and the rest to keep.

    A byte that does not begin a frame with a right sum is skipped, so that one
    frame after any noise is understood again.
    """
    pings_mm = []
    at = 0
    while at + _A02_BYTES <= len(raw):
        total = (raw[at] + raw[at + 1] + raw[at + 2]) & 0xFF
        if raw[at] == _A02_HEADER and total == raw[at + 3]:
            pings_mm.append(raw[at + 1] << 8 | raw[at + 2])
            at += _A02_BYTES
        else:
            at += 1
    return pings_mm, raw[at:]


def parse_mb7389(raw: bytes) -> tuple[list[int], bytes]:
    """Find R, four digits, carriage return in a stretch of the wire, as above."""
    pings_mm = []
    at = 0
    while at + _MB_BYTES <= len(raw):
        digits = raw[at + 1 : at + 5]
        is_frame = raw[at] == _MB_HEADER and raw[at + 5] == _MB_END
        if is_frame and digits.isdigit():
            pings_mm.append(int(digits))
            at += _MB_BYTES
        else:
            at += 1
    return pings_mm, raw[at:]
