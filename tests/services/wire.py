"""Messages as docs/payload.md says a device makes them, written down a second time."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

HEADER = struct.Struct("<BBIII")
RECORD = struct.Struct("<IHHhBBB")
ACK = struct.Struct("<BBIII")
# Long enough ago for every clock that runs these tests.
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
NOON_S = int(NOON.timestamp())


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledged:
    """What an acknowledgement says."""

    epoch: int
    next_seq: int


def record(
    *,
    measured_s: int = NOON_S,
    distance_mm: int = 800,
    battery_mv: int = 3600,
    temperature_dc: int = 45,
    tilt_deg: int = 2,
    flags: int = 0,
) -> bytes:
    """Make one record; every field has an ordinary value unless told."""
    return RECORD.pack(
        measured_s, distance_mm, battery_mv, temperature_dc, tilt_deg, 9, flags
    )


def message(
    *records: bytes,
    epoch: int = 7,
    first_seq: int = 0,
    is_oldest: bool = False,
    is_ahead: bool = False,
    stride: int = 0,
    sent_s: int = NOON_S,
    has_mass: bool = False,
) -> bytes:
    """Make a message of some records, of the lowest version that can say it."""
    flags = is_oldest | is_ahead << 1 | has_mass << 2 | stride << 4
    version = 2 if is_ahead or stride else 1
    return HEADER.pack(version, flags, epoch, first_seq, sent_s) + b"".join(records)


def numbered(
    first_seq: int,
    count: int,
    *,
    epoch: int = 7,
    is_oldest: bool = False,
    is_ahead: bool = False,
    stride: int = 0,
) -> bytes:
    """Make a message whose records tell their place by distance and minute."""
    span = 1 << stride
    records = (
        record(measured_s=NOON_S + 60 * seq, distance_mm=100 + seq % 10_000)
        for seq in range(first_seq, first_seq + count * span, span)
    )
    return message(
        *records,
        epoch=epoch,
        first_seq=first_seq,
        is_oldest=is_oldest,
        is_ahead=is_ahead,
        stride=stride,
    )


def partition_of(device: str) -> int:
    """Tell which partition of the fleet a device is in."""
    return crc32(device.encode()) % 64


def topic(device: str, channel: str = "readings") -> str:
    """Name a channel of a device."""
    return f"ullage/1/{partition_of(device)}/{device}/{channel}"


def read_ack(payload: bytes) -> Acknowledged:
    """Read a binary acknowledgement."""
    _, _, epoch, next_seq, _ = ACK.unpack(payload)
    return Acknowledged(epoch=epoch, next_seq=next_seq)
