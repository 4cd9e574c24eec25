"""From messages to parcels: whose they are, and what they say."""

from collections.abc import Sequence

import psycopg

from gateway.binary import decode_binary
from gateway.errors import PayloadError
from gateway.express import Item, open_express, wrap_express
from gateway.message import MAX_PAYLOAD_BYTES
from gateway.parcel import Device, Parcel, Received, wrap
from gateway.payload import decode
from gateway.rejected import Rejected, reject
from gateway.topic import device_of

FIND_DEVICES = "SELECT device, device_id FROM device WHERE device = ANY(%s)"


class Devices:
    """The devices that have spoken, by the topic they speak on."""

    def __init__(self) -> None:
        self._by_topic: dict[str, Device] = {}

    def find(self, topic: str) -> Device | None:
        """Find the device of a topic among those that were looked up."""
        return self._by_topic.get(topic)

    def look_up(self, conn: psycopg.Connection, topics: set[str]) -> None:
        """Ask the database for the devices of topics not met before."""
        names = {}
        for topic in topics - self._by_topic.keys():
            try:
                names[topic] = device_of(topic)
            except PayloadError:
                continue  # `open_message` says so again, where it is kept
        if names:
            wanted = (sorted(set(names.values())),)
            ids: dict[str, int] = dict(conn.execute(FIND_DEVICES, wanted).fetchall())
            self._by_topic |= {
                topic: Device(name=name, device_id=ids[name])
                for topic, name in names.items()
                if name in ids
            }


def open_batch(
    conn: psycopg.Connection, batch: Sequence[Received], devices: Devices
) -> tuple[list[Parcel], list[Rejected]]:
    """Decode messages; what cannot be used of them is rejected with the reason."""
    devices.look_up(conn, {each.topic for each in batch})
    rejected: list[Rejected] = []
    opened: list[Item | Parcel] = []
    for received in batch:
        try:
            opened.append(_open(received, devices))
        except PayloadError as error:
            rejected.append(reject(received, str(error)))
    short = iter(wrap_express([each for each in opened if isinstance(each, Item)]))
    parcels = [
        each if isinstance(each, Parcel) else next(short) or _wrap(each)
        for each in opened
    ]
    return parcels, rejected


def _open(received: Received, devices: Devices) -> Item | Parcel:
    device = devices.find(received.topic)
    if device is None:
        raise PayloadError(f"unknown device {device_of(received.topic)}")
    payload = received.payload
    if payload[:1] == b"\x01" and len(payload) <= MAX_PAYLOAD_BYTES:
        return open_express(device, received)
    return wrap(decode(payload, received.received_at), device, received)


def _wrap(item: Item) -> Parcel:
    device, origin, _ = item
    return wrap(decode_binary(origin.payload, origin.received_at), device, origin)
