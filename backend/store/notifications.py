"""Who is told of alarms, what is still to be told, and how telling it went."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from backend.store.alarms import Event, Severity

Medium = Literal["email", "webhook"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewChannel:
    """A way to tell; `kinds` empty: all of them."""

    medium: Medium
    address: str
    kinds: list[str]
    least_severity: Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel(NewChannel):
    """A way to tell, and how much of it waits or failed lately."""

    channel_id: int
    waiting: int
    given_up: int
    delivered_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """One thing to tell on one channel."""

    notification_id: UUID
    channel_id: int
    medium: Medium
    address: str
    secret: str | None
    alarm_id: int | None
    event: Event | Literal["test"]
    happened_at: datetime
    attempts: int
    age_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One try to tell something; without an error it was taken."""

    notification_id: UUID
    tried_at: datetime
    alarm_id: int | None
    event: str
    error: str | None


# An e-mail waits for what comes along with it, unless it is critical.
QUEUE = """
INSERT INTO notification (channel_id, alarm_id, event, next_try_at)
SELECT channel.channel_id, alarm.alarm_id, %(event)s, clock_timestamp() + CASE
           WHEN channel.medium = 'email' AND alarm.severity < 'critical'
           THEN %(gather_s)s ELSE 0 END * interval '1 s'
FROM alarm JOIN alarm_channel AS channel USING (organisation_id)
WHERE alarm.alarm_id = ANY (%(alarms)s) AND channel.removed_at IS NULL
    AND alarm.severity >= channel.least_severity
    AND (channel.kinds = '{}' OR alarm.kind = ANY (channel.kinds))"""
QUEUE_TEST = """
INSERT INTO notification (channel_id, event, next_try_at)
SELECT channel_id, 'test', clock_timestamp() FROM alarm_channel
WHERE organisation_id = %s AND channel_id = %s AND removed_at IS NULL
RETURNING notification_id"""
# Leased, not locked: the network's time-outs must hold no transaction open. Whoever
# dies with a lease lets it run out, and it is told again under the same id.
CLAIM_HOOK = """
UPDATE notification SET attempts = attempts + 1,
                        next_try_at = clock_timestamp() + %(lease_s)s * interval '1 s'
FROM alarm_channel AS channel
WHERE notification_id IN (
        SELECT notification_id FROM notification JOIN alarm_channel USING (channel_id)
        WHERE next_try_at <= clock_timestamp() AND medium = 'webhook'
        ORDER BY queued_at LIMIT 1 FOR UPDATE OF notification SKIP LOCKED)
    AND channel.channel_id = notification.channel_id
RETURNING notification_id, channel.channel_id, medium, address, secret, alarm_id,
          event, happened_at, attempts,
          extract(epoch FROM clock_timestamp() - queued_at)::float8 AS age_s"""
# What is due at a mailbox takes everything along that waits for it: one mail.
CLAIM_MAIL = """
UPDATE notification SET attempts = attempts + 1,
                        next_try_at = clock_timestamp() + %(lease_s)s * interval '1 s'
FROM alarm_channel AS channel
WHERE notification_id IN (
        SELECT notification_id FROM notification
        WHERE (attempts = 0 OR next_try_at <= clock_timestamp())
            AND next_try_at IS NOT NULL AND channel_id = (
            SELECT channel_id FROM notification JOIN alarm_channel USING (channel_id)
            WHERE next_try_at <= clock_timestamp() AND medium = 'email'
            ORDER BY next_try_at LIMIT 1)
        FOR UPDATE SKIP LOCKED)
    AND channel.channel_id = notification.channel_id
RETURNING notification_id, channel.channel_id, medium, address, secret, alarm_id,
          event, happened_at, attempts,
          extract(epoch FROM clock_timestamp() - queued_at)::float8 AS age_s"""
DELIVERED = """
WITH tried AS (
    INSERT INTO delivery (notification_id) SELECT unnest(%(ids)s::uuid[]))
UPDATE notification SET last_error = NULL, delivered_at = clock_timestamp(),
                        next_try_at = NULL
WHERE notification_id = ANY (%(ids)s)"""
REFUSED = """
WITH tried AS (
    INSERT INTO delivery (notification_id, error)
    VALUES (%(notification_id)s, %(error)s))
UPDATE notification SET last_error = %(error)s,
                        next_try_at = clock_timestamp() + %(wait_s)s * interval '1 s'
WHERE notification_id = %(notification_id)s"""
POSTPONE = """
UPDATE notification SET next_try_at = clock_timestamp() + %(wait_s)s * interval '1 s'
WHERE channel_id = %(channel_id)s AND next_try_at <= clock_timestamp()
    AND event <> 'test'"""
