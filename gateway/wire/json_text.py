"""The JSON encoding: for people, LoRaWAN servers, foreign devices (docs/payload.md)."""

import json
from collections.abc import Sequence
from datetime import datetime

from gateway.errors import ImpossibleRecordError, MemberError, PayloadError
from gateway.wire.json_object import (
    JsonObject,
    as_object,
    parse_object,
    read_boolean,
    read_integer,
    read_list,
    read_number,
    read_time,
)
from gateway.wire.message import (
    FLAG_CLOCK_UNSET,
    LATEST_VERSION,
    NO_EPOCH,
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
    number_of,
    resolve_time,
)

# What is said of a message holds for each of its records, also when one is kept alone.
SHARED = ("v", "device", "epoch", "sent_at")


def decode_json(payload: bytes, received_at: datetime) -> Message:
    """Decode a message whose first byte is `{`."""
    try:
        return _decode_message(parse_object(payload), received_at)
    except MemberError as error:
        raise PayloadError(str(error)) from None
    except RecursionError:  # what just fitted when it was parsed, and not when written
        raise PayloadError("not JSON that can be read: nested too deeply") from None


def _decode_message(body: JsonObject, received_at: datetime) -> Message:
    version = read_integer(body, "v")
    if version not in (VERSION, LATEST_VERSION):
        raise MemberError("v", expected="1 or 2", value=body.get("v"))
    is_ahead, stride = read_boolean(body, "ahead"), read_integer(body, "stride") or 0
    check_version(version, is_ahead=is_ahead, stride=stride)
    records = read_list(body, "records")
    check_count(len(records))
    epoch, first_seq = _read_place(body, len(records) << stride)
    if epoch == NO_EPOCH and (is_ahead or stride):
        raise PayloadError("ahead, stride: only with epoch and seq")
    sent_at = read_time(body, "sent_at")
    shared = {name: body[name] for name in SHARED if name in body}
    decoded = tuple(
        _decode_record(
            each,
            index=index,
            seq=None if epoch == NO_EPOCH else first_seq + (index << stride),
            sent_at=sent_at,
            received_at=received_at,
            shared=shared,
        )
        for index, each in enumerate(records)
    )
    if is_ahead:
        _refuse_unset_clock(decoded)
    return Message(
        encoding="json",
        epoch=epoch,
        first_seq=first_seq,
        is_oldest=read_boolean(body, "oldest"),
        is_ahead=is_ahead,
        stride=stride,
        sent_at=sent_at,
        records=decoded,
    )


def _refuse_unset_clock(records: Sequence[Record | Impossible]) -> None:
    """Refuse what would get another time when it comes in order."""
    if any(isinstance(e, Record) and e.flags & FLAG_CLOCK_UNSET for e in records):
        raise PayloadError("ahead: not with clock_unset, it would come at another time")


def _read_place(body: JsonObject, count: int) -> tuple[int, int]:
    epoch, seq = read_integer(body, "epoch"), read_integer(body, "seq")
    if epoch is None and seq is None:
        return NO_EPOCH, 0
    if epoch is None or seq is None:
        missing = "epoch" if epoch is None else "seq"
        raise PayloadError(
            f"{missing}: missing; epoch and seq only make sense together"
        )
    check_place(epoch, seq, count)
    return epoch, seq


def _decode_record(
    value: object,
    *,
    index: int,
    seq: int | None,
    sent_at: datetime | None,
    received_at: datetime,
    shared: JsonObject,
) -> Record | Impossible:
    try:
        return read_record(
            as_object(value, "record"),
            seq=seq,
            sent_at=sent_at,
            received_at=received_at,
        )
    except (MemberError, ImpossibleRecordError) as error:
        alone = shared | ({} if seq is None else {"seq": seq}) | {"records": [value]}
        payload = json.dumps(alone).encode()
        return Impossible(payload=payload, reason=f"records[{index}].{error}")


def read_record(
    value: JsonObject,
    *,
    seq: int | None,
    sent_at: datetime | None,
    received_at: datetime,
) -> Record:
    """Read one record; without a `seq` its time is its number.

    Raises
    ------
    MemberError
        If a member is not what the contract says.
    ImpossibleRecordError
        If the record cannot be believed.
    """
    flags = read_integer(value, "flags") or 0
    if seq is None and flags & FLAG_CLOCK_UNSET:
        raise ImpossibleRecordError(
            "flags: clock_unset needs epoch and seq, for there is no time to tell the "
            "record from its repetition"
        )
    stated_at = read_time(value, "measured_at")
    if stated_at is None:
        raise ImpossibleRecordError("measured_at: missing")
    measured_at = resolve_time(
        stated_at, sent_at=sent_at, received_at=received_at, flags=flags
    )
    record = Record(
        seq=number_of(measured_at) if seq is None else seq,
        measured_at=measured_at,
        distance_mm=drop_missing_echo(read_integer(value, "distance_mm"), flags),
        mass_hg=drop_missing_mass(read_integer(value, "mass_hg"), flags),
        battery_mv=read_integer(value, "battery_mv") or None,
        temperature_c=read_number(value, "temperature_c"),
        tilt_deg=read_integer(value, "tilt_deg"),
        echo_count=read_integer(value, "echo_count"),
        flags=flags,
    )
    return check_record(record, received_at)
