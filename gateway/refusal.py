"""A value that the database refuses costs the message that has it, and no other."""

import logging
from collections.abc import Sequence

import psycopg

from gateway.store import Arrival, Stored, set_aside, store_batch

log = logging.getLogger(__name__)


def store_singly(conn: psycopg.Connection, arrivals: Sequence[Arrival]) -> Stored:
    """Store a batch, or each message alone if the database refuses a value of one.

    It would come back for ever otherwise, and keep all others waiting.

    Raises
    ------
    psycopg.Error
        If the database is away: the same batch again is safe.
    """
    try:
        return store_batch(conn, arrivals)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        if len(arrivals) > 1:
            return _join([store_singly(conn, [each]) for each in arrivals])
        log.exception("message refused", extra={"topic": arrivals[0].topic})
        return set_aside(conn, arrivals[0], f"refused by the database: {error}")


def _join(parts: Sequence[Stored]) -> Stored:
    return Stored(
        acks=tuple(ack for part in parts for ack in part.acks),
        at=parts[-1].at,
        rows=sum(part.rows for part in parts),
        known=sum(part.known for part in parts),
        reasons=tuple(reason for part in parts for reason in part.reasons),
    )
