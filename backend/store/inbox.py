"""The inbox: messages for the gateways, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Connection

MAX_TRIES = 32_767  # as far as the column counts


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMessage:
    """A message for a gateway; without a time of receipt it comes just now."""

    topic: str
    payload: bytes
    partition: int
    received_at: datetime | None = None
    tries: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageOutcome:
    """What a gateway made of one message.

    `stored` and `known` count records: new ones, and those it had or does not want yet.
    A device that counts its records sends next the one that `next_seq` says.
    """

    stored: int
    known: int
    rejected: list[str] = field(default_factory=list)
    epoch: int | None = None
    next_seq: int | None = None


PUT = """
INSERT INTO inbox_message (partition, topic, payload, received_at, tries)
SELECT partition, topic, payload, coalesce(received_at, clock_now()), tries
FROM unnest(%s::smallint[], %s::text[], %s::bytea[], %s::timestamptz[], %s::smallint[])
    WITH ORDINALITY AS new (partition, topic, payload, received_at, tries, place)
ORDER BY place RETURNING inbox_message_id"""
TAKE = """
DELETE FROM inbox_message WHERE inbox_message_id = ANY(%s) AND outcome IS NOT NULL
RETURNING inbox_message_id, outcome"""
# Real seconds: a demo's clock runs faster than gateways do.
IS_LEFT_ALONE = """
SELECT EXISTS (SELECT FROM inbox_message
               WHERE outcome IS NULL AND tries = 1 AND received_at < clock_now()
                   - make_interval(secs => %s * coalesce((SELECT speed FROM clock), 1)))
"""


def put_messages(conn: Connection[Any], messages: Sequence[NewMessage]) -> list[int]:
    """Put messages where the gateways take them; return their numbers."""
    columns = (
        [each.partition for each in messages],
        [each.topic for each in messages],
        [each.payload for each in messages],
        [each.received_at for each in messages],
        [min(MAX_TRIES, each.tries) for each in messages],
    )
    return sorted(number for (number,) in conn.execute(PUT, columns))


def take_outcomes(
    conn: Connection[Any], numbers: list[int]
) -> dict[int, MessageOutcome]:
    """Take out what is done of some messages."""
    rows = conn.execute(TAKE, (numbers,)).fetchall()
    return {number: MessageOutcome(**outcome) for number, outcome in rows}


def is_left_alone(conn: Connection[Any], seconds: float) -> bool:
    """Tell whether a message has waited so long that no gateway seems to be there."""
    row = conn.execute(IS_LEFT_ALONE, (seconds,)).fetchone()
    return bool(row and row[0])
