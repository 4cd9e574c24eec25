"""Bring a database up to the schema of this version, each file applied once."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Literal

import psycopg

# Any constant will do, as long as nobody else uses it: "ulla" in ASCII.
LOCK_KEY = 0x756C6C61

Level = Literal["plain", "timescale-apache", "timescale"]
# A file is for every level, or for those before its ending: `0002_x.plain.sql`.
ENDINGS: dict[Level, tuple[str, ...]] = {
    "plain": ("", "plain"),
    "timescale-apache": ("", "hypertable"),
    "timescale": ("", "hypertable"),
}

# A database stays what it was made as, until `ullage migrate --to timescale`; one to be
# made is what the server can. An installed extension that is not preloaded cannot be
# used; the setting tells.
DETECT_LEVEL = """
SELECT CASE
    WHEN reading.relkind = 'p' THEN 'plain'
    WHEN reading.relkind IS NULL AND NOT (
        current_setting('shared_preload_libraries') LIKE '%timescaledb%'
        AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb'))
        THEN 'plain'
    WHEN coalesce(current_setting('timescaledb.license', true), 'timescale')
        = 'timescale' THEN 'timescale'
    ELSE 'timescale-apache' END
FROM (SELECT to_regclass('reading') AS oid) AS named
LEFT JOIN pg_class AS reading ON reading.oid = named.oid"""
CREATE_LEDGER = """
CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)"""
LOCK = "SELECT pg_advisory_xact_lock(%s)"
READ_LEDGER = "SELECT name, sha256 FROM migration"
WRITE_LEDGER = "INSERT INTO migration (name, sha256) VALUES (%s, %s)"


class MigrationError(Exception):
    """The database and the migrations of this version do not fit together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Migration:
    """One numbered SQL file."""

    name: str
    sql: str

    @property
    def digest(self) -> str:
        """Tell whether the file is still what was applied."""
        return sha256(self.sql.encode()).hexdigest()


def detect_level(conn: psycopg.Connection) -> Level:
    """Tell how readings are stored: as they are in this database, or would be."""
    row = conn.execute(DETECT_LEVEL).fetchone()
    if row is None:
        raise LookupError("SELECT gave no row")
    level: Level = row[0]
    return level


def list_migrations(level: Level) -> Iterator[Migration]:
    """Read the migrations of this version for a storage level, in order."""
    folder = files("backend.schema")
    names = sorted(entry.name for entry in folder.iterdir())
    for name in (each for each in names if each.endswith(".sql")):
        stem, _, only_for = name.removesuffix(".sql").partition(".")
        if only_for in ENDINGS[level]:
            sql = folder.joinpath(name).read_text("utf-8")
            yield Migration(name=stem, sql=sql)


def migrate(conn: psycopg.Connection, level: Level | None = None) -> list[str]:
    """Apply what is missing, all in one transaction; return the names applied.

    A database that is new is made for `level`, or else for what its server can.

    Raises
    ------
    MigrationError
        If an applied file was changed since, or the database is newer than the program.
    """
    with conn.transaction():
        hold_lock(conn)
        conn.execute(CREATE_LEDGER)
        applied: dict[str, str] = dict(conn.execute(READ_LEDGER).fetchall())
        migrations = list(list_migrations(level or detect_level(conn)))
        _refuse_strangers(applied, migrations)
        missing = [each for each in migrations if each.name not in applied]
        for each in missing:
            conn.execute(each.sql.encode())
            conn.execute(WRITE_LEDGER, (each.name, each.digest))
    return [each.name for each in missing]


def hold_lock(conn: psycopg.Connection) -> None:
    """Keep every other migrating process waiting until the transaction ends."""
    conn.execute(LOCK, (LOCK_KEY,))


def _refuse_strangers(applied: dict[str, str], migrations: list[Migration]) -> None:
    known = {each.name: each.digest for each in migrations}
    for name, digest in applied.items():
        if name not in known:
            raise MigrationError(
                f"the database has migration {name}, which this version does not know: "
                "start a version at least as new as the one that made it"
            )
        if known[name] != digest:
            raise MigrationError(
                f"migration {name} was changed after it had been applied: "
                "restore the file and write a new migration instead"
            )
