"""From plain partitions to a hypertable, while gateways go on storing.

A trigger copies what comes in from then on, the partitions are copied one by one, and
the last step, which takes the new table for the old, holds writers up for as long as a
rename takes. Whoever stops in between begins again where it was.
"""

from collections.abc import Generator
from typing import Any

from psycopg import Connection, sql

from backend.store.migrate import WRITE_LEDGER, hold_lock, list_migrations

MAKE_EXTENSION = "CREATE EXTENSION IF NOT EXISTS timescaledb"
IS_LOADED = """
SELECT current_setting('shared_preload_libraries') LIKE '%timescaledb%'
    AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb')"""
IS_PREPARED = "SELECT to_regclass('reading_new') IS NOT NULL"
PREPARE = (
    "CREATE TABLE reading_new (LIKE reading INCLUDING ALL)",
    """SELECT create_hypertable('reading_new',
    by_range('measured_at', interval '7 days'), create_default_indexes => false)""",
    """CREATE FUNCTION copy_to_reading_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reading_new SELECT NEW.* ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$""",
    """CREATE TRIGGER copy_to_reading_new AFTER INSERT ON reading
    FOR EACH ROW EXECUTE FUNCTION copy_to_reading_new()""",
)
LIST_PARTITIONS = """
SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
WHERE inhparent = 'reading'::regclass ORDER BY child.relname"""
COPY_PARTITION = "INSERT INTO reading_new SELECT * FROM {} ON CONFLICT DO NOTHING"
COUNT_MISSING = """
SELECT count(*) FROM {} AS old WHERE NOT EXISTS (
    SELECT FROM reading_new AS new
    WHERE (new.device_id, new.measured_at, new.epoch, new.seq)
        = (old.device_id, old.measured_at, old.epoch, old.seq))"""
# Views hold on to the table that they were made of: they are made again, the one that
# others build on first.
LIST_VIEWS = """
WITH RECURSIVE built_on AS (
    SELECT 'reading'::regclass::oid AS oid, 0 AS depth
    UNION
    SELECT pg_rewrite.ev_class, built_on.depth + 1
    FROM built_on
    JOIN pg_depend ON pg_depend.refobjid = built_on.oid
        AND pg_depend.classid = 'pg_rewrite'::regclass
    JOIN pg_rewrite ON pg_rewrite.oid = pg_depend.objid
    WHERE pg_rewrite.ev_class <> built_on.oid)
SELECT oid::regclass::text, pg_get_viewdef(oid) FROM built_on
WHERE depth > 0 GROUP BY oid ORDER BY max(depth)"""
MAKE_VIEW = "CREATE VIEW {} AS {}"
SWAP = (
    "DROP TABLE reading CASCADE",
    "DROP FUNCTION copy_to_reading_new",
    "ALTER TABLE reading_new RENAME TO reading",
    "ALTER INDEX reading_new_pkey RENAME TO reading_pkey",
    """CREATE OR REPLACE FUNCTION ensure_reading_partitions(
    from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE sql AS 'SELECT 0'""",
    """SELECT create_hypertable('reading_hour',
    by_range('hour_at', interval '90 days'), create_default_indexes => false,
    migrate_data => true)""",
)
LOCK_READING = "LOCK TABLE reading IN ACCESS EXCLUSIVE MODE"
FORGET_LEDGER = "DELETE FROM migration WHERE name = %s"


class UpgradeError(Exception):
    """The database cannot become what was asked for; the text says what to do."""


def to_hypertable(conn: Connection[Any]) -> Generator[str, None, None]:
    """Turn `reading` into a hypertable; yield what was done, step by step.

    `conn` commits each statement by itself.

    Raises
    ------
    UpgradeError
        If the server has no TimescaleDB, or a row did not arrive.
    """
    _require_extension(conn)
    _prepare(conn)
    yield "what comes in now is stored twice"
    partitions = [name for (name,) in conn.execute(LIST_PARTITIONS).fetchall()]
    for number, name in enumerate(partitions, start=1):
        copied = _copy(conn, name)
        yield f"{name}: {copied} readings copied ({number} of {len(partitions)})"
    _swap(conn, partitions)
    yield "the hypertable has taken the place of the partitions"


def _require_extension(conn: Connection[Any]) -> None:
    row = conn.execute(IS_LOADED).fetchone()
    if row is None or not row[0]:
        raise UpgradeError(
            "the server has no TimescaleDB: install it, set shared_preload_libraries = "
            "'timescaledb' in postgresql.conf, restart the server, try again"
        )
    conn.execute(MAKE_EXTENSION)


def _prepare(conn: Connection[Any]) -> None:
    with conn.transaction():
        hold_lock(conn)
        row = conn.execute(IS_PREPARED).fetchone()
        if row is None or not row[0]:
            for statement in PREPARE:
                conn.execute(statement)


def _copy(conn: Connection[Any], name: str) -> int:
    partition = sql.Identifier(name)
    copied = conn.execute(sql.SQL(COPY_PARTITION).format(partition)).rowcount
    _require_all(conn, name)
    return copied


def _require_all(conn: Connection[Any], name: str) -> None:
    missing = conn.execute(sql.SQL(COUNT_MISSING).format(sql.Identifier(name)))
    row = missing.fetchone()
    if row is None or row[0]:
        raise UpgradeError(
            f"{row[0] if row else '?'} readings of {name} did not arrive in the new "
            "table: nothing was changed, look at the server's log"
        )


def _swap(conn: Connection[Any], copied: list[str]) -> None:
    with conn.transaction():
        hold_lock(conn)
        conn.execute(LOCK_READING)
        # A partition made since was filled under the trigger, all of it.
        late = {name for (name,) in conn.execute(LIST_PARTITIONS).fetchall()}
        for name in sorted(late - set(copied)):
            _require_all(conn, name)
        views = conn.execute(LIST_VIEWS).fetchall()
        for statement in SWAP:
            conn.execute(statement)
        for name, definition in views:
            make = sql.SQL(MAKE_VIEW).format(sql.SQL(name), sql.SQL(definition))
            conn.execute(make)
        _rewrite_ledger(conn)


def _rewrite_ledger(conn: Connection[Any]) -> None:
    """Say that the migrations of a hypertable were applied: it is what they make."""
    plain = {each.name: each.digest for each in list_migrations("plain")}
    for each in list_migrations("timescale"):
        if plain.get(each.name) != each.digest:
            conn.execute(FORGET_LEDGER, (each.name,))
            conn.execute(WRITE_LEDGER, (each.name, each.digest))
