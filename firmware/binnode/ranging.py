"""From the ultrasonic sensor's bytes to one distance that can be believed."""

from collections import namedtuple

from micropython import const

from binnode.payload import NO_ECHO, NOISY

# A02YYUW: FF, high, low, sum; 9600 baud; blind below 30 mm, 4,500 mm at most
# (wiki.dfrobot.com, SEN0311).
_FRAME_BYTES = const(4)
_HEADER = const(0xFF)
_NEAREST_MM = const(30)
_FARTHEST_MM = const(4500)

# The sensor's own accuracy is 10 mm + 0.3 %; loose material scatters more.
_AGREEMENT_MM = const(30)
_AGREEMENT_DIVISOR = const(50)

Distance = namedtuple("Distance", ("distance_mm", "echo_count", "flags"))


def parse_frames(raw: bytes) -> tuple[list[int], bytes]:
    """Find the distances in a stretch of the wire, and the rest to keep.

    A byte that does not begin a frame with a right sum is skipped, so that one
    frame after any noise is understood again.
    """
    pings_mm = []
    at = 0
    while at + _FRAME_BYTES <= len(raw):
        if _is_frame(raw, at):
            pings_mm.append(raw[at + 1] << 8 | raw[at + 2])
            at += _FRAME_BYTES
        else:
            at += 1
    return pings_mm, raw[at:]


def _is_frame(raw: bytes, at: int) -> bool:
    total = (raw[at] + raw[at + 1] + raw[at + 2]) & 0xFF
    return raw[at] == _HEADER and total == raw[at + 3]


def summarise(pings_mm: list[int], made: int) -> Distance:
    """Take the median of the pings and count those that agree with it.

    Parameters
    ----------
    pings_mm
        What the sensor said, whatever it said.
    made
        How many pings it had time for; silence counts as disagreement.
    """
    usable = sorted(p for p in pings_mm if _NEAREST_MM <= p <= _FARTHEST_MM)
    if not usable:
        return Distance(0, 0, NO_ECHO)
    median_mm = usable[len(usable) // 2]
    tolerance_mm = _AGREEMENT_MM + median_mm // _AGREEMENT_DIVISOR
    echo_count = sum(1 for p in usable if abs(p - median_mm) <= tolerance_mm)
    return Distance(median_mm, echo_count, NOISY if echo_count * 2 < made else 0)
