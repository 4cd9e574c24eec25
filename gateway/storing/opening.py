"""From messages to parcels: whose they are, and what they say."""

import time
from collections.abc import Sequence

import psycopg

from gateway.errors import PayloadError
from gateway.foreign.opening import address, open_payload
from gateway.foreign.registry import find_decoders
from gateway.storing.express import Item, open_express, wrap_express
from gateway.storing.parcel import Device, Parcel, Received, wrap
from gateway.storing.rejected import Rejected, reject
from gateway.topic import is_ours
from gateway.wire.binary import decode_binary
from gateway.wire.message import FLAG_CLOCK_UNSET, MAX_PAYLOAD_BYTES, Message, Record

FIND_DEVICES = "SELECT device, device_id, kind FROM device WHERE device = ANY(%s)"
BINARY = (b"\x01", b"\x02")
REMEMBERED_S = 60.0  # a device may be given another kind, or be taken away


class Devices:
    """The devices that have spoken, by the topic of ours that they speak on."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Ask the database for each again: what is remembered may have changed."""
        self._by_topic: dict[str, Device] = {}
        self._forgotten_s = time.monotonic()

    def find(
        self, conn: psycopg.Connection, batch: Sequence[Received]
    ) -> list[Device | PayloadError]:
        """Find whose each message is, or what is wrong with it."""
        if time.monotonic() - self._forgotten_s > REMEMBERED_S:
            self.forget()
        new = [each for each in batch if each.topic not in self._by_topic]
        names = {id(each): _name(each) for each in new}
        known = _look_up(conn, {each for each in names.values() if type(each) is str})
        found: list[Device | PayloadError] = []
        for each in batch:
            device = self._by_topic.get(each.topic)
            if device is not None:
                found.append(device)
                continue
            name = names[id(each)]
            if isinstance(name, PayloadError):
                found.append(name)
            elif name in known:
                found.append(known[name])
                if is_ours(each.topic):
                    self._by_topic[each.topic] = known[name]
            else:
                found.append(PayloadError(f"unknown device {name}"))
        return found


def _name(received: Received) -> str | PayloadError:
    try:
        return address(received.topic, received.payload)
    except PayloadError as error:
        return error


def _look_up(conn: psycopg.Connection, names: set[str]) -> dict[str, Device]:
    if not names:
        return {}
    rows = conn.execute(FIND_DEVICES, (sorted(names),))
    return {name: Device(name, device_id, kind) for name, device_id, kind in rows}


def open_batch(
    conn: psycopg.Connection, batch: Sequence[Received], devices: Devices
) -> tuple[list[Parcel], list[Rejected]]:
    """Decode messages; what cannot be used of them is rejected with the reason."""
    rejected: list[Rejected] = []
    opened: list[Item | Parcel] = []
    for received, device in zip(batch, devices.find(conn, batch), strict=True):
        try:
            opened.append(_open(received, device))
        except PayloadError as error:
            rejected.append(reject(received, str(error)))
    short = iter(wrap_express([each for each in opened if isinstance(each, Item)]))
    parcels = [
        each if isinstance(each, Parcel) else next(short) or _wrap(each)
        for each in opened
    ]
    return parcels, rejected


def _open(received: Received, device: Device | PayloadError) -> Item | Parcel:
    if isinstance(device, PayloadError):
        raise device
    payload = received.payload
    is_native = is_ours(received.topic) and device.kind not in find_decoders()
    if (
        is_native
        and payload[:1] in BINARY
        and len(payload) <= MAX_PAYLOAD_BYTES
        and received.tries == 1
    ):
        return open_express(device, received)
    message = open_payload(
        received.topic, payload, received.received_at, kind=device.kind
    )
    if received.tries > 1:
        _refuse_unset_clock(message)
    return wrap(message, device, received)


def _refuse_unset_clock(message: Message) -> None:
    """Refuse what was dated by its receipt: a replay would store it at two times."""
    good = [each for each in message.records if isinstance(each, Record)]
    unset = [each.seq for each in good if each.flags & FLAG_CLOCK_UNSET]
    if message.is_counted and unset:
        raise PayloadError(
            f"seq {unset[0]}: of an unset clock; its device sends it again"
        )


def _wrap(item: Item) -> Parcel:
    device, origin, _ = item
    return wrap(decode_binary(origin.payload, origin.received_at), device, origin)
