"""The binary encoding: 14 bytes of header, 13 a record (docs/payload.md)."""

import struct
from datetime import datetime, timedelta

from gateway.errors import ImpossibleRecordError, PayloadError
from gateway.message import (
    EPOCH_OF_TIME,
    VERSION,
    Impossible,
    Message,
    Record,
    check_count,
    check_place,
    check_record,
    drop_missing_echo,
    resolve_time,
)

HEADER = struct.Struct("<BBIII")
RECORD = struct.Struct("<IHHhBBB")
MESSAGE_FLAG_OLDEST = 0x01
TEMPERATURE_NOT_MEASURED_DC = -32768
TILT_NOT_MEASURED_DEG = 255


def decode_binary(payload: bytes, received_at: datetime) -> Message:
    """Decode a message whose first byte is the version."""
    count, rest = divmod(len(payload) - HEADER.size, RECORD.size)
    if rest or count < 0:
        raise PayloadError(
            f"{len(payload)} bytes are not {HEADER.size} of header and {RECORD.size} "
            "for each record"
        )
    check_count(count)
    _, message_flags, epoch, first_seq, sent_s = HEADER.unpack_from(payload)
    check_place(epoch, first_seq, count)
    sent_at = _from_seconds(sent_s)
    return Message(
        encoding="binary",
        epoch=epoch,
        first_seq=first_seq,
        is_oldest=bool(message_flags & MESSAGE_FLAG_OLDEST),
        sent_at=sent_at,
        records=tuple(
            _decode_record(
                payload[HEADER.size + index * RECORD.size :][: RECORD.size],
                seq=first_seq + index,
                sent_at=sent_at,
                received_at=received_at,
                header=payload[: HEADER.size],
            )
            for index in range(count)
        ),
    )


def _decode_record(
    payload: bytes,
    *,
    seq: int,
    sent_at: datetime,
    received_at: datetime,
    header: bytes,
) -> Record | Impossible:
    measured_s, distance_mm, battery_mv, temperature_dc, tilt_deg, echo_count, flags = (
        RECORD.unpack(payload)
    )
    is_warmth_known = temperature_dc != TEMPERATURE_NOT_MEASURED_DC
    try:
        record = Record(
            seq=seq,
            measured_at=resolve_time(
                _from_seconds(measured_s),
                sent_at=sent_at,
                received_at=received_at,
                flags=flags,
            ),
            distance_mm=drop_missing_echo(distance_mm, flags),
            battery_mv=battery_mv or None,
            temperature_c=temperature_dc / 10 if is_warmth_known else None,
            tilt_deg=None if tilt_deg == TILT_NOT_MEASURED_DEG else tilt_deg,
            echo_count=echo_count,
            flags=flags,
        )
        return check_record(record, received_at)
    except ImpossibleRecordError as error:
        _, _, epoch, _, sent_s = HEADER.unpack(header)
        alone = HEADER.pack(VERSION, 0, epoch, seq, sent_s) + payload
        return Impossible(payload=alone, reason=f"seq {seq}: {error}")


def _from_seconds(seconds: int) -> datetime:
    return EPOCH_OF_TIME + timedelta(seconds=seconds)
