"""Give rejected messages to the gateways again."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from backend.inbox.addressing import partition_of
from backend.store.inbox import NewMessage, put_messages
from backend.store.rejected import take_rejected


def replay(conn: Connection[Any], numbers: Sequence[int]) -> list[int]:
    """Move rejected messages to the inbox, in the transaction of the caller.

    Whose numbers are no longer there, somebody else has moved. Return the numbers in
    the inbox.
    """
    return put_messages(
        conn,
        [
            NewMessage(
                topic=each.topic,
                payload=each.payload,
                partition=partition_of(each.topic, each.payload),
                received_at=each.received_at,
                tries=each.tries + 1,
            )
            for each in take_rejected(conn, numbers)
        ],
    )
