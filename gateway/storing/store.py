"""One transaction a batch: stored whole and once, or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import NamedTuple

import psycopg

from gateway.storing.journals import advance_journals, lock_journals, move_journals
from gateway.storing.opening import Devices, open_batch
from gateway.storing.parcel import Journal, Parcel, Received
from gateway.storing.partitions import Weeks
from gateway.storing.rejected import list_refused, reject, write_rejected
from gateway.storing.rows import BEGINNING, COPY, END
from gateway.storing.sift import Chain, Gap, Kept, Settled, chain_up, settle, whole
from gateway.wire.message import Encoding

READ_CLOCK = "SELECT clock_now(), coalesce((SELECT speed FROM clock), 1)"
# TimescaleDB looks at what a table is before COPY waits for it: rows that
# `ullage migrate --to timescale` kept waiting would lie beside the hypertable's chunks,
# where no query looks. Who waits here finds the new table.
HOLD_TABLE = "LOCK TABLE ONLY reading IN ROW EXCLUSIVE MODE"
# Rows that may be known already: devices without a counter, records that came ahead,
# journals that the database has lost track of. Their key tells, record by record.
MAKE_DOUBTFUL = """
CREATE TEMPORARY TABLE IF NOT EXISTS doubtful (LIKE reading) ON COMMIT DELETE ROWS"""
SETTLE_DOUBTFUL = """
WITH new AS (
    INSERT INTO reading SELECT * FROM doubtful ON CONFLICT DO NOTHING
    RETURNING device_id)
SELECT device_id, count(*) FROM new GROUP BY device_id"""
WRITE_GAPS = """
INSERT INTO reading_gap (device_id, epoch, from_seq, to_seq, recorded_at)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""


class Memory:
    """What was learned of a database, for as long as a connection to it lasts."""

    def __init__(self) -> None:
        self.devices = Devices()
        self.weeks = Weeks()


