"""What a bin said: one model for both encodings of docs/payload.md."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from gateway.errors import ImpossibleRecordError, PayloadError

Encoding = Literal["binary", "json"]

# Version 2 is a message that goes ahead of its turn, or of thinned records.
VERSION = 1
LATEST_VERSION = 2
MAX_STRIDE = 15
MAX_PAYLOAD_BYTES = 8192
MAX_RECORDS = 512
MAX_UINT32 = 2**32 - 1
MASS_NOT_MEASURED_HG = 65_535
FLAG_CLOCK_UNSET = 0x01
FLAG_NO_ECHO = 0x02
FLAG_NOISY = 0x04
FLAG_TILTED = 0x08
FLAG_HOT = 0x10
FLAG_BATTERY_LOW = 0x20
FLAG_WEIGHED = 0x80  # in the binary encoding
# The epoch of devices that do not count: the measuring time is their number.
NO_EPOCH = 0

EPOCH_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
EARLIEST_AT = datetime(2020, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(hours=1)
LIMITS = {
    "distance_mm": (0, 20_000),
    "mass_hg": (0, 32_000),
    "battery_mv": (0, 20_000),
    "temperature_c": (-60, 150),
    "tilt_deg": (0, 180),
    "echo_count": (0, 255),
    "flags": (0, 255),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One reading on the wire; None: not measured, or no echo.

    `mass_hg` is what a load cell says, in steps of 100 g.
    """

    seq: int
    measured_at: datetime
    distance_mm: int | None = None
    mass_hg: int | None = None
    battery_mv: int | None = None
    temperature_c: float | None = None
    tilt_deg: int | None = None
    echo_count: int | None = None
    flags: int = 0

    @property
    def temperature_dc(self) -> int | None:
        """Return the temperature as it is stored: tenths of a degree."""
        celsius = self.temperature_c
        return None if celsius is None else round(10 * celsius)


@dataclass(frozen=True, kw_only=True, slots=True)
class Impossible:
    """A record that is kept for people to look at: a message of it, and what is wrong.

    The message is complete, in the encoding of the one it came in: mended or believed
    after all, it can be decoded again.
    """

    payload: bytes
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """Records that follow each other in a device's journal.

    Each stands for 2**`stride` numbers: its own, and those up to the next record's.
    """

    encoding: Encoding
    epoch: int
    first_seq: int
    is_oldest: bool
    sent_at: datetime | None
    records: tuple[Record | Impossible, ...]
    is_ahead: bool = False
    stride: int = 0

    @property
    def is_counted(self) -> bool:
        """Tell whether the device numbers its records and so can hear an ack."""
        return self.epoch != NO_EPOCH


def number_of(measured_at: datetime) -> int:
    """Give the record of a device that does not count a number: when it measured."""
    return (measured_at - EPOCH_OF_TIME) // MICROSECOND


def check_count(count: int) -> None:
    """Refuse a message of no records or of too many."""
    if not 1 <= count <= MAX_RECORDS:
        raise PayloadError(f"records: {count} of them, not 1 to {MAX_RECORDS}")


def check_place(epoch: int, first_seq: int, count: int) -> None:
    """Refuse a place in a journal that the ack could not name."""
    if not 1 <= epoch <= MAX_UINT32:
        raise PayloadError(f"epoch: {epoch} is not in 1..{MAX_UINT32}")
    if not 0 <= first_seq <= MAX_UINT32 - count:
        raise PayloadError(f"seq: {first_seq} is not in 0..{MAX_UINT32 - count}")


def check_version(version: int, *, is_ahead: bool, stride: int) -> None:
    """Refuse flags that the version does not have, or that contradict each other."""
    if not 0 <= stride <= MAX_STRIDE:
        raise PayloadError(f"stride: {stride} is not in 0..{MAX_STRIDE}")
    if version == VERSION and (is_ahead or stride):
        raise PayloadError("ahead, stride: only in a message of version 2")
    if is_ahead and stride:
        raise PayloadError(
            "ahead: not with a stride, for what is newest is not thinned"
        )


def check_record(record: Record, received_at: datetime) -> Record:
    """Return the record if it is within the limits of the contract."""
    if record.measured_at < EARLIEST_AT:
        raise ImpossibleRecordError(
            f"measured_at: {record.measured_at.isoformat()} is before 2020"
        )
    if record.measured_at > received_at + LATEST_AHEAD:
        raise ImpossibleRecordError(
            f"measured_at: {record.measured_at.isoformat()} is more than an hour after "
            f"the time of receipt, {received_at.isoformat(timespec='seconds')}"
        )
    for field, (low, high) in LIMITS.items():
        value = getattr(record, field)
        if value is not None and not low <= value <= high:
            raise ImpossibleRecordError(f"{field}: {value} is not in {low}..{high}")
    return record


def resolve_time(
    measured_at: datetime,
    *,
    sent_at: datetime | None,
    received_at: datetime,
    flags: int,
) -> datetime:
    """Say when a record was measured, also if the device did not know the time."""
    if not flags & FLAG_CLOCK_UNSET:
        return measured_at
    if sent_at is None:
        raise ImpossibleRecordError(
            "sent_at: missing, and the flag clock_unset needs it"
        )
    try:
        return received_at - (sent_at - measured_at)
    except OverflowError:
        raise ImpossibleRecordError(
            "measured_at: too far from sent_at for a time"
        ) from None


def drop_missing_echo(distance_mm: int | None, flags: int) -> int | None:
    """Turn the ways to say "no echo" into one."""
    return None if flags & FLAG_NO_ECHO else distance_mm or None


def drop_missing_mass(mass_hg: int | None, flags: int) -> int | None:
    """Turn the ways to say that a load cell gave nothing into one; 0 is a mass."""
    is_missing = flags & FLAG_NO_ECHO or mass_hg == MASS_NOT_MEASURED_HG
    return None if is_missing else mass_hg
