"""A real PostgreSQL for the tests: one server a session, one database a test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.store.migrate import migrate

TEMPLATE = f"ullage_template_{os.getpid()}"
NUMBERS = count()
# A database that somebody uses cannot be cloned, and TimescaleDB's workers use each one
# that lets them in.
CLOSE = "UPDATE pg_database SET datallowconn = false WHERE datname = %s"
EVICT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
)


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """A server: the one ULLAGE_TEST_DATABASE names, or an embedded one."""
    external = os.environ.get("ULLAGE_TEST_DATABASE")
    if external:
        yield external
        return
    with server_folder() as folder:
        config = PostgresConfig(data_dir=folder, is_durable=False)
        with EmbeddedPostgres(config) as server:
            yield server.dsn


@pytest.fixture(scope="session")
def template_database(postgres_dsn: str) -> Iterator[str]:
    """A database with the schema in it, to be cloned."""
    with scratch_database(postgres_dsn, TEMPLATE, like="template0") as dsn:
        with psycopg.connect(dsn) as conn:
            migrate(conn)
        with psycopg.connect(postgres_dsn, autocommit=True) as conn:
            conn.execute(CLOSE, (TEMPLATE,))
            conn.execute(EVICT, (TEMPLATE,))
        yield TEMPLATE


@pytest.fixture
def database(postgres_dsn: str, template_database: str) -> Iterator[str]:
    """The conninfo of a fresh database with the schema in it."""
    name = f"ullage_test_{os.getpid()}_{next(NUMBERS)}"
    with scratch_database(postgres_dsn, name, like=template_database) as dsn:
        yield dsn


@pytest.fixture(scope="module")
def module_database(postgres_dsn: str, template_database: str) -> Iterator[str]:
    """The same, shared by the tests of a module."""
    name = f"ullage_test_{os.getpid()}_{next(NUMBERS)}"
    with scratch_database(postgres_dsn, name, like=template_database) as dsn:
        yield dsn


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    """A connection to a fresh database, each statement its own transaction."""
    with psycopg.connect(database, autocommit=True) as conn:
        yield conn


@contextmanager
def scratch_database(server: str, name: str, *, like: str) -> Iterator[str]:
    """Make a database, and drop it whoever is still connected."""
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(like)
    )
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(create)
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as conn:
            conn.execute(drop)


@contextmanager
def server_folder() -> Iterator[Path]:
    """Make a folder that the server's own user can get to.

    pytest's are no good: as root, every session that starts closes them all again.
    """
    with TemporaryDirectory(prefix="ullage-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
