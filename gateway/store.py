"""One transaction a batch: stored whole and once, or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from gateway.sift import (
    Ack,
    Delivery,
    Gap,
    Journal,
    KnownDevice,
    Received,
    Rejected,
    Row,
    open_message,
    read_devices,
    reject,
    sift,
)

MAX_NOTIFIED_DEVICES = 500  # a notification holds 8000 bytes (PostgreSQL, NOTIFY)

READ_CLOCK = "SELECT clock_now(), coalesce((SELECT speed FROM clock), 1)"
FIND_DEVICES = "SELECT device, device_id, kind FROM device WHERE device = ANY(%s)"
# Both in one order, so that two gateways with the same devices wait for each other
# instead of deadlocking.
MAKE_CURSORS = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at)
SELECT device_id, epoch, 0, %s
FROM unnest(%s::int[], %s::bigint[]) AS new (device_id, epoch)
ORDER BY device_id, epoch
ON CONFLICT DO NOTHING"""
LOCK_CURSORS = """
SELECT device_id, epoch, next_seq FROM device_journal
WHERE (device_id, epoch) IN (SELECT * FROM unnest(%s::int[], %s::bigint[]))
ORDER BY device_id, epoch FOR UPDATE"""
MOVE_CURSORS = """
UPDATE device_journal SET next_seq = new.next_seq, heard_at = %s
FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) AS new (device_id, epoch, next_seq)
WHERE device_journal.device_id = new.device_id AND device_journal.epoch = new.epoch
    AND device_journal.next_seq <> new.next_seq"""
ENSURE_PARTITIONS = """
SELECT ensure_reading_partitions(week_at, week_at + interval '1 day')
FROM (SELECT DISTINCT date_trunc('week', measured_at, 'UTC') AS week_at
      FROM unnest(%s::timestamptz[]) AS new (measured_at)) AS weeks"""
# The key is the belt to the cursor's braces, and all that foreign devices have.
WRITE_READINGS = """
WITH new AS (
    INSERT INTO reading (device_id, epoch, received_at, seq, measured_at, distance_mm,
                         battery_mv, temperature_dc, tilt_deg, echo_count, flags)
    SELECT * FROM unnest(
        %s::int[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s::timestamptz[],
        %s::smallint[], %s::smallint[], %s::smallint[], %s::smallint[], %s::smallint[],
        %s::smallint[])
    ON CONFLICT DO NOTHING
    RETURNING *
), latest AS (
    INSERT INTO device_journal AS old (
        device_id, epoch, next_seq, heard_at, measured_at, received_at, distance_mm,
        battery_mv, temperature_dc, tilt_deg, flags)
    SELECT DISTINCT ON (device_id, epoch) device_id, epoch, 0, received_at,
           measured_at, received_at, distance_mm, battery_mv, temperature_dc, tilt_deg,
           flags
    FROM new ORDER BY device_id, epoch, measured_at DESC, seq DESC
    ON CONFLICT (device_id, epoch) DO UPDATE SET
        measured_at = excluded.measured_at, received_at = excluded.received_at,
        distance_mm = excluded.distance_mm, battery_mv = excluded.battery_mv,
        temperature_dc = excluded.temperature_dc, tilt_deg = excluded.tilt_deg,
        flags = excluded.flags
    WHERE excluded.measured_at > coalesce(old.measured_at, '-infinity')
)
SELECT device_id, count(*) FROM new GROUP BY device_id ORDER BY device_id"""
WRITE_GAPS = """
INSERT INTO reading_gap (device_id, epoch, from_seq, to_seq, recorded_at)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
WRITE_REJECTED = """
INSERT INTO rejected_message (received_at, topic, payload, reason, tries)
VALUES (%s, %s, %s, %s, %s)"""
NOTIFY = "SELECT pg_notify('ullage', %s)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A message that came; `waited_s` is how long ago that was, real time.

    One from the inbox has its time of receipt already, and may be a replay.
    """

    topic: str
    payload: bytes
    waited_s: float = 0.0
    received_at: datetime | None = None
    tries: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What was committed: the acks to send, in order, and when.

    `rows` are new readings, `known` records were stored before or not wanted yet.
    """

    acks: tuple[Ack, ...]
    at: datetime
    rows: int
    known: int
    reasons: tuple[str, ...]

    @property
    def rejected(self) -> int:
        """How many messages, or parts of them, were kept aside."""
        return len(self.reasons)


def store_batch(conn: psycopg.Connection, arrivals: Sequence[Arrival]) -> Stored:
    """Store a batch in one transaction.

    Raises
    ------
    psycopg.Error
        If nothing was stored, or it is not known whether: the same batch again is safe.
    """
    with conn.transaction():
        now, batch = _receive(conn, arrivals)
        deliveries, refused = _open(conn, batch)
        harvest = sift(deliveries, _lock_cursors(conn, deliveries, now))
        written = _write_readings(conn, harvest.rows)
        _notify(conn, list(written))
        _move_cursors(conn, harvest.cursors, now)
        _write_gaps(conn, harvest.gaps, now)
        rejected = refused + harvest.rejected
        _write_rejected(conn, rejected)
    rows = sum(written.values())
    records = sum(len(each.message.records) for each in deliveries)
    return Stored(
        acks=tuple(harvest.acks.values()),
        at=now,
        rows=rows,
        known=records - rows - len(harvest.rejected),
        reasons=tuple(each.reason for each in rejected),
    )


def set_aside(conn: psycopg.Connection, arrival: Arrival, reason: str) -> Stored:
    """Keep a message that the database refuses, so that it stops no others."""
    with conn.transaction():
        now, (received,) = _receive(conn, [arrival])
        _write_rejected(conn, [reject(received, reason)])
    return Stored(acks=(), at=now, rows=0, known=0, reasons=(reason,))


def _receive(
    conn: psycopg.Connection, arrivals: Sequence[Arrival]
) -> tuple[datetime, list[Received]]:
    """Date what came by the database's clock, which may run faster than ours."""
    ((now, speed),) = conn.execute(READ_CLOCK).fetchall()
    return now, [
        Received(
            topic=each.topic.replace("\0", "\N{SYMBOL FOR NULL}"),  # text holds none
            payload=each.payload,
            received_at=each.received_at
            or now - timedelta(seconds=each.waited_s * speed),
            tries=each.tries,
        )
        for each in arrivals
    ]


