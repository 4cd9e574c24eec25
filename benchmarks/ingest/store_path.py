"""The gateway's transaction beside COPY of the same rows, ready-made."""

import time
from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import psycopg

from benchmarks.ingest.database import empty
from benchmarks.ingest.traffic import (
    READINGS,
    Message,
    add_fleet,
    make_messages,
    receive,
)
from gateway.storing.opening import Devices, open_batch
from gateway.storing.rows import BEGINNING, COPY, END
from gateway.storing.store import Arrival, Memory, store_batch
from gateway.storing.writer import connect

DEVICES = 2500
BATCH = 417  # messages: 10,008 readings
Work = Callable[[psycopg.Connection, Sequence[Any]], None]
NOW_S = "SELECT extract(epoch FROM clock_now())::float"
PREPARE = (
    """SELECT ensure_reading_partitions(
        clock_now() - interval '8 days', clock_now() + interval '1 day')""",
    """INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at)
    SELECT device_id, 7, 0, '2020-01-01', '2020-01-01' FROM device""",
    "VACUUM ANALYZE device_journal",
)


def measure_store(dsn: str, messages: int, writers: int) -> tuple[float, float]:
    """Return readings a second of our path and of COPY alone, by as many writers."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        fleet = add_fleet(conn, DEVICES)
        ((now_s,),) = conn.execute(NOW_S).fetchall()
    shares: list[list[Message]] = [[] for _ in range(writers)]
    names = [each.name for each in fleet]
    for number, each in enumerate(make_messages(names, messages, int(now_s))):
        shares[number % DEVICES % writers].append(each)
    batches = [
        [share[at : at + BATCH] for at in range(0, len(share), BATCH)]
        for share in shares
    ]
    raw = _encode(dsn, batches)
    return _time(dsn, batches, _ours, messages), _time(dsn, raw, _copy, messages)


def _encode(dsn: str, batches: list[list[list[Message]]]) -> list[list[bytes]]:
    with psycopg.connect(dsn, autocommit=True) as conn:
        devices = Devices()
        return [
            [
                BEGINNING
                + b"".join(
                    parcel.rows
                    for parcel in open_batch(conn, receive(batch, conn), devices)[0]
                )
                + END
                for batch in share
            ]
            for share in batches
        ]


def _ours(conn: psycopg.Connection, batches: Sequence[list[Message]]) -> None:
    memory = Memory()
    for batch in batches:
        arrivals = [Arrival(topic=m.topic, payload=m.payload) for m in batch]
        store_batch(conn, arrivals, memory)


def _copy(conn: psycopg.Connection, batches: Sequence[bytes]) -> None:
    for rows in batches:
        with conn.cursor().copy(COPY.format(table="reading")) as copy:
            copy.write(rows)


def _time(dsn: str, shares: Sequence[Sequence[Any]], work: Work, count: int) -> float:
    """Let connections work side by side; return readings a second."""
    empty(dsn)
    with psycopg.connect(dsn, autocommit=True) as conn:
        # Both find the weeks' partitions there, and the journals begun.
        for statement in PREPARE:
            conn.execute(statement)
    ready = Barrier(len(shares) + 1)

    def run(share: Sequence[Any]) -> None:
        with connect(dsn) as conn:
            ready.wait()
            work(conn, share)

    threads = [Thread(target=run, args=(share,)) for share in shares]
    for each in threads:
        each.start()
    ready.wait()
    begin_s = time.perf_counter()
    for each in threads:
        each.join()
    return count * READINGS / (time.perf_counter() - begin_s)
