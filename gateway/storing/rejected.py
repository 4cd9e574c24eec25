"""What could not be understood or believed: kept for people to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import psycopg

from gateway.storing.parcel import Received
from gateway.storing.sift import Kept

WRITE_REJECTED = """
INSERT INTO rejected_message (received_at, topic, payload, reason, tries)
VALUES (%s, %s, %s, %s, %s)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """A message, or a part of it, and what is wrong with it."""

    topic: str
    payload: bytes
    received_at: datetime
    reason: str
    tries: int


def reject(origin: Received, reason: str, payload: bytes | None = None) -> Rejected:
    """Keep a message, or a part of it, with the reason."""
    return Rejected(
        topic=origin.topic,
        payload=origin.payload if payload is None else payload,
        received_at=origin.received_at,
        reason=reason,
        tries=origin.tries,
    )


def list_refused(kept: Iterable[Kept]) -> list[Rejected]:
    """List the impossible records among those that are kept.

    Not of those that came ahead: they come again, and would be listed twice.
    """
    return [
        reject(each.parcel.origin, impossible.reason, impossible.payload)
        for each in kept
        for index, impossible in each.parcel.refused
        if index >= each.skip and not each.parcel.is_ahead
    ]


def write_rejected(conn: psycopg.Connection, rejected: Iterable[Rejected]) -> None:
    """Write them down."""
    values = [(r.received_at, r.topic, r.payload, r.reason, r.tries) for r in rejected]
    if values:
        conn.cursor().executemany(WRITE_REJECTED, values)
