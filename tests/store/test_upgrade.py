"""A plain database becomes a hypertable while a gateway goes on storing.

Needs a server with TimescaleDB, which no package index has: ULLAGE_TEST_DATABASE.
"""

import os
from collections.abc import Iterator
from threading import Event, Thread

import psycopg
import pytest

from backend.cli.migrate import run
from backend.store.migrate import detect_level, migrate
from backend.store.upgrade import IS_LOADED, UpgradeError, to_hypertable
from gateway.storing.store import Arrival, Memory, store_batch
from gateway.storing.writer import Writer
from tests.services.devices import add_device
from tests.services.postgres import scratch_database
from tests.services.wire import numbered, topic

COUNT = "SELECT count(*), count(DISTINCT (device_id, epoch, seq)) FROM reading"
VIEWS = """
SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1"""
BINS = 5


@pytest.fixture
def plain(postgres_dsn: str) -> Iterator[str]:
    name = f"ullage_plain_{os.getpid()}"
    with scratch_database(postgres_dsn, name, like="template0") as dsn:
        with psycopg.connect(dsn) as conn:
            migrate(conn, "plain")
        yield dsn


def has_timescale(conn: psycopg.Connection) -> bool:
    ((is_loaded,),) = conn.execute(IS_LOADED).fetchall()
    return bool(is_loaded)


@pytest.fixture
def can_upgrade(plain: str) -> None:
    with psycopg.connect(plain) as conn:
        if not has_timescale(conn):
            pytest.skip("the server has no TimescaleDB")


def store(conn: psycopg.Connection, name: str, first_seq: int, count: int) -> None:
    arrival = Arrival(topic(name), numbered(first_seq, count))
    store_batch(conn, [arrival], Memory())


def test_a_server_without_timescaledb_says_what_to_do(plain):
    with psycopg.connect(plain, autocommit=True) as conn:
        if has_timescale(conn):
            return  # this server has it
        with pytest.raises(UpgradeError, match="shared_preload_libraries"):
            list(to_hypertable(conn))

        assert detect_level(conn) == "plain"


@pytest.mark.usefixtures("can_upgrade")
def test_nothing_that_comes_in_meanwhile_is_lost_or_doubled(plain):
    stopping = Event()
    stored: list[int] = []

    def report(names: list[str]) -> None:
        """Do as a gateway does, one message of each bin after the other."""
        writer, seq = Writer(plain), 0
        while not stopping.is_set():
            arrivals = [Arrival(topic(each), numbered(seq, 20)) for each in names]
            while writer.store(arrivals) is None:
                stopping.wait(writer.pause_s())
            seq += 20
        writer.close()
        stored.append(seq * len(names))

    with psycopg.connect(plain, autocommit=True) as conn:
        names = [add_device(conn)[0] for _ in range(BINS)]
        reporting = Thread(target=report, args=(names,))
        reporting.start()
        steps = list(to_hypertable(conn))
        stopping.set()
        reporting.join()

        assert len(steps) > 2
        assert conn.execute(COUNT).fetchone() == (stored[0], stored[0])
        assert detect_level(conn) != "plain"


@pytest.mark.usefixtures("can_upgrade")
def test_what_was_built_on_the_readings_is_built_on_them_again(plain, monkeypatch):
    with psycopg.connect(plain, autocommit=True) as conn:
        name, _ = add_device(conn)
        store(conn, name, 0, 3)
        before = conn.execute(VIEWS).fetchall()

    monkeypatch.setenv("ULLAGE_DATABASE", plain)
    assert run(type("Arguments", (), {"to": "timescale"})()) == 0

    with psycopg.connect(plain, autocommit=True) as conn:
        assert conn.execute(VIEWS).fetchall() == before
        store(conn, name, 3, 2)
        assert conn.execute(COUNT).fetchone() == (5, 5)
        assert migrate(conn) == []


@pytest.mark.usefixtures("can_upgrade")
def test_an_upgrade_that_was_broken_off_goes_on(plain):
    with psycopg.connect(plain, autocommit=True) as conn:
        name, _ = add_device(conn)
        store(conn, name, 0, 3)
        steps = to_hypertable(conn)
        next(steps)
        steps.close()
        store(conn, name, 3, 2)

        list(to_hypertable(conn))

        assert conn.execute(COUNT).fetchone() == (5, 5)
