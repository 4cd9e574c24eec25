"""Bins that report, gateways that serve, and a clock that stands where it is put."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from backend.store.founding import set_clock

STANDS_STILL = 1e-9
ALL_PARTITIONS = list(range(64))
READING = """
INSERT INTO reading (device_id, measured_at, epoch, seq, received_at, distance_mm,
                     battery_mv, temperature_dc, tilt_deg, flags)
SELECT device_id, %(at)s, 1, %(seq)s, clock_now(), %(distance_mm)s, %(battery_mv)s,
       %(temperature_dc)s, %(tilt_deg)s, %(flags)s
FROM device_slot WHERE slot_id = %(slot_id)s AND to_at IS NULL
ON CONFLICT DO NOTHING"""
HEARD = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at,
                            received_at, flags)
SELECT device_id, 1, 0, clock_now(), %(at)s, clock_now(), 0
FROM device_slot WHERE slot_id = %(slot_id)s AND to_at IS NULL
ON CONFLICT (device_id, epoch) DO UPDATE
SET heard_at = excluded.heard_at,
    measured_at = greatest(device_journal.measured_at, excluded.measured_at)"""
SERVE = """
INSERT INTO gateway_service (gateway, partitions, from_at, to_at)
VALUES (%s, %s, %s, %s)"""
OPEN = """
SELECT kind FROM alarm WHERE slot_id IS NOT DISTINCT FROM %s AND cleared_at IS NULL
ORDER BY kind"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One record, measured at a time; what is None was not measured."""

    at: datetime
    fill: float | None = 0.3
    temperature_c: float | None = 10.0
    tilt_deg: int | None = 0
    battery_mv: int | None = 3600
    flags: int = 0


def report(conn: psycopg.Connection, slot_id: int, said: Iterable[Said]) -> None:
    """Store records as a gateway does, of a sensor of 1200 to 200 mm."""
    for each in said:
        row = {
            "slot_id": slot_id,
            "at": each.at,
            # As of a foreign device: its key is when it measured.
            "seq": int(each.at.timestamp()),
            "distance_mm": None
            if each.fill is None
            else round(1200 - 1000 * each.fill),
            "battery_mv": each.battery_mv,
            "temperature_dc": None
            if each.temperature_c is None
            else round(each.temperature_c * 10),
            "tilt_deg": each.tilt_deg,
            "flags": each.flags,
        }
        conn.execute(READING, row)
        conn.execute(HEARD, row)


def serve(
    conn: psycopg.Connection,
    from_at: datetime,
    to_at: datetime,
    *,
    gateway: str = "gateway",
    partitions: list[int] = ALL_PARTITIONS,
) -> None:
    """Let a gateway have listened for a while."""
    conn.execute(SERVE, (gateway, partitions, from_at, to_at))


def stand_at(conn: psycopg.Connection, at: datetime) -> None:
    """Put the clock somewhere, where it stays."""
    set_clock(conn, shown_at=at, speed=STANDS_STILL)


def find_open(conn: psycopg.Connection, slot_id: int | None) -> list[str]:
    """List the kinds of alarm that are open at a bin; None: of no bin."""
    return [kind for (kind,) in conn.execute(OPEN, (slot_id,))]


def count_raised(conn: psycopg.Connection, slot_id: int, kind: str) -> int:
    """Count how often an alarm was raised at a bin."""
    asked = "SELECT count(*) FROM alarm WHERE slot_id = %s AND kind = %s"
    ((number,),) = conn.execute(asked, (slot_id, kind)).fetchall()
    return int(number)


def hours(number: float) -> timedelta:
    """Say hours shortly."""
    return timedelta(hours=number)