class Arrival(NamedTuple):
    """A message that came; `waited_s` is how long ago that was, real time.

    One from the inbox has its time of receipt already, and may be a replay.
    """

    topic: str
    payload: bytes
    waited_s: float = 0.0
    received_at: datetime | None = None
    tries: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Ack:
    """What a device may forget."""

    device: str
    encoding: Encoding
    epoch: int
    next_seq: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What was committed, when, for whom, and the acks to send, in order.

    `rows` are new; `repeated` were stored already; `refused` are beyond a hole;
    `reasons` tell why messages, or parts of them, were set aside.
    """

    at: datetime
    acks: tuple[Ack, ...] = ()
    device_ids: tuple[int, ...] = ()
    rows: int = 0
    repeated: int = 0
    refused: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        """Count what was set aside."""
        return len(self.reasons)


def store_batch(
    conn: psycopg.Connection,
    arrivals: Sequence[Arrival],
    memory: Memory,
    *,
    is_careful: bool = False,
) -> Stored:
    """Store a batch in one transaction.

    Parameters
    ----------
    is_careful
        Trust no cursor to know which records are new; ask the key of each.

    Raises
    ------
    psycopg.Error
        If nothing was stored, or it is not known whether: the same batch again is safe.
    """
    now, batch = _receive(conn, arrivals)
    parcels, rejected = open_batch(conn, batch, memory.devices)
    memory.weeks.ensure(conn, parcels)
    chains = chain_up(parcels)
    with conn.transaction():
        conn.execute(HOLD_TABLE)
        moved = set() if is_careful else advance_journals(conn, chains, now)
        kept = whole(chains[each] for each in moved)
        fresh = _copy_new(conn, kept)
        rest = {key: chain for key, chain in chains.items() if key not in moved}
        settled = _settle(conn, rest, now)
        left = [each for every in settled.values() for each in every.kept]
        doubtful = [each for each in left if is_careful or each.is_doubtful]
        if not is_careful:
            fresh += _copy_new(conn, [each for each in left if not each.is_doubtful])
        fresh += _copy_doubtful(conn, doubtful)
        rejected += list_refused([*kept, *left])
        write_rejected(conn, rejected)
    return Stored(
        at=now,
        acks=tuple(_acks(chains, settled)),
        device_ids=tuple(fresh),
        rows=fresh.total(),
        repeated=(
            sum(each.repeated for each in settled.values())
            + sum(each.row_count for each in [*kept, *left])
            - fresh.total()
        ),
        refused=sum(each.refused for each in settled.values()),
        reasons=tuple(each.reason for each in rejected),
    )


def set_aside(conn: psycopg.Connection, arrival: Arrival, reason: str) -> Stored:
    """Keep a message that the database refuses, so that it stops no others."""
    now, (received,) = _receive(conn, [arrival])
    with conn.transaction():
        write_rejected(conn, [reject(received, reason)])
    return Stored(at=now, reasons=(reason,))


def _receive(
    conn: psycopg.Connection, arrivals: Sequence[Arrival]
) -> tuple[datetime, list[Received]]:
    """Date what came by the database's clock, which may run faster than ours.

    To the second: nobody asks for more, and finer times do not compress.
    """
    ((now, speed),) = conn.execute(READ_CLOCK).fetchall()
    now_s = now.timestamp()
    return now, [
        Received(
            each.topic.replace("\0", "\N{SYMBOL FOR NULL}"),  # text holds none
            each.payload,
            floor(now_s - each.waited_s * speed)
            if each.received_at is None
            else floor(each.received_at.timestamp()),
            each.tries,
        )
        for each in arrivals
    ]


def _settle(
    conn: psycopg.Connection, chains: Mapping[Journal, Chain], now: datetime
) -> dict[Journal, Settled]:
    """Place chains that do not simply continue their journals, and move those."""
    if not chains:
        return {}
    places = lock_journals(conn, chains, now)
    settled = {
        journal: settle(chain, *places[journal]) for journal, chain in chains.items()
    }
    moved = {key: (each.next_seq, each.ahead_seq) for key, each in settled.items()}
    move_journals(conn, chains, moved, now)
    _write_gaps(conn, [gap for each in settled.values() for gap in each.gaps], now)
    return settled


def _copy_new(conn: psycopg.Connection, kept: Sequence[Kept]) -> Counter[int]:
    """Write rows that are known to be new; return how many each device has."""
    _copy(conn, kept, table="reading")
    fresh: Counter[int] = Counter()
    for each in kept:
        if each.row_count:
            fresh[each.parcel.device.device_id] += each.row_count
    return fresh


def _copy_doubtful(conn: psycopg.Connection, kept: Sequence[Kept]) -> Counter[int]:
    """Write those rows that are new by their key; return how many each device has."""
    if not kept:
        return Counter()
    conn.execute(MAKE_DOUBTFUL)
    _copy(conn, kept, table="doubtful")
    return Counter(dict(conn.execute(SETTLE_DOUBTFUL).fetchall()))


def _copy(conn: psycopg.Connection, kept: Sequence[Kept], *, table: str) -> None:
    rows = b"".join([each.parcel.rows_after(each.skip) for each in kept])
    if rows:
        with conn.cursor().copy(COPY.format(table=table)) as copy:
            copy.write(BEGINNING + rows + END)


def _acks(
    chains: Mapping[Journal, Chain], settled: Mapping[Journal, Settled]
) -> Iterable[Ack]:
    """Answer each counted journal; of two of a device, the last to speak comes last."""
    for journal, chain in chains.items():
        last: Parcel = chain.parcels[-1]
        if last.is_answered:
            yield Ack(
                device=last.device.name,
                encoding=last.encoding,
                epoch=last.epoch,
                next_seq=(
                    settled[journal].next_seq if journal in settled else chain.end_seq
                ),
            )


def _write_gaps(conn: psycopg.Connection, gaps: Sequence[Gap], now: datetime) -> None:
    values = [(g.device_id, g.epoch, g.from_seq, g.to_seq, now) for g in gaps]
    if values:
        conn.cursor().executemany(WRITE_GAPS, values)
