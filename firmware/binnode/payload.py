"""The wire contract, version 1 (`docs/payload.md`): messages out, acks in."""

import struct
from binascii import crc32
from collections import namedtuple

from micropython import const

VERSION = const(1)
RECORD_BYTES = const(13)

CLOCK_UNSET = const(1)
NO_ECHO = const(2)
NOISY = const(4)
TILTED = const(8)
HOT = const(16)
BATTERY_LOW = const(32)
KNOCKED = const(64)

TEMPERATURE_UNMEASURED = const(-32768)
TILT_UNMEASURED = const(255)

_PARTITIONS = const(64)
_OLDEST = const(1)
_HEADER = const("<BBIII")
_RECORD = const("<IHHhBBB")
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

Ack = namedtuple("Ack", ("epoch", "next_seq", "server_s"))


def topic(device: str, channel: str) -> str:
    """Name the topic of one of a device's channels."""
    partition = crc32(device.encode()) % _PARTITIONS
    return f"ullage/{VERSION}/{partition}/{device}/{channel}"


def write_record(memory: bytearray, at: int, record: Record) -> None:
    """Pack one record into its 13 bytes of a larger memory."""
    struct.pack_into(_RECORD, memory, at, *record)


def encode_message(
    records: bytes | memoryview,
    *,
    epoch: int,
    first_seq: int,
    sent_s: int,
    is_oldest: bool,
) -> bytes:
    """Put the header before records that are packed already."""
    flags = _OLDEST if is_oldest else 0
    return struct.pack(_HEADER, VERSION, flags, epoch, first_seq, sent_s) + records


def decode_ack(raw: bytes) -> Ack | None:
    """Read an acknowledgement; None when it is not one of this version."""
    if len(raw) != _ACK_BYTES or raw[0] != VERSION:
        return None
    return Ack(*struct.unpack(_ACK, raw)[2:])


def stamp(memory: bytearray, at: int, shift_s: int) -> None:
    """Put a record that was taken without the time on the time now known."""
    if memory[at + _FLAGS_OFFSET] & CLOCK_UNSET:
        (measured_s,) = struct.unpack_from("<I", memory, at)
        struct.pack_into("<I", memory, at, (measured_s + shift_s) & _U32_MAX)
        memory[at + _FLAGS_OFFSET] ^= CLOCK_UNSET
