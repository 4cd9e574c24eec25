"""A message made ready for the database: rows to copy, and where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from gateway.storing.rows import SECOND_US, encode_record, to_us
from gateway.wire.message import NO_EPOCH, Encoding, Impossible, Message, Record

Journal = tuple[int, int]  # device_id, epoch


@dataclass(frozen=True, slots=True)
class Device:
    """A device that the database knows."""

    name: str
    device_id: int
    kind: str


class Received(NamedTuple):
    """A message as it came, and when by the database's clock, in s since 1970.

    At its second try it is a replay: its device has long gone on.
    """

    topic: str
    payload: bytes
    received_s: int
    tries: int = 1

    @property
    def received_at(self) -> datetime:
        """Say when it came."""
        return datetime.fromtimestamp(self.received_s, UTC)


class Newest(NamedTuple):
    """The newest of some records: what its device's journal keeps of it."""

    measured_us: int
    received_us: int
    distance_mm: int | None
    mass_hg: int | None
    battery_mv: int | None
    temperature_dc: int | None
    tilt_deg: int | None
    flags: int | None


@dataclass(kw_only=True, slots=True)
class Parcel:
    """The records of one message, encoded.

    Each stands for 2**`stride` numbers. Record `i` ends at `ends[i]` in `rows`; an
    impossible one takes no room and is in `refused` with its index. `earliest_us` and
    `newest` are None if none is usable.
    """

    origin: Received
    device: Device
    encoding: Encoding
    epoch: int
    first_seq: int
    count: int
    is_oldest: bool
    is_ahead: bool
    stride: int
    rows: bytes
    ends: Sequence[int]
    earliest_us: int | None
    newest: Newest | None
    refused: Sequence[tuple[int, Impossible]] = ()

    @property
    def journal(self) -> Journal:
        """The journal that the records continue."""
        return self.device.device_id, self.epoch

    @property
    def is_counted(self) -> bool:
        """Tell whether the device numbers its records and so can hear an ack."""
        return self.epoch != NO_EPOCH

    @property
    def is_replay(self) -> bool:
        """Tell whether the message was rejected before."""
        return self.origin.tries > 1

    @property
    def is_doubtful(self) -> bool:
        """Tell whether only the key of each record can say what is known of it."""
        return not self.is_counted or self.is_replay or self.is_ahead

    @property
    def is_answered(self) -> bool:
        """Tell whether the device waits to hear where its journal stands."""
        return self.is_counted and not self.is_replay

    @property
    def end_seq(self) -> int:
        """The number after those that the last record stands for."""
        return self.first_seq + (self.count << self.stride)

    def rows_after(self, skip: int) -> bytes:
        """Return the rows of all records but the first `skip`."""
        return self.rows[self.ends[skip - 1] :] if skip else self.rows


def wrap(message: Message, device: Device, origin: Received) -> Parcel:
    """Encode the records of a message as rows."""
    received_us = origin.received_s * SECOND_US
    rows: list[bytes] = []
    ends: list[int] = []
    good: list[Record] = []
    refused: list[tuple[int, Impossible]] = []
    end = 0
    for index, each in enumerate(message.records):
        if isinstance(each, Impossible):
            refused.append((index, each))
        else:
            good.append(each)
            rows.append(
                encode_record(
                    each,
                    device_id=device.device_id,
                    epoch=message.epoch,
                    received_us=received_us,
                )
            )
            end += len(rows[-1])
        ends.append(end)
    return Parcel(
        origin=origin,
        device=device,
        encoding=message.encoding,
        epoch=message.epoch,
        first_seq=message.first_seq,
        count=len(message.records),
        is_oldest=message.is_oldest,
        is_ahead=message.is_ahead,
        stride=message.stride,
        rows=b"".join(rows),
        ends=ends,
        earliest_us=min((to_us(each.measured_at) for each in good), default=None),
        newest=_newest(good, received_us),
        refused=refused,
    )


def _newest(records: Sequence[Record], received_us: int) -> Newest | None:
    if not records:
        return None
    newest = max(records, key=lambda each: (each.measured_at, each.seq))
    return Newest(
        measured_us=to_us(newest.measured_at),
        received_us=received_us,
        distance_mm=newest.distance_mm,
        mass_hg=newest.mass_hg,
        battery_mv=newest.battery_mv,
        temperature_dc=newest.temperature_dc,
        tilt_deg=newest.tilt_deg,
        flags=newest.flags,
    )
