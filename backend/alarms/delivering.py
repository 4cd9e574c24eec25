"""Send what is to be told, and try again what was not taken.

At least once: a notification keeps its id however often it is sent, and who dies
between sending and noting it sends it again.
"""

import logging
import random
import time
from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from backend.alarms.mail import NotSentError, send_mail, write_mail
from backend.alarms.telling import News, Receiver
from backend.alarms.webhook import NotTakenError, post, sign_headers, write_body
from backend.settings import Settings
from backend.store.alarms import load_alarms
from backend.store.notifications import (
    Notification,
    claim_mail,
    claim_webhook,
    postpone,
    settle_delivered,
    settle_refused,
)
from backend.store.overview import load_organisation

log = logging.getLogger(__name__)

LEASE_S = 120.0  # longer than any delivery takes
FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 3 * 3600.0
GIVE_UP_AFTER_S = 24 * 3600.0
VARIES = (0.8, 1.2)
BURST_S = 20.0  # of webhooks, before mails have their turn


def deliver(conn: Connection[Any], settings: Settings) -> None:
    """Send what is due, to everybody once."""
    while mail := claim_mail(conn, lease_s=LEASE_S):
        _deliver_mail(conn, settings, mail)
    until_s = time.monotonic() + BURST_S
    while time.monotonic() < until_s:
        due = claim_webhook(conn, lease_s=LEASE_S)
        if due is None:
            return
        _deliver_webhook(conn, settings, due)


def wait_before(attempts: int) -> float:
    """Return the seconds to wait after so many tries: longer and longer, never even.

    Receivers that come back must not be met by everybody at the same second.
    """
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 3.0 ** (attempts - 1))
    return wait_s * random.uniform(*VARIES)  # noqa: S311 - nothing to guess


def _deliver_mail(
    conn: Connection[Any], settings: Settings, claimed: Sequence[Notification]
) -> None:
    receiver = _find_receiver(conn, settings, claimed[0])
    try:
        send_mail(write_mail(_load_news(conn, claimed), receiver), settings)
    except NotSentError as error:
        for each in claimed:
            _put_off(conn, each, error)
    else:
        settle_delivered(conn, [each.notification_id for each in claimed])


def _deliver_webhook(
    conn: Connection[Any], settings: Settings, claimed: Notification
) -> None:
    (news,) = _load_news(conn, [claimed])
    body = write_body(news, _find_receiver(conn, settings, claimed))
    message_id = f"msg_{claimed.notification_id.hex}"
    headers = sign_headers(body, secret=claimed.secret or "", message_id=message_id)
    try:
        post(claimed.address, body, headers)
    except NotTakenError as error:
        wait_s = _put_off(conn, claimed, error)
        if error.is_away and wait_s is not None:
            # The oldest goes on trying for all that waits behind it.
            postpone(conn, claimed.channel_id, wait_s=wait_s)
    else:
        settle_delivered(conn, [claimed.notification_id])


def _put_off(
    conn: Connection[Any], claimed: Notification, error: Exception
) -> float | None:
    """Note that it was not taken; try again later, unless it is too old by now."""
    log.warning("alarms: not told to %s: %s", claimed.address, error)
    is_old = claimed.age_s >= GIVE_UP_AFTER_S
    wait_s = None if is_old else wait_before(claimed.attempts)
    settle_refused(conn, claimed.notification_id, error=str(error), wait_s=wait_s)
    return wait_s


def _load_news(conn: Connection[Any], claimed: Sequence[Notification]) -> list[News]:
    """Load what the notifications are about, the gravest first."""
    asked = [each.alarm_id for each in claimed if each.alarm_id is not None]
    alarms = {each.alarm_id: each for each in load_alarms(conn, asked)}
    rank = {alarm_id: number for number, alarm_id in enumerate(alarms)}
    ordered = sorted(
        claimed, key=lambda each: (rank.get(each.alarm_id or 0, -1), each.happened_at)
    )
    return [
        News(
            event=each.event,
            happened_at=each.happened_at,
            alarm=alarms.get(each.alarm_id or 0),
        )
        for each in ordered
    ]


def _find_receiver(
    conn: Connection[Any], settings: Settings, claimed: Notification
) -> Receiver:
    organisation = load_organisation(conn)
    return Receiver(
        address=claimed.address,
        organisation=organisation.name if organisation else "",
        time_zone=organisation.time_zone if organisation else "UTC",
        console_url=settings.console_url,
    )
