"""Old readings by column (TimescaleDB's own licence): a tenth of the bytes."""

from typing import Any

from psycopg import Connection, sql

from backend.store.migrate import detect_level

# Longer than any device keeps what it could not send: what is late is rewritten.
RAW_AFTER = "14 days"
HOURS_AFTER = "120 days"
IS_ENABLED = """
SELECT compression_enabled FROM timescaledb_information.hypertables
WHERE hypertable_name = %s"""
# Four weeks together, so that an hourly device fills its columns; no filters beside the
# columns, which would serve nobody: readings are asked for by device and time.
ENABLE = """
ALTER TABLE {} SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'device_id',
                    timescaledb.orderby = {}, timescaledb.index = '',
                    timescaledb.compress_chunk_time_interval = '28 days')"""
ADD_POLICY = """
CALL add_columnstore_policy({}, after => {}::interval, if_not_exists => true)"""


def enable_columnstore(conn: Connection[Any]) -> None:
    """Let the server turn old chunks into columns, where it can."""
    if detect_level(conn) != "timescale":
        return
    _enable(conn, "reading", order="measured_at, epoch, seq", after=RAW_AFTER)
    _enable(conn, "reading_hour", order="hour_at", after=HOURS_AFTER)


def _enable(conn: Connection[Any], table: str, *, order: str, after: str) -> None:
    row = conn.execute(IS_ENABLED, (table,)).fetchone()
    if row is None or not row[0]:
        enable = sql.SQL(ENABLE).format(sql.Identifier(table), sql.Literal(order))
        conn.execute(enable)
    policy = sql.SQL(ADD_POLICY).format(sql.Literal(table), sql.Literal(after))
    conn.execute(policy)
