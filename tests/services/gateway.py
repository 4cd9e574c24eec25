"""A running `python -m gateway`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from backend.embedded.service import Program
from tests.services.broker import Broker
from tests.services.devices import connected

# The session of a gateway for all partitions: one bit for each.
WHOLE_FLEET = "ullage-" + 16 * "f"
COUNT = "SELECT count(*), count(DISTINCT (device_id, epoch, seq)) FROM reading"
LET_IN = "UPDATE pg_database SET datallowconn = %s WHERE datname = %s"
HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND application_name LIKE '%%gateway'"""
ROOT = Path(__file__).parents[2]


def make_gateway(
    database: str,
    broker: Broker,
    log_path: Path,
    *,
    until: str = "subscribed",
    **settings: str,
) -> Program:
    """Describe a gateway; it has started when its log has the word `until`."""
    environment = (
        os.environ
        | {"PYTHONPATH": str(ROOT), "ULLAGE_DATABASE": database}
        | broker.settings()
        | settings
    )
    return Program(
        "gateway",
        [sys.executable, "-m", "gateway"],
        log_path=log_path,
        environment=environment,
        is_ready=lambda: log_path.exists() and until in log_path.read_text(),
    )


def count_stored(conn: psycopg.Connection) -> tuple[int, int]:
    """Count the readings, and those that differ."""
    ((readings, different),) = conn.execute(COUNT).fetchall()
    return readings, different


@contextmanager
def inserts_waiting(database: str) -> Iterator[None]:
    """Keep readings from being written, as a database does that is short of breath."""
    with psycopg.connect(database) as conn:
        conn.execute("LOCK TABLE reading IN SHARE MODE")
        yield


@contextmanager
def database_away(server: str, name: str) -> Iterator[None]:
    """Let nobody into a database, and throw out the gateways that are in it."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(LET_IN, (False, name))
        conn.execute(HANG_UP, (name,))
        try:
            yield
        finally:
            conn.execute(LET_IN, (True, name))


def forget_session(broker: Broker, client_id: str) -> None:
    """Make the broker drop what it kept for a client: it was for another test."""
    with connected(broker, client_id):
        pass


@pytest.fixture
def gateway_process(database: str, broker: Broker, tmp_path: Path) -> Iterator[Program]:
    """A gateway on a fresh database, subscribed when the test begins."""
    forget_session(broker, WHOLE_FLEET)
    program = make_gateway(database, broker, tmp_path / "gateway.log")
    program.start()
    yield program
    program.stop()


@pytest.fixture
def start_gateway(database: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start gateways on one database, each with a log of its own and its settings."""
    programs: list[Program] = []
    numbers = count(1)

    def start(broker: Broker, *, until: str = "subscribed", **settings: str) -> Program:
        log_path = tmp_path / f"gateway-{next(numbers)}.log"
        programs.append(
            make_gateway(database, broker, log_path, until=until, **settings)
        )
        programs[-1].start()
        return programs[-1]

    yield start
    for each in programs:
        each.stop()
