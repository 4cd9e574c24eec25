"""Alarms by e-mail: one mail for all that happened, in a dispatcher's words."""

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from zoneinfo import ZoneInfo

from backend.alarms import words
from backend.alarms.telling import News, Receiver
from backend.settings import Settings

TIMEOUT_S = 15.0
MOST = 100  # lines; a storm is still a mail that somebody can read
EVENTS = {"raised": "", "repeated": "STILL ", "cleared": "OVER: "}


class NotSentError(Exception):
    """The mail did not leave; the message says why."""


def write_mail(news: Sequence[News], receiver: Receiver) -> EmailMessage:
    """Write one mail of everything, the gravest first."""
    lines = [_write(each, receiver) for each in news[:MOST]]
    if len(news) > MOST:
        lines.append(f"… and {len(news) - MOST} more: {receiver.console_url}")
    # Every server takes seven bits, not every one eight.
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["Subject"] = _subject(news, receiver)
    mail["To"] = receiver.address
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain="ullage")
    # Out-of-office robots must not answer [RFC 3834].
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(lines) + f"\n\n-- \n{receiver.organisation}\n")
    return mail


def _subject(news: Sequence[News], receiver: Receiver) -> str:
    alarm = news[0].alarm
    said = "Test: alarms reach you here"
    if alarm is not None:
        said = f"{EVENTS[news[0].event]}{words.name(alarm)}, {words.place(alarm)}"
    more = f" and {len(news) - 1} more" if len(news) > 1 else ""
    # A name with a line break in it must not break the header.
    return " ".join(f"[{receiver.organisation}] {said}{more}".split())


def _write(news: News, receiver: Receiver) -> str:
    alarm = news.alarm
    if alarm is None:
        return "This is a test. Alarms will reach you at this address."
    zone = ZoneInfo(receiver.time_zone)
    since = words.local(alarm.began_at, zone)
    if news.event == "cleared" and alarm.cleared_at is not None:
        since = f"{since} until {words.local(alarm.cleared_at, zone)}"
    link = receiver.console_url
    if alarm.slot_id is not None:
        link = f"{link}/#bin={alarm.slot_id}"
    return (
        f"{EVENTS[news.event]}{words.name(alarm)}: {words.place(alarm)}\n"
        f"  {words.what(alarm)}\n  since {since}\n  {link}"
    )


def send_mail(mail: EmailMessage, settings: Settings) -> None:
    """Hand a mail to the server.

    Raises
    ------
    NotSentError
        If the server is not set, not there, or does not want it.
    """
    if not settings.smtp_host:
        raise NotSentError("no mail server is set: ULLAGE_SMTP_HOST")
    mail["From"] = settings.smtp_from
    try:
        with _connect(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        where = f"{settings.smtp_host}:{settings.mail_port}"
        raise NotSentError(f"mail server {where}: {error}") from error


def _connect(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.mail_port
    if settings.smtp_tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    if settings.smtp_tls == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
