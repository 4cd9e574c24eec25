"""Alarms by webhook, signed by the Standard Webhooks scheme: libraries verify it.

The specification (github.com/standard-webhooks, "Webhook headers (sending metadata)"):
`webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body` with
the bytes of the secret that follow `whsec_`.
"""

import base64
import hmac
import http.client
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from backend.alarms import words
from backend.alarms.errors import BadAddressError
from backend.alarms.telling import News, Receiver

PREFIX = "whsec_"
SECRET_BYTES = 32  # the specification wants 24 to 64
TIMEOUT_S = 15.0
LONGEST_ANSWER = 200  # bytes of it that are kept where it is no


class NotTakenError(Exception):
    """The receiver did not take it; the message says why.

    `is_away`: it would take nothing else now either.
    """

    def __init__(self, said: str, *, is_away: bool) -> None:
        self.is_away = is_away
        super().__init__(said)


def make_secret() -> str:
    """Draw what a webhook is signed with."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(body: bytes, *, secret: str, message_id: str, timestamp_s: int) -> str:
    """Sign a message, as the header says it."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp_s}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def sign_headers(body: bytes, *, secret: str, message_id: str) -> dict[str, str]:
    """Write the headers of a message that is sent now."""
    timestamp_s = int(time.time())
    signature = sign(
        body, secret=secret, message_id=message_id, timestamp_s=timestamp_s
    )
    return {
        "Content-Type": "application/json",
        "User-Agent": "Ullage",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": signature,
    }


def write_body(news: News, receiver: Receiver) -> bytes:
    """Write what happened; the same bytes whenever it is told again."""
    said = {
        "type": "test" if news.alarm is None else f"alarm.{news.event}",
        "timestamp": news.happened_at.isoformat(),
        "data": _write(news, receiver),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _write(news: News, receiver: Receiver) -> dict[str, Any]:
    alarm = news.alarm
    if alarm is None:
        return {"organisation": receiver.organisation}
    # What may change between two tries is left out: whoever compares, compares bytes.
    return {
        "organisation": receiver.organisation,
        "alarm_id": alarm.alarm_id,
        "kind": alarm.kind,
        "severity": alarm.severity,
        "what": words.what(alarm),
        "facts": alarm.facts,
        "began_at": alarm.began_at.isoformat(),
        "raised_at": alarm.raised_at.isoformat(),
        "slot_id": alarm.slot_id,
        "bin": alarm.code,
        "site": alarm.site,
        "address": alarm.address,
        "stream": alarm.stream,
    }


def check_address(address: str) -> None:
    """Refuse what nothing can be posted to.

    Raises
    ------
    BadAddressError
        It says what is wanted.
    """
    wanted = BadAddressError(
        f"{address} is no address to post to: such as https://example.org/alarms"
    )
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_good = is_good and parts.port != 0 and address.isascii()
    except ValueError:
        raise wanted from None
    if not is_good or any(each.isspace() for each in address) or parts.username:
        raise wanted


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Post a message. A redirection is not followed: it is not who was meant.

    Raises
    ------
    NotTakenError
        If anything but 2xx was answered, or nothing.
    """
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connect(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.request("POST", path, body, dict(headers))
        answer = connection.getresponse()
        said = answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        # Names of hosts that no resolver can spell are a ValueError.
        raise NotTakenError(f"{parts.hostname}: {error}", is_away=True) from error
    finally:
        connection.close()
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        text = said.decode("utf-8", "replace").strip()
        raise NotTakenError(
            f"{parts.hostname} answered {answer.status}: {text}",
            is_away=answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or answer.status == HTTPStatus.TOO_MANY_REQUESTS,
        )


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