def _open(
    conn: psycopg.Connection, batch: list[Received]
) -> tuple[list[Delivery], list[Rejected]]:
    names = sorted(read_devices(batch))
    devices = {
        device: KnownDevice(device_id=device_id, kind=kind)
        for device, device_id, kind in conn.execute(FIND_DEVICES, (names,))
    }
    opened = [open_message(each, devices) for each in batch]
    return (
        [each for each in opened if isinstance(each, Delivery)],
        [each for each in opened if isinstance(each, Rejected)],
    )


def _lock_cursors(
    conn: psycopg.Connection, deliveries: Iterable[Delivery], now: datetime
) -> dict[Journal, int]:
    journals = sorted({each.journal for each in deliveries if each.message.is_counted})
    if not journals:
        return {}
    keys = [list(column) for column in zip(*journals, strict=True)]
    conn.execute(MAKE_CURSORS, (now, *keys))
    rows = conn.execute(LOCK_CURSORS, keys).fetchall()
    return {(device_id, epoch): next_seq for device_id, epoch, next_seq in rows}


def _write_readings(conn: psycopg.Connection, rows: Sequence[Row]) -> dict[int, int]:
    """Write readings and the latest of each device; return whose are new, how many."""
    if not rows:
        return {}
    conn.execute(ENSURE_PARTITIONS, ([row.record.measured_at for row in rows],))
    columns = zip(*map(_row_values, rows), strict=True)
    devices = conn.execute(WRITE_READINGS, [list(column) for column in columns])
    return dict(devices.fetchall())


def _row_values(row: Row) -> tuple[object, ...]:
    record = row.record
    return (
        row.device_id,
        row.epoch,
        row.received_at,
        record.seq,
        record.measured_at,
        record.distance_mm,
        record.battery_mv,
        None if record.temperature_c is None else round(record.temperature_c * 10),
        record.tilt_deg,
        record.echo_count,
        record.flags,
    )


def _move_cursors(
    conn: psycopg.Connection, cursors: dict[Journal, int], now: datetime
) -> None:
    if cursors:
        moved = [(*journal, next_seq) for journal, next_seq in cursors.items()]
        columns = [list(column) for column in zip(*moved, strict=True)]
        conn.execute(MOVE_CURSORS, (now, *columns))


def _write_gaps(conn: psycopg.Connection, gaps: list[Gap], now: datetime) -> None:
    values = [(g.device_id, g.epoch, g.from_seq, g.to_seq, now) for g in gaps]
    if values:
        conn.cursor().executemany(WRITE_GAPS, values)


def _write_rejected(conn: psycopg.Connection, rejected: list[Rejected]) -> None:
    values = [(r.received_at, r.topic, r.payload, r.reason, r.tries) for r in rejected]
    if values:
        conn.cursor().executemany(WRITE_REJECTED, values)


def _notify(conn: psycopg.Connection, device_ids: list[int]) -> None:
    for start in range(0, len(device_ids), MAX_NOTIFIED_DEVICES):
        devices = device_ids[start : start + MAX_NOTIFIED_DEVICES]
        news = json.dumps(
            {"kind": "readings", "devices": devices}, separators=(",", ":")
        )
        conn.execute(NOTIFY, (news,))
