"""Readings that wait to be judged, and what was made of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

LOCK_KEY = 0x7175616C  # "qual" in ASCII


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A journal with records that were not judged; `version` changes with the row."""

    device_id: int
    epoch: int
    judge_from_at: datetime
    span_h: float
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceSpan:
    """The readings of one device at one slot, in order; the lists run in parallel.

    Hours count from 1970-01-01 UTC. A distance of 0 is one that was not measured; one
    that `is_weighed` is made of a mass (`surface_mm()` in the schema).
    """

    device_id: int
    slot_id: int
    epoch: list[int]
    seq: list[int]
    measured_h: list[float]
    received_h: list[float]
    previous_h: list[float | None]
    distance_mm: list[int | None]
    is_weighed: list[bool]
    tilt_deg: list[int | None]
    empty_mm: list[int]
    full_mm: list[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultRow:
    """A reading that is not believed."""

    device_id: int
    measured_at: datetime
    epoch: int
    seq: int
    fault: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrustRow:
    """What is held of a device."""

    device_id: int
    state: str
    reasons: list[str]
    since: datetime
    measured_at: datetime
    believed_at: datetime | None
    believed_mm: int | None
    level_mm: float
    deviation_mm: float
    readings: int
    echo_share: float
    no_echo_share: float
    stuck_share: float
    clock_share: float
    moved_share: float
    gap_share: float
    echo_heights_mm: list[int]
    empty_fill: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EmptyingRow:
    """An emptying that a device showed."""

    slot_id: int
    device_id: int
    emptied_at: datetime
    kind: str
    after_at: datetime
    seen_at: datetime
    fill_before: float
    fill_after: float
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was made of one device at one slot from a time on."""

    device_id: int
    slot_id: int
    from_at: datetime
    faults: list[FaultRow]
    emptyings: list[EmptyingRow]


LOCK = "SELECT pg_try_advisory_xact_lock(%s)"
# The version is read before the readings: a record that comes in between changes it,
# even one that leaves judge_from_at as it was.
WAITING = """
SELECT device_id, epoch, judge_from_at, xmin::text AS version,
       coalesce(extract(epoch FROM measured_at - judge_from_at)::float8 / 3600, 0)
           AS span_h
FROM device_journal
WHERE device_id IN (
    SELECT device_id FROM device_journal WHERE judge_from_at IS NOT NULL
    GROUP BY device_id ORDER BY min(heard_at) LIMIT %s)
    AND judge_from_at IS NOT NULL
ORDER BY device_id, epoch"""
CAUGHT_UP = """
UPDATE device_journal SET judge_from_at = NULL
FROM unnest(%s::integer[], %s::bigint[], %s::text[])
    AS judged (device_id, epoch, version)
WHERE device_journal.device_id = judged.device_id
    AND device_journal.epoch = judged.epoch
    AND device_journal.xmin::text = judged.version"""
SPANS = """
WITH wanted AS (
    SELECT * FROM unnest(%s::integer[], %s::timestamptz[]) AS each (device_id, since)),
one AS (
    SELECT reading.device_id, device_slot.slot_id, epoch, seq, measured_at, received_at,
           lag(measured_at) OVER (
               PARTITION BY reading.device_id, epoch ORDER BY seq) AS previous_at,
           nullif(surface_mm(distance_mm, mass_hg, calibration.empty_mm,
                             calibration.full_mm, empty_kg, full_kg), 0) AS distance_mm,
           mass_hg IS NOT NULL AND empty_kg IS NOT NULL AS is_weighed,
           tilt_deg, scale_empty_mm(calibration.empty_mm) AS empty_mm,
           scale_full_mm(calibration.full_mm) AS full_mm
    FROM wanted
    JOIN reading ON reading.device_id = wanted.device_id
        AND reading.measured_at >= wanted.since
    JOIN device_slot ON device_slot.device_id = reading.device_id
        AND reading.measured_at >= device_slot.from_at
        AND (device_slot.to_at IS NULL OR reading.measured_at < device_slot.to_at)
    JOIN LATERAL (
        SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration
        WHERE calibration.slot_id = device_slot.slot_id
            AND calibration.valid_from <= reading.measured_at
        ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true)
SELECT device_id, slot_id, array_agg(epoch ORDER BY place) AS epoch,
       array_agg(seq ORDER BY place) AS seq,
       array_agg(extract(epoch FROM measured_at)::float8 / 3600 ORDER BY place)
           AS measured_h,
       array_agg(extract(epoch FROM received_at)::float8 / 3600 ORDER BY place)
           AS received_h,
       array_agg(extract(epoch FROM previous_at)::float8 / 3600 ORDER BY place)
           AS previous_h,
       array_agg(distance_mm::integer ORDER BY place) AS distance_mm,
       array_agg(is_weighed ORDER BY place) AS is_weighed,
       array_agg(tilt_deg::integer ORDER BY place) AS tilt_deg,
       array_agg(empty_mm ORDER BY place) AS empty_mm,
       array_agg(full_mm ORDER BY place) AS full_mm
FROM (SELECT *, row_number() OVER (ORDER BY measured_at, one.epoch, seq) AS place
      FROM one) AS placed
GROUP BY device_id, slot_id
ORDER BY device_id, max(measured_at)"""
TRUST = """
SELECT device_id, state, reasons, since, measured_at, believed_at, believed_mm,
       level_mm, deviation_mm, readings, echo_share, no_echo_share, stuck_share,
       clock_share, moved_share, gap_share, echo_heights_mm, empty_fill
FROM sensor_trust WHERE device_id = ANY (%s)"""
FORGET_FAULTS = """
DELETE FROM reading_fault WHERE device_id = %(device_id)s
    AND measured_at >= %(from_at)s AND EXISTS (
        SELECT FROM device_slot
        WHERE device_slot.device_id = reading_fault.device_id
            AND device_slot.slot_id = %(slot_id)s
            AND reading_fault.measured_at >= device_slot.from_at
            AND (device_slot.to_at IS NULL
                 OR reading_fault.measured_at < device_slot.to_at))"""
WRITE_FAULT = """
INSERT INTO reading_fault (device_id, measured_at, epoch, seq, fault)
VALUES (%(device_id)s, %(measured_at)s, %(epoch)s, %(seq)s, %(fault)s)
ON CONFLICT (device_id, measured_at, epoch, seq) DO UPDATE SET fault = excluded.fault"""
FORGET_EMPTYINGS = """
DELETE FROM emptying
WHERE slot_id = %(slot_id)s AND source = 'device' AND device_id = %(device_id)s
    AND seen_at >= %(from_at)s AND emptied_at <> ALL (%(kept)s)"""
WRITE_EMPTYING = """
INSERT INTO emptying (slot_id, device_id, emptied_at, source, kind, after_at, seen_at,
                      fill_before, fill_after, confidence)
VALUES (%(slot_id)s, %(device_id)s, %(emptied_at)s, 'device', %(kind)s, %(after_at)s,
        %(seen_at)s, %(fill_before)s, %(fill_after)s, %(confidence)s)
ON CONFLICT (slot_id, emptied_at, source) DO UPDATE SET
    kind = excluded.kind, after_at = excluded.after_at, seen_at = excluded.seen_at,
    fill_before = excluded.fill_before, fill_after = excluded.fill_after,
    confidence = excluded.confidence"""
WRITE_TRUST = """
INSERT INTO sensor_trust (
    device_id, state, reasons, since, judged_at, measured_at, believed_at, believed_mm,
    level_mm, deviation_mm, readings, echo_share, no_echo_share, stuck_share,
    clock_share, moved_share, gap_share, echo_heights_mm, empty_fill)
VALUES (
    %(device_id)s, %(state)s, %(reasons)s, %(since)s, clock_now(), %(measured_at)s,
    %(believed_at)s, %(believed_mm)s, %(level_mm)s, %(deviation_mm)s, %(readings)s,
    %(echo_share)s, %(no_echo_share)s, %(stuck_share)s, %(clock_share)s,
    %(moved_share)s, %(gap_share)s, %(echo_heights_mm)s, %(empty_fill)s)
ON CONFLICT (device_id) DO UPDATE SET
    state = excluded.state, reasons = excluded.reasons, since = excluded.since,
    judged_at = excluded.judged_at, measured_at = excluded.measured_at,
    believed_at = excluded.believed_at, believed_mm = excluded.believed_mm,
    level_mm = excluded.level_mm, deviation_mm = excluded.deviation_mm,
    readings = excluded.readings, echo_share = excluded.echo_share,
    no_echo_share = excluded.no_echo_share, stuck_share = excluded.stuck_share,
    clock_share = excluded.clock_share, moved_share = excluded.moved_share,
    gap_share = excluded.gap_share, echo_heights_mm = excluded.echo_heights_mm,
    empty_fill = excluded.empty_fill"""
TELL = """
SELECT pg_notify('ullage', json_build_object(
    'kind', 'readings', 'devices', %s::integer[])::text)"""


def is_alone(conn: Connection[Any]) -> bool:
    """Tell whether nobody else judges, until the transaction ends."""
    row = conn.execute(LOCK, (LOCK_KEY,)).fetchone()
    return row is not None and bool(row[0])


def load_waiting(conn: Connection[Any], *, devices: int) -> list[Waiting]:
    """Load the journals of devices that wait, those that wait longest first."""
    with conn.cursor(row_factory=class_row(Waiting)) as cursor:
        return cursor.execute(WAITING, (devices,)).fetchall()


def load_spans(conn: Connection[Any], since: dict[int, datetime]) -> list[DeviceSpan]:
    """Load each device's readings since a time, slot by slot, the last slot last."""
    asked = (list(since), list(since.values()))
    with conn.cursor(binary=True, row_factory=class_row(DeviceSpan)) as cursor:
        return cursor.execute(SPANS, asked).fetchall()


def load_trust(conn: Connection[Any], device_ids: list[int]) -> dict[int, TrustRow]:
    """Load what was held of the devices so far."""
    with conn.cursor(row_factory=class_row(TrustRow)) as cursor:
        rows = cursor.execute(TRUST, (device_ids,)).fetchall()
    return {row.device_id: row for row in rows}


def write_verdict(conn: Connection[Any], verdict: Verdict) -> None:
    """Replace what was made of the readings from a time on."""
    scope = {
        "device_id": verdict.device_id,
        "slot_id": verdict.slot_id,
        "from_at": verdict.from_at,
        "kept": [each.emptied_at for each in verdict.emptyings],
    }
    cursor = conn.cursor()
    cursor.execute(FORGET_FAULTS, scope)
    cursor.executemany(WRITE_FAULT, [asdict(each) for each in verdict.faults])
    cursor.execute(FORGET_EMPTYINGS, scope)
    cursor.executemany(WRITE_EMPTYING, [asdict(each) for each in verdict.emptyings])


def write_trust(conn: Connection[Any], rows: Sequence[TrustRow]) -> None:
    """Keep what is held of the devices now."""
    conn.cursor().executemany(WRITE_TRUST, [asdict(each) for each in rows])


def mark_judged(conn: Connection[Any], waiting: Sequence[Waiting]) -> None:
    """Take them off the list, except those that were heard again meanwhile."""
    columns = (
        [each.device_id for each in waiting],
        [each.epoch for each in waiting],
        [each.version for each in waiting],
    )
    conn.execute(CAUGHT_UP, columns)


def tell(conn: Connection[Any], device_ids: list[int]) -> None:
    """Tell the pages that these devices' bins look different now."""
    conn.execute(TELL, (device_ids,))
