"""What the database refuses costs the message that has it, and no other."""

import logging
from collections.abc import Sequence

import psycopg

from gateway.storing.store import Arrival, Memory, Stored, set_aside, store_batch

log = logging.getLogger(__name__)


def store_whatever(
    conn: psycopg.Connection, arrivals: Sequence[Arrival], memory: Memory
) -> Stored:
    """Store a batch; if the database refuses it, all of it but what it refuses.

    An older state of the database may have been restored, or what is remembered of it
    may be no longer true: then no cursor is trusted, only the key of each record.

    Raises
    ------
    psycopg.Error
        If the database is away: the same batch again is safe.
    """
    try:
        return store_batch(conn, arrivals, memory)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        log.warning("batch refused: %s; trying it record by record", error)
        memory.devices.forget()
        return _store_carefully(conn, arrivals)


def _store_carefully(conn: psycopg.Connection, arrivals: Sequence[Arrival]) -> Stored:
    try:
        return store_batch(conn, arrivals, Memory(), is_careful=True)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        # Find the message that has the value, or it would come back for ever and keep
        # all others waiting.
        if len(arrivals) > 1:
            middle = len(arrivals) // 2
            return _join(
                _store_carefully(conn, arrivals[:middle]),
                _store_carefully(conn, arrivals[middle:]),
            )
        log.exception("message refused", extra={"topic": arrivals[0].topic})
        return set_aside(conn, arrivals[0], f"refused by the database: {error}")


def _join(first: Stored, second: Stored) -> Stored:
    return Stored(
        at=second.at,
        acks=first.acks + second.acks,
        device_ids=first.device_ids + second.device_ids,
        rows=first.rows + second.rows,
        repeated=first.repeated + second.repeated,
        refused=first.refused + second.refused,
        reasons=first.reasons + second.reasons,
    )
