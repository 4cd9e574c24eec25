"""The binary encoding: 14 bytes of header, 13 a record (docs/payload.md)."""

import struct
from datetime import datetime, timedelta
from typing import NamedTuple

from gateway.errors import ImpossibleRecordError, PayloadError
from gateway.wire.message import (
    EPOCH_OF_TIME,
    FLAG_CLOCK_UNSET,
    FLAG_WEIGHED,
    VERSION,
    Impossible,
    Message,
    Record,
    check_count,
    check_place,
    check_record,
    check_version,
    drop_missing_echo,
    drop_missing_mass,
    resolve_time,
)

HEADER = struct.Struct("<BBIII")
RECORD = struct.Struct("<IHHhBBB")
MESSAGE_FLAG_OLDEST = 0x01
MESSAGE_FLAG_AHEAD = 0x02
MESSAGE_FLAG_MASS = 0x04
MESSAGE_FLAGS_UNKNOWN = 0x08
STRIDE_SHIFT = 4
WIRE_FLAGS = 12  # where a record has its flags
TEMPERATURE_NOT_MEASURED_DC = -32768
TILT_NOT_MEASURED_DEG = 255


class Header(NamedTuple):
    """What a message says of its records."""

    epoch: int
    first_seq: int
    record_count: int
    is_oldest: bool
    is_ahead: bool
    stride: int
    has_mass: bool
    sent_s: int

    @property
    def seqs(self) -> range:
        """The numbers of the records."""
        end_seq = self.first_seq + (self.record_count << self.stride)
        return range(self.first_seq, end_seq, 1 << self.stride)


def read_header(payload: bytes) -> Header:
    """Read the header of a message whose first byte is the version.

    Raises
    ------
    PayloadError
        If nothing of the message can be used.
    """
    count, rest = divmod(len(payload) - HEADER.size, RECORD.size)
    if rest or count < 0:
        raise PayloadError(
            f"{len(payload)} bytes are not {HEADER.size} of header and {RECORD.size} "
            "for each record"
        )
    check_count(count)
    version, message_flags, epoch, first_seq, sent_s = HEADER.unpack_from(payload)
    if message_flags & MESSAGE_FLAGS_UNKNOWN:
        raise PayloadError(f"message_flags: {message_flags:#04x} has no meaning yet")
    is_ahead = bool(message_flags & MESSAGE_FLAG_AHEAD)
    stride = message_flags >> STRIDE_SHIFT
    check_version(version, is_ahead=is_ahead, stride=stride)
    check_place(epoch, first_seq, count << stride)
    if is_ahead and any(
        each & FLAG_CLOCK_UNSET
        for each in payload[HEADER.size + WIRE_FLAGS :: RECORD.size]
    ):
        raise PayloadError("ahead: not with clock_unset, it would come at another time")
    is_oldest = bool(message_flags & MESSAGE_FLAG_OLDEST)
    has_mass = bool(message_flags & MESSAGE_FLAG_MASS)
    return Header(
        epoch, first_seq, count, is_oldest, is_ahead, stride, has_mass, sent_s
    )


def decode_binary(payload: bytes, received_at: datetime) -> Message:
    """Decode a message whose first byte is the version."""
    header = read_header(payload)
    return Message(
        encoding="binary",
        epoch=header.epoch,
        first_seq=header.first_seq,
        is_oldest=header.is_oldest,
        is_ahead=header.is_ahead,
        stride=header.stride,
        sent_at=_from_seconds(header.sent_s),
        records=tuple(
            decode_record(payload, index, header=header, received_at=received_at)
            for index in range(header.record_count)
        ),
    )


def decode_record(
    payload: bytes, index: int, *, header: Header, received_at: datetime
) -> Record | Impossible:
    """Decode the record at a place of a message."""
    start = HEADER.size + index * RECORD.size
    measured_s, level, battery_mv, temperature_dc, tilt_deg, echo_count, flags = (
        RECORD.unpack_from(payload, start)
    )
    is_weighed = header.has_mass and bool(flags & FLAG_WEIGHED)
    seq = header.first_seq + (index << header.stride)
    is_warmth_known = temperature_dc != TEMPERATURE_NOT_MEASURED_DC
    try:
        record = Record(
            seq=seq,
            measured_at=resolve_time(
                _from_seconds(measured_s),
                sent_at=_from_seconds(header.sent_s),
                received_at=received_at,
                flags=flags,
            ),
            distance_mm=None if is_weighed else drop_missing_echo(level, flags),
            mass_hg=drop_missing_mass(level, flags) if is_weighed else None,
            battery_mv=battery_mv or None,
            temperature_c=temperature_dc / 10 if is_warmth_known else None,
            tilt_deg=None if tilt_deg == TILT_NOT_MEASURED_DEG else tilt_deg,
            echo_count=echo_count,
            flags=flags,
        )
        return check_record(record, received_at)
    except ImpossibleRecordError as error:
        message_flags = MESSAGE_FLAG_MASS if is_weighed else 0
        alone = HEADER.pack(VERSION, message_flags, header.epoch, seq, header.sent_s)
        own = payload[start : start + RECORD.size]
        return Impossible(payload=alone + own, reason=f"seq {seq}: {error}")


def _from_seconds(seconds: int) -> datetime:
    return EPOCH_OF_TIME + timedelta(seconds=seconds)
