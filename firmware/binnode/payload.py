"""The wire contract (`docs/payload.md`): messages out, acks in."""

import struct
from collections import namedtuple

from micropython import const

from binnode.topics import topic as topic  # also for who needs no more than that

VERSION = const(1)
# Messages with a flag that gateways of version 1 do not know.
_VERSION_2 = const(2)
HEADER_BYTES = const(14)
RECORD_BYTES = const(13)
RECORD = const("<IHHhBBB")

# Of messages.
OLDEST = const(1)
AHEAD = const(2)
STRIDE_SHIFT = const(4)

CLOCK_UNSET = const(1)
NO_ECHO = const(2)
NOISY = const(4)
TILTED = const(8)
HOT = const(16)
BATTERY_LOW = const(32)
KNOCKED = const(64)

TEMPERATURE_UNMEASURED = const(-32768)
TILT_UNMEASURED = const(255)

_MASS = const(4)  # of messages; bit 7 of the flags of a record
_HEADER = const("<BBIII")
_ACK = const("<BBIII")
_ACK_BYTES = const(14)
_FLAGS_OFFSET = const(12)
_U32_MAX = const(0xFFFFFFFF)

Record = namedtuple(
    "Record",
    (
        "measured_s",
        "distance_mm",
        "battery_mv",
        "temperature_dc",
        "tilt_deg",
        "echo_count",
        "flags",
    ),
)

# `version` is the highest that the gateway understands.
Ack = namedtuple("Ack", ("version", "epoch", "next_seq", "server_s"))


def begin_message(
    count: int, *, flags: int, epoch: int, first_seq: int, sent_s: int
) -> bytearray:
    """Make room for a message of so many records, and write its header."""
    raw = bytearray(HEADER_BYTES + count * RECORD_BYTES)
    version = _VERSION_2 if flags & ~OLDEST else VERSION
    struct.pack_into(_HEADER, raw, 0, version, flags, epoch, first_seq, sent_s)
    return raw


def write_record(raw: bytearray, at: int, record: Record) -> None:
    """Write one record into its 13 bytes of a message, which tells of masses."""
    struct.pack_into(RECORD, raw, at, *record)
    raw[1] |= record.flags >> 5 & _MASS


def decode_ack(raw: bytes) -> Ack | None:
    """Read an acknowledgement; None when it is not one of this version."""
    if len(raw) != _ACK_BYTES or raw[0] != VERSION:
        return None
    _, version, *rest = struct.unpack(_ACK, raw)
    return Ack(version or VERSION, *rest)


def stamp(raw: bytearray, at: int, shift_s: int) -> None:
    """Put a record that was taken without the time on the time now known."""
    if raw[at + _FLAGS_OFFSET] & CLOCK_UNSET:
        (measured_s,) = struct.unpack_from("<I", raw, at)
        struct.pack_into("<I", raw, at, (measured_s + shift_s) & _U32_MAX)
        raw[at + _FLAGS_OFFSET] ^= CLOCK_UNSET
