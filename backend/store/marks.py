"""A mark among the notifications: who hears it has heard what was committed before."""

from typing import Any

from psycopg import Connection

# Nothing is lost with it, so that nobody waits for a disk.
NO_DISK = "SET LOCAL synchronous_commit = off"
MARK = """
SELECT pg_notify('ullage', json_build_object('kind', 'mark', 'mark', %s::text)::text)"""


def set_mark(conn: Connection[Any], mark: str) -> None:
    """Send a mark at once; a transaction that is open is committed with it."""
    conn.execute(NO_DISK)
    conn.execute(MARK, (mark,))
    conn.commit()
