"""The wire contract as the simulated devices speak it (`docs/payload.md`, binary)."""

import struct
import zlib
from dataclasses import dataclass
from datetime import datetime

PARTITIONS = 64
VERSION = 1
NO_ECHO = 0b10
HEADER = struct.Struct("<BBIII")
RECORD = struct.Struct("<IHHhBBB")


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One thing a device measured."""

    measured_at: datetime
    distance_mm: int
    battery_mv: int
    temperature_c: float
    tilt_deg: int
    echo_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ack:
    """The gateway's word: everything before `next_seq` is safe."""

    epoch: int
    next_seq: int


def topic(device: str, channel: str) -> str:
    """Name a channel of a device."""
    return f"ullage/1/{zlib.crc32(device.encode()) % PARTITIONS}/{device}/{channel}"


def encode(
    records: list[Record], *, epoch: int, first_seq: int, sent_at: datetime
) -> bytes:
    """Write one message."""
    sent_s = int(sent_at.timestamp())
    header = HEADER.pack(VERSION, 0, epoch, first_seq, sent_s)
    return header + b"".join(_encode_record(each) for each in records)


def _encode_record(record: Record) -> bytes:
    return RECORD.pack(
        int(record.measured_at.timestamp()),
        record.distance_mm,
        record.battery_mv,
        round(record.temperature_c * 10),
        record.tilt_deg,
        record.echo_count,
        0 if record.distance_mm else NO_ECHO,
    )


def decode_ack(payload: bytes) -> Ack:
    """Read an acknowledgement."""
    _version, _, epoch, next_seq, _server_s = HEADER.unpack(payload)
    return Ack(epoch=epoch, next_seq=next_seq)
