"""Messages that came another way than by the broker: by HTTP, or to be tried again."""

from collections.abc import Collection
from typing import Any

import psycopg
from psycopg.types.json import Json

from gateway.storing.refusal import store_whatever
from gateway.storing.store import Arrival, Memory, Stored

AT_ONCE = 100  # messages; their devices are locked until the last one is stored

TAKE = """
SELECT inbox_message_id, topic, payload, received_at, tries FROM inbox_message
WHERE outcome IS NULL AND partition = ANY(%s)
ORDER BY inbox_message_id LIMIT %s FOR UPDATE SKIP LOCKED"""
NOTE = "UPDATE inbox_message SET outcome = %s WHERE inbox_message_id = %s"
# Who asked has read the outcome within seconds and deleted it; or has not waited.
FORGET = """
DELETE FROM inbox_message
WHERE outcome IS NOT NULL AND received_at < clock_now() - interval '1 day'"""


def store_inbox(
    conn: psycopg.Connection, partitions: Collection[int], memory: Memory
) -> list[Stored]:
    """Store what waits for us, oldest first; return what became of each message.

    Readings and outcomes are one transaction: no message is taken without its
    readings, none is stored and still waits.

    Raises
    ------
    psycopg.Error
        If nothing was stored, or it is not known whether: it still waits, or is done.
    """
    with conn.transaction():
        waiting = conn.execute(TAKE, (sorted(partitions), AT_ONCE)).fetchall()
        outcomes: list[tuple[Stored, int]] = []
        for number, topic, payload, received_at, tries in waiting:
            arrival = Arrival(
                topic=topic, payload=payload, received_at=received_at, tries=tries
            )
            outcomes.append((store_whatever(conn, [arrival], memory), number))
        if outcomes:
            told = [(Json(_outcome(stored)), number) for stored, number in outcomes]
            conn.cursor().executemany(NOTE, told)
            conn.execute(FORGET)
    return [stored for stored, _ in outcomes]


def _outcome(stored: Stored) -> dict[str, Any]:
    outcome: dict[str, Any] = {
        "stored": stored.rows,
        "known": stored.repeated + stored.refused,
        "rejected": list(stored.reasons),
    }
    for ack in stored.acks:
        outcome |= {"epoch": ack.epoch, "next_seq": ack.next_seq}
    return outcome
