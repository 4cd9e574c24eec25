"""Messages that could not be stored, kept with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedMessage:
    """A message as it came, or the part of one that could not be believed."""

    rejected_message_id: int
    received_at: datetime
    tries: int
    topic: str
    reason: str
    payload: bytes


COLUMNS = "rejected_message_id, received_at, tries, topic, reason, payload"
LIST = f"""
SELECT {COLUMNS} FROM rejected_message
WHERE received_at >= coalesce(%(since)s::timestamptz, '-infinity')
    AND strpos(lower(reason), lower(%(reason)s)) > 0
ORDER BY rejected_message_id DESC LIMIT %(limit)s"""  # noqa: S608
LOAD = f"SELECT {COLUMNS} FROM rejected_message WHERE rejected_message_id = %s"  # noqa: S608
FIND = """
SELECT rejected_message_id FROM rejected_message
WHERE strpos(lower(reason), lower(%s)) > 0 ORDER BY rejected_message_id"""
TAKE = f"""
DELETE FROM rejected_message WHERE rejected_message_id = ANY(%s)
RETURNING {COLUMNS}"""  # noqa: S608


def load_rejected(
    conn: Connection[Any],
    *,
    since: datetime | None = None,
    reason: str = "",
    limit: int | None = None,
) -> list[RejectedMessage]:
    """Load the newest rejected messages, of those whose reason holds some words."""
    with conn.cursor(row_factory=class_row(RejectedMessage)) as cursor:
        return cursor.execute(
            LIST, {"since": since, "reason": reason, "limit": limit}
        ).fetchall()


def load_one_rejected(conn: Connection[Any], number: int) -> RejectedMessage | None:
    """Load one rejected message, if it is there."""
    with conn.cursor(row_factory=class_row(RejectedMessage)) as cursor:
        return cursor.execute(LOAD, (number,)).fetchone()


def find_rejected(conn: Connection[Any], reason: str = "") -> list[int]:
    """Find the numbers of rejected messages whose reason holds some words."""
    return [number for (number,) in conn.execute(FIND, (reason,))]


def take_rejected(
    conn: Connection[Any], numbers: Sequence[int]
) -> list[RejectedMessage]:
    """Take rejected messages out, oldest first."""
    with conn.cursor(row_factory=class_row(RejectedMessage)) as cursor:
        taken = cursor.execute(TAKE, (list(numbers),)).fetchall()
    return sorted(taken, key=lambda each: each.rejected_message_id)
