"""The database that is measured: a durable one of our own, or the one of --dsn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.store.migrate import detect_level, migrate

SCRATCH = "ullage_bench"


@contextmanager
def durable_database(dsn: str | None) -> Iterator[str]:
    """Yield the address of an empty database with our schema; it is dropped after."""
    if dsn is not None:
        with scratch(dsn) as address:
            yield address
        return
    with TemporaryDirectory(prefix="ullage-bench-") as name:
        Path(name).chmod(0o711)
        with EmbeddedPostgres(PostgresConfig(data_dir=Path(name))) as server:
            with psycopg.connect(server.dsn) as conn:
                migrate(conn)
            yield server.dsn


@contextmanager
def scratch(server: str) -> Iterator[str]:
    """Make a database of our own on a server, and drop it."""
    name = sql.Identifier(SCRATCH)
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    try:
        address = make_conninfo(server, dbname=SCRATCH)
        with psycopg.connect(address) as conn:
            migrate(conn)
        yield address
    finally:
        with psycopg.connect(server, autocommit=True) as conn:
            conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def level_of(dsn: str) -> str:
    """Tell what kind of storage it is, and of which server."""
    with psycopg.connect(dsn) as conn:
        version = conn.info.server_version // 10_000
        return f"{detect_level(conn)}-pg{version}"


def empty(dsn: str) -> None:
    """Forget all readings, and let the server be quiet again."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("TRUNCATE reading, device_journal")
        conn.execute("VACUUM ANALYZE device_journal")
        conn.execute("CHECKPOINT")