REPLAY = """
UPDATE notification SET next_try_at = clock_timestamp(), attempts = 0,
                        queued_at = clock_timestamp()
FROM alarm_channel AS channel
WHERE channel.channel_id = notification.channel_id
    AND channel.organisation_id = %(owner)s AND channel.removed_at IS NULL
    AND (notification_id = ANY (%(ids)s::uuid[])
         OR channel.channel_id = %(channel_id)s
             AND queued_at >= coalesce(%(since)s::timestamptz, '-infinity'))
RETURNING notification_id"""
ADD_CHANNEL = """
INSERT INTO alarm_channel (organisation_id, medium, address, secret, kinds,
                           least_severity)
VALUES (%(owner)s, %(medium)s, %(address)s, %(secret)s, %(kinds)s, %(least_severity)s)
RETURNING channel_id"""
CHANNELS = """
SELECT channel_id, medium, address, kinds, least_severity,
       told.waiting, told.given_up, told.delivered_at,
       (SELECT last_error FROM notification
        WHERE notification.channel_id = channel.channel_id AND attempts > 0
        ORDER BY queued_at DESC LIMIT 1) AS last_error
FROM alarm_channel AS channel
CROSS JOIN LATERAL (
    SELECT count(next_try_at) AS waiting, max(delivered_at) AS delivered_at,
           count(*) FILTER (WHERE next_try_at IS NULL AND delivered_at IS NULL)
               AS given_up
    FROM notification
    WHERE notification.channel_id = channel.channel_id
        AND queued_at > clock_timestamp() - interval '7 days') AS told
WHERE organisation_id = %s AND removed_at IS NULL ORDER BY channel_id"""
DELIVERIES = """
SELECT notification_id, tried_at, alarm_id, event, error
FROM delivery JOIN notification USING (notification_id)
JOIN alarm_channel USING (channel_id)
WHERE organisation_id = %s AND channel_id = %s ORDER BY tried_at DESC LIMIT 100"""
LAST_TRY = """
SELECT notification_id, tried_at, alarm_id, event, error
FROM delivery JOIN notification USING (notification_id)
WHERE notification_id = %s ORDER BY tried_at DESC LIMIT 1"""
REMOVE_CHANNEL = """
WITH removed AS (
    UPDATE alarm_channel SET removed_at = clock_now()
    WHERE organisation_id = %s AND channel_id = %s AND removed_at IS NULL
    RETURNING channel_id),
dropped AS (
    UPDATE notification SET next_try_at = NULL FROM removed
    WHERE notification.channel_id = removed.channel_id)
SELECT channel_id FROM removed"""


def queue_notifications(
    conn: Connection[Any], alarm_ids: Sequence[int], event: Event, *, gather_s: float
) -> None:
    """Write down what is to be told of alarms, to whom it concerns."""
    asked = {"alarms": list(alarm_ids), "event": event, "gather_s": gather_s}
    conn.execute(QUEUE, asked)


def queue_test(
    conn: Connection[Any], organisation_id: int, channel_id: int
) -> UUID | None:
    """Write down that a channel is to be tried; None if there is no such channel."""
    row = conn.execute(QUEUE_TEST, (organisation_id, channel_id)).fetchone()
    return row[0] if row else None


def claim_webhook(conn: Connection[Any], *, lease_s: float) -> Notification | None:
    """Take what waits longest of what is due at webhooks, for as long as the lease."""
    with conn.cursor(row_factory=class_row(Notification)) as cursor:
        return cursor.execute(CLAIM_HOOK, {"lease_s": lease_s}).fetchone()


def claim_mail(conn: Connection[Any], *, lease_s: float) -> list[Notification]:
    """Take what waits for one mailbox where something is due."""
    with conn.cursor(row_factory=class_row(Notification)) as cursor:
        return cursor.execute(CLAIM_MAIL, {"lease_s": lease_s}).fetchall()


def settle_delivered(conn: Connection[Any], notification_ids: Sequence[UUID]) -> None:
    """Note that it was taken."""
    conn.execute(DELIVERED, {"ids": list(notification_ids)})


def settle_refused(
    conn: Connection[Any], notification_id: UUID, *, error: str, wait_s: float | None
) -> None:
    """Note that it was not taken, and when to try again; `wait_s` None: never."""
    asked = {"notification_id": notification_id, "error": error, "wait_s": wait_s}
    conn.execute(REFUSED, asked)


def postpone(conn: Connection[Any], channel_id: int, *, wait_s: float) -> None:
    """Let all that is due on a channel wait."""
    conn.execute(POSTPONE, {"channel_id": channel_id, "wait_s": wait_s})


def replay(
    conn: Connection[Any],
    organisation_id: int,
    *,
    notification_ids: Sequence[UUID] = (),
    channel_id: int | None = None,
    since: datetime | None = None,
) -> int:
    """Tell again: named notifications, or all of a channel since a time; count them."""
    asked = {
        "owner": organisation_id,
        "ids": list(notification_ids),
        "channel_id": channel_id,
        "since": since,
    }
    return conn.execute(REPLAY, asked).rowcount


def add_channel(
    conn: Connection[Any], organisation_id: int, new: NewChannel, *, secret: str | None
) -> int:
    """Write a channel; return its number."""
    values = asdict(new) | {"owner": organisation_id, "secret": secret}
    row = conn.execute(ADD_CHANNEL, values).fetchone()
    return int(row[0]) if row else 0


def load_channels(conn: Connection[Any], organisation_id: int) -> list[Channel]:
    """Load the channels; no secret leaves the database this way."""
    with conn.cursor(row_factory=class_row(Channel)) as cursor:
        return cursor.execute(CHANNELS, (organisation_id,)).fetchall()


def load_deliveries(
    conn: Connection[Any], organisation_id: int, channel_id: int
) -> list[Delivery]:
    """Load a channel's last deliveries, newest first."""
    with conn.cursor(row_factory=class_row(Delivery)) as cursor:
        return cursor.execute(DELIVERIES, (organisation_id, channel_id)).fetchall()


def load_last_try(conn: Connection[Any], notification_id: UUID) -> Delivery | None:
    """Load how the last try went; None before there was any."""
    with conn.cursor(row_factory=class_row(Delivery)) as cursor:
        return cursor.execute(LAST_TRY, (notification_id,)).fetchone()


def remove_channel(
    conn: Connection[Any], organisation_id: int, channel_id: int
) -> bool:
    """Tell nothing there any more; False if there is no such channel."""
    removed = conn.execute(REMOVE_CHANNEL, (organisation_id, channel_id))
    return removed.fetchone() is not None
