"""A wake that fetches: one session, and as much of an update as fits into it."""

import sys
import time

from machine import deepsleep  # type: ignore[import-not-found]
from micropython import const

from binnode import purpose, start
from binnode.deadline import Deadline
from binnode.mqtt import Client
from binnode.stream import Stream
from binnode.topics import topic
from binnode.updates.fetching import advance

_SESSION_MS = const(15_000)
_REPLY_MS = const(3_000)
_RETAINED_MS = const(1_000)
_KEEPALIVE_S = const(30)
_SLEEP_MIN_MS = const(1_000)
# Once connected, their memory is for what is fetched.
_DONE_WITH = ("config", "secure", "radio", "transports")


def live(config_path: str, sleep_ms: int, now_s: int) -> None:
    """Fetch, then sleep for what is left; or, when something is complete, check it."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    is_complete = False
    try:
        is_complete = run(config_path, now_s)
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    left_ms = max(_SLEEP_MIN_MS, sleep_ms - awake_ms)
    # Not by `power`, which brings the journal along: there is no room for that.
    deepsleep(purpose.check_before(left_ms) if is_complete else left_ms)


def run(config_path: str, now_s: int) -> bool:
    """Connect and fetch; tell whether something is complete."""
    settings = _load(config_path)
    # Nothing so large comes through a relay.
    transport = "wifi" if settings.transport == "espnow" else settings.transport
    try:
        from binnode.transports import joining

        joined = joining.join(settings, now_s, transport)
        return bool(joined) and _talk(settings)
    finally:
        from binnode.transports import leaving

        leaving.leave(transport)


def _load(config_path: str):  # type: ignore[no-untyped-def]
    from binnode import config

    return config.load(config_path)


def _talk(settings) -> bool:  # type: ignore[no-untyped-def]
    deadline = Deadline(_SESSION_MS)
    stream = Stream(
        settings.broker_host,
        settings.broker_port,
        deadline,
        is_secure=settings.tls,
    )
    try:
        client = Client(stream, reply_ms=_REPLY_MS, deadline=deadline)
        client.connect(
            settings.device,
            user=settings.user,
            password=settings.password,
            keepalive_s=_KEEPALIVE_S,
        )
        start.forget(_DONE_WITH)
        update = topic(settings.device, "update")
        client.subscribe(update)
        offered = client.receive(update, _RETAINED_MS)
        is_complete = advance(
            client, settings.device, offered and offered.payload, deadline
        )
        client.disconnect()
    finally:
        stream.close()
    return is_complete
