"""Where each device's journal stands in the database: read, lock, move."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import psycopg

from gateway.storing.parcel import Journal
from gateway.storing.sift import Chain

# The first record that it does not have, and the one after those that came ahead.
Place = tuple[int, int]

# Most batches continue where each journal stands and bring something newer: one
# statement then checks, locks and moves them all. It returns those that it moved.
ADVANCE = """
UPDATE device_journal AS journal SET
    next_seq = new.end_seq, heard_at = %s,
    measured_at = timestamptz 'epoch' + new.measured_us * interval '1 us',
    received_at = timestamptz 'epoch' + new.received_us * interval '1 us',
    distance_mm = new.distance_mm, mass_hg = new.mass_hg,
    battery_mv = new.battery_mv, temperature_dc = new.temperature_dc,
    tilt_deg = new.tilt_deg, flags = new.flags,
    summarise_from_at = least(journal.summarise_from_at,
        timestamptz 'epoch' + new.earliest_us * interval '1 us'),
    judge_from_at = least(journal.judge_from_at,
        timestamptz 'epoch' + new.earliest_us * interval '1 us')
FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
            %s::bigint[], %s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[],
            %s::smallint[], %s::smallint[], %s::smallint[])
    AS new (device_id, epoch, first_seq, end_seq, earliest_us, measured_us, received_us,
            distance_mm, mass_hg, battery_mv, temperature_dc, tilt_deg, flags)
WHERE journal.device_id = new.device_id AND journal.epoch = new.epoch
    AND journal.next_seq = new.first_seq AND journal.ahead_seq IS NULL
    AND journal.measured_at
        <= timestamptz 'epoch' + new.measured_us * interval '1 us'
RETURNING journal.device_id, journal.epoch"""
# In one order, so that two gateways with the same devices wait for each other instead
# of deadlocking.
MAKE = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at)
SELECT device_id, epoch, 0, %s
FROM unnest(%s::int[], %s::bigint[]) AS new (device_id, epoch)
ORDER BY device_id, epoch
ON CONFLICT DO NOTHING"""
LOCK = """
SELECT device_id, epoch, next_seq, coalesce(ahead_seq, 0) FROM device_journal
WHERE (device_id, epoch) IN (SELECT * FROM unnest(%s::int[], %s::bigint[]))
ORDER BY device_id, epoch FOR UPDATE"""
# A replay is no sign of life; that something changed must show all the same.
MOVE = """
UPDATE device_journal AS journal SET
    next_seq = new.next_seq,
    ahead_seq = CASE WHEN new.ahead_seq > new.next_seq THEN new.ahead_seq END,
    heard_at = CASE WHEN new.is_heard THEN %s ELSE heard_at + interval '1 us' END,
    summarise_from_at = least(journal.summarise_from_at,
        timestamptz 'epoch' + new.earliest_us * interval '1 us'),
    judge_from_at = least(journal.judge_from_at,
        timestamptz 'epoch' + new.earliest_us * interval '1 us')
FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
            %s::bool[])
    AS new (device_id, epoch, next_seq, ahead_seq, earliest_us, is_heard)
WHERE journal.device_id = new.device_id AND journal.epoch = new.epoch"""
RENEW = """
UPDATE device_journal AS journal SET
    measured_at = timestamptz 'epoch' + new.measured_us * interval '1 us',
    received_at = timestamptz 'epoch' + new.received_us * interval '1 us',
    distance_mm = new.distance_mm, mass_hg = new.mass_hg,
    battery_mv = new.battery_mv, temperature_dc = new.temperature_dc,
    tilt_deg = new.tilt_deg, flags = new.flags
FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[], %s::smallint[],
            %s::smallint[], %s::smallint[], %s::smallint[], %s::smallint[],
            %s::smallint[])
    AS new (device_id, epoch, measured_us, received_us, distance_mm, mass_hg,
            battery_mv, temperature_dc, tilt_deg, flags)
WHERE journal.device_id = new.device_id AND journal.epoch = new.epoch
    AND coalesce(journal.measured_at, '-infinity')
        < timestamptz 'epoch' + new.measured_us * interval '1 us'"""


def advance_journals(
    conn: psycopg.Connection, chains: Mapping[Journal, Chain], now: datetime
) -> set[Journal]:
    """Move the journals that chains continue, by what they bring; return those."""
    rows = [
        (
            *(*journal, chain.first_seq, chain.end_seq, chain.earliest_us),
            *chain.newest,
        )
        for journal, chain in sorted(chains.items())
        if chain.is_whole and chain.newest is not None
    ]
    if not rows:
        return set()
    moved: set[Journal] = set(conn.execute(ADVANCE, (now, *_arrays(rows))).fetchall())
    return moved


def lock_journals(
    conn: psycopg.Connection, journals: Iterable[Journal], now: datetime
) -> dict[Journal, Place]:
    """Lock journals, making those that are new; return where each stands."""
    keys = _arrays(sorted(journals))
    conn.execute(MAKE, (now, *keys))
    rows = conn.execute(LOCK, keys).fetchall()
    return {
        (device_id, epoch): (next_seq, ahead_seq)
        for device_id, epoch, next_seq, ahead_seq in rows
    }


def move_journals(
    conn: psycopg.Connection,
    chains: Mapping[Journal, Chain],
    places: Mapping[Journal, Place],
    now: datetime,
) -> None:
    """Move locked journals to where they stand now."""
    moved = [
        (*journal, *places[journal], chain.earliest_us, int(chain.is_heard))
        for journal, chain in chains.items()
    ]
    conn.execute(MOVE, (now, *_arrays(moved)))
    renewed = [
        (*journal, *chain.newest)
        for journal, chain in chains.items()
        if chain.newest is not None
    ]
    if renewed:
        conn.execute(RENEW, _arrays(renewed))


def _arrays(rows: Sequence[Sequence[int | None]]) -> list[str]:
    """Write columns as arrays; text is what both ends do fastest."""
    return [
        "{" + ",".join(["NULL" if each is None else str(each) for each in column]) + "}"
        for column in zip(*rows, strict=True)
    ]
