"""From a topic and bytes to a message: ours, or a foreign device's by its kind."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from gateway.errors import GatewayError, ImpossibleRecordError, PayloadError
from gateway.foreign.envelopes import chirpstack, plain, things_stack
from gateway.foreign.registry import Decoder, find_decoders, list_kinds
from gateway.foreign.uplink import Measured, Uplink
from gateway.topic import PARTITIONS, device_of, is_ours, partition_of
from gateway.wire.json_object import JsonObject, parse_object
from gateway.wire.message import (
    MAX_PAYLOAD_BYTES,
    MAX_RECORDS,
    NO_EPOCH,
    Impossible,
    Message,
    Record,
    check_record,
    drop_missing_echo,
    drop_missing_mass,
    number_of,
)
from gateway.wire.payload import decode

log = logging.getLogger(__name__)

# A network server adds what each antenna heard: some hundred bytes for each of them.
MAX_UPLINK_BYTES = 65_536
FAILED = "the decoder failed"
MAX_FAULTS = 3  # that a reason names
SERVERS: dict[str, Callable[[JsonObject], Uplink]] = {
    chirpstack.MARK: chirpstack.unwrap,
    things_stack.MARK: things_stack.unwrap,
}
MARKS = ", ".join((*SERVERS, plain.MARK))


def address(topic: str, payload: bytes) -> str:
    """Say which device a message is from.

    Raises
    ------
    PayloadError
        If neither topic nor payload tells.
    """
    return device_of(topic) if is_ours(topic) else open_envelope(payload).device


def is_for(partitions: Collection[int], topic: str, payload: bytes) -> bool:
    """Tell whether a message is for a gateway of some partitions.

    Of our own topics it hears no others; uplinks every gateway hears, and exactly one
    must keep each of them, also one that names no device.
    """
    if is_ours(topic) or len(partitions) == PARTITIONS:
        return True
    try:
        name = address(topic, payload)
    except PayloadError:
        name = topic
    return partition_of(name) in partitions


def open_payload(
    topic: str, payload: bytes, received_at: datetime, *, kind: str
) -> Message:
    """Decode a message of a device of some kind.

    Raises
    ------
    PayloadError
        If nothing of the message can be used; the text is the reason to keep with it.
    """
    decoder = find_decoders().get(kind)
    if is_ours(topic):
        if decoder is None:
            return decode(payload, received_at)
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise PayloadError(f"more than the limit, {MAX_PAYLOAD_BYTES} bytes")
        uplink = Uplink(device=device_of(topic), payload=payload)
    else:
        uplink = open_envelope(payload)
        if decoder is None:
            if uplink.payload is payload:  # JSON that names its device: our own
                return decode(payload, received_at)
            raise PayloadError(f"kind {kind!r} is unknown; known are {list_kinds()}")
    return _open_frame(uplink, decoder, received_at, whole=payload)


def open_envelope(payload: bytes) -> Uplink:
    """Take a device's bytes out of what its server wrapped them in.

    Raises
    ------
    PayloadError
        If it is no such message; the text names the member.
    """
    if len(payload) > MAX_UPLINK_BYTES:
        raise PayloadError(f"more than the limit, {MAX_UPLINK_BYTES} bytes")
    try:
        body = parse_object(payload)
        for mark, unwrap in SERVERS.items():
            if mark in body:
                return unwrap(body)
        if plain.MARK in body:
            return Uplink(device=plain.read_device(body), payload=payload)
    except PayloadError:
        raise
    except GatewayError as error:
        raise PayloadError(str(error)) from None
    except RecursionError:
        raise PayloadError("not JSON that can be read: nested too deeply") from None
    raise PayloadError(f"no member says which device it is from ({MARKS})")


def _open_frame(
    uplink: Uplink, decoder: Decoder, received_at: datetime, *, whole: bytes
) -> Message:
    """Decode a frame as far as it goes; a fault keeps the message as it came."""
    records: list[Record] = []
    faults: list[str] = []
    try:
        for measured in decoder(uplink):
            if len(records) + len(faults) >= MAX_RECORDS:
                faults.insert(0, f"records: more than {MAX_RECORDS} of them")
                break
            _take(measured, uplink, received_at, records=records, faults=faults)
    except GatewayError as error:
        faults.append(str(error))
    except RecursionError:
        faults.append("nested too deeply")
    except Exception as error:
        # A fault of one decoder costs its own frames; were it to go further, the broker
        # would bring this one again for ever, and no other would be stored.
        log.exception("decoder failed", extra={"device": uplink.device})
        faults.append(f"{FAILED}: {error!r}")
    reason = "; ".join(faults[:MAX_FAULTS])
    if not records:
        raise PayloadError(reason or "the frame carries no measurement")
    kept = [Impossible(payload=whole, reason=reason)] if faults else []
    return Message(
        encoding="json",
        epoch=NO_EPOCH,
        first_seq=0,
        is_oldest=False,
        sent_at=None,
        records=(*records, *kept),
    )


def _take(
    measured: Measured,
    uplink: Uplink,
    received_at: datetime,
    *,
    records: list[Record],
    faults: list[str],
) -> None:
    try:
        record = check_record(_make_record(measured, uplink), received_at)
    except ImpossibleRecordError as error:
        faults.append(str(error))
        return
    # Their time is all that tells such records apart.
    if any(record.seq == each.seq for each in records):
        faults.append(f"measured_at: two records of {record.measured_at.isoformat()}")
    else:
        records.append(record)


def _make_record(measured: Measured, uplink: Uplink) -> Record:
    measured_at = measured.measured_at or uplink.heard_at
    if measured_at is None:
        raise ImpossibleRecordError("measured_at: missing, and no server dated it")
    return Record(
        seq=number_of(measured_at),
        measured_at=measured_at,
        distance_mm=drop_missing_echo(measured.distance_mm, measured.flags),
        mass_hg=drop_missing_mass(measured.mass_hg, measured.flags),
        battery_mv=measured.battery_mv or None,
        temperature_c=measured.temperature_c,
        tilt_deg=measured.tilt_deg,
        echo_count=measured.echo_count,
        flags=measured.flags,
    )
