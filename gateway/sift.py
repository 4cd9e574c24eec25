"""What of a batch is new: pure, so that it can be tested without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gateway.cursor import advance
from gateway.errors import PayloadError
from gateway.foreign.opening import address, open_payload
from gateway.message import (
    FLAG_CLOCK_UNSET,
    Encoding,
    Impossible,
    Message,
    Record,
)

Journal = tuple[int, int]  # device_id, epoch


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A message as it came, and when; at its second try it is a replay."""

    topic: str
    payload: bytes
    received_at: datetime
    tries: int = 1

    @property
    def is_replay(self) -> bool:
        """Tell whether it was rejected before, and its device has long gone on."""
        return self.tries > 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """What is kept for people to look at."""

    topic: str
    payload: bytes
    received_at: datetime
    reason: str
    tries: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownDevice:
    """A device that was registered, and what kind it is said to be."""

    device_id: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A decoded message of a device that we know."""

    origin: Received
    device: str
    device_id: int
    message: Message

    @property
    def journal(self) -> Journal:
        """The journal that the records continue."""
        return self.device_id, self.message.epoch


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A record to store."""

    device_id: int
    epoch: int
    received_at: datetime
    record: Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Records that a device no longer has."""

    device_id: int
    epoch: int
    from_seq: int
    to_seq: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ack:
    """What a device may forget."""

    device: str
    encoding: Encoding
    epoch: int
    next_seq: int


@dataclass(kw_only=True, slots=True)
class Harvest:
    """What a batch leaves behind."""

    cursors: dict[Journal, int]
    rows: list[Row] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    acks: dict[Journal, Ack] = field(default_factory=dict)


def reject(origin: Received, reason: str, payload: bytes | None = None) -> Rejected:
    """Keep a message, or a part of it, with the reason."""
    return Rejected(
        topic=origin.topic,
        payload=origin.payload if payload is None else payload,
        received_at=origin.received_at,
        reason=reason,
        tries=origin.tries,
    )


def read_devices(batch: Iterable[Received]) -> set[str]:
    """List the devices that a batch names."""
    names = set()
    for received in batch:
        try:
            names.add(address(received.topic, received.payload))
        except PayloadError:
            continue  # `open_message` says so again, where it is kept
    return names


def open_message(
    received: Received, devices: Mapping[str, KnownDevice]
) -> Delivery | Rejected:
    """Decode one message of a known device."""
    try:
        device = address(received.topic, received.payload)
        known = devices.get(device)
        if known is None:
            return reject(received, f"unknown device {device}")
        message = open_payload(
            received.topic, received.payload, received.received_at, kind=known.kind
        )
    except PayloadError as error:
        return reject(received, str(error))
    return Delivery(
        origin=received,
        device=device,
        device_id=known.device_id,
        message=message,
    )


def sift(deliveries: Iterable[Delivery], cursors: Mapping[Journal, int]) -> Harvest:
    """Keep of each message what continues its journal, in order of arrival."""
    harvest = Harvest(cursors=dict(cursors))
    for delivery in deliveries:
        if not delivery.message.is_counted:
            _keep(delivery, harvest, skip=0)
        elif delivery.origin.is_replay:
            _sift_replay(delivery, harvest)
        else:
            _sift_counted(delivery, harvest)
    return harvest


def _sift_replay(delivery: Delivery, harvest: Harvest) -> None:
    """Keep records by their own numbers, wherever the cursor is, and leave it there.

    What the device still has to send, it sends with the same number and the same time;
    only one of an unset clock, dated by its receipt, would be stored at two times.
    """
    for each in delivery.message.records:
        if isinstance(each, Record) and each.flags & FLAG_CLOCK_UNSET:
            reason = f"seq {each.seq}: of an unset clock; its device sends it again"
            harvest.rejected.append(reject(delivery.origin, reason))
            return
    _keep(delivery, harvest, skip=0)


def _sift_counted(delivery: Delivery, harvest: Harvest) -> None:
    message, journal = delivery.message, delivery.journal
    step = advance(
        harvest.cursors[journal],
        first_seq=message.first_seq,
        count=len(message.records),
        is_oldest=message.is_oldest,
    )
    if step.lost_from is not None:
        device_id, epoch = journal
        gap = Gap(
            device_id=device_id,
            epoch=epoch,
            from_seq=step.lost_from,
            to_seq=message.first_seq,
        )
        harvest.gaps.append(gap)
    _keep(delivery, harvest, skip=step.skip)
    harvest.cursors[journal] = step.next_seq
    # Acks go out in the order of this dict: a device's last journal must come last.
    harvest.acks.pop(journal, None)
    harvest.acks[journal] = Ack(
        device=delivery.device,
        encoding=message.encoding,
        epoch=message.epoch,
        next_seq=step.next_seq,
    )


def _keep(delivery: Delivery, harvest: Harvest, *, skip: int) -> None:
    for record in delivery.message.records[skip:]:
        if isinstance(record, Impossible):
            harvest.rejected.append(
                reject(delivery.origin, record.reason, record.payload)
            )
        else:
            row = Row(
                device_id=delivery.device_id,
                epoch=delivery.message.epoch,
                received_at=delivery.origin.received_at,
                record=record,
            )
            harvest.rows.append(row)
