"""Frames of foreign devices, opened as a gateway does that heard them at noon."""

from datetime import timedelta

from gateway.foreign.opening import open_payload
from gateway.wire.message import Message, Record
from tests.services.uplinks import chirpstack
from tests.services.wire import NOON

RECEIVED_AT = NOON + timedelta(seconds=5)
UPLINK = "application/bins/device/a84041b7c1234567/event/up"


def open_frame(frame: str, kind: str, *, port: int | None = 2) -> Message:
    payload = chirpstack(bytes.fromhex(frame), fPort=port)
    return open_payload(UPLINK, payload, RECEIVED_AT, kind=kind)


def measured(frame: str, kind: str, *, port: int | None = 2) -> Record:
    (record,) = open_frame(frame, kind, port=port).records
    assert isinstance(record, Record)
    return record


def decoded(**members: object) -> Record:
    """Open what a network server decoded by itself."""
    kind = str(members.pop("kind"))
    payload = chirpstack(b"", object=members)
    (record,) = open_payload(UPLINK, payload, RECEIVED_AT, kind=kind).records
    assert isinstance(record, Record)
    return record
