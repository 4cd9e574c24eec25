"""Records as rows of PostgreSQL's binary COPY (documentation of COPY, File Formats)."""

from datetime import datetime
from struct import Struct

from gateway.wire.message import EPOCH_OF_TIME, MICROSECOND, Record

COPY = """
COPY {table} (device_id, measured_at, epoch, seq, received_at, distance_mm, mass_hg,
              battery_mv, temperature_dc, tilt_deg, echo_count, flags)
FROM STDIN (FORMAT BINARY)"""
BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"

COLUMNS = 12
# Each value stands behind its length in bytes.
pack_key = Struct("!h" + "ii" + "iq" * 4).pack
pack_short = Struct("!ih").pack
NULL = b"\xff\xff\xff\xff"

SECOND_US = 1_000_000
# PostgreSQL counts from 2000-01-01.
POSTGRES_EPOCH_US = 946_684_800 * SECOND_US


def to_us(at: datetime) -> int:
    """Count the microseconds since 1970."""
    return (at - EPOCH_OF_TIME) // MICROSECOND


def encode_record(
    record: Record, *, device_id: int, epoch: int, received_us: int
) -> bytes:
    """Encode a record whose values may be missing."""
    key = pack_key(
        *(COLUMNS, 4, device_id),
        *(8, to_us(record.measured_at) - POSTGRES_EPOCH_US),
        *(8, epoch, 8, record.seq, 8, received_us - POSTGRES_EPOCH_US),
    )
    return key + b"".join(
        NULL if value is None else pack_short(2, value) for value in shorts_of(record)
    )


def shorts_of(record: Record) -> tuple[int | None, ...]:
    """List what was measured, in the order of the columns."""
    return (
        record.distance_mm,
        record.mass_hg,
        record.battery_mv,
        record.temperature_dc,
        record.tilt_deg,
        record.echo_count,
        record.flags,
    )
