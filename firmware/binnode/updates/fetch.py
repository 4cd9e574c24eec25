"""A wake that fetches: one session, and as much of an update as fits into it."""

import sys
import time

from micropython import const

from binnode import payload, start
from binnode.deadline import Deadline
from binnode.mqtt import Client
from binnode.stream import Stream
from binnode.updates.fetching import advance

_WIFI_MS = const(8_000)
_SESSION_MS = const(15_000)
_REPLY_MS = const(3_000)
_RETAINED_MS = const(1_000)
_KEEPALIVE_S = const(30)
_SLEEP_MIN_MS = const(1_000)
# Once connected, their memory is for what is fetched.
_DONE_WITH = ("config", "secure")


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
    # It brings the journal along; while fetching there is no room for that.
    from binnode import power

    power.sleep(start.check_before(left_ms) if is_complete else left_ms)


def run(config_path: str, now_s: int) -> bool:
    """Connect and fetch; tell whether something is complete."""
    from binnode import radio

    settings = _load(config_path)
    networks = {settings.wifi_ssid: settings.wifi_password}
    try:
        if radio.connect(networks, now_s, Deadline(_WIFI_MS)):
            return _talk(settings)
        print("wifi: none in reach of", ", ".join(networks))
        return False
    finally:
        radio.off()


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
        topic = payload.topic(settings.device, "update")
        client.subscribe(topic)
        offered = client.receive(topic, _RETAINED_MS)
        is_complete = advance(
            client, settings.device, offered and offered.payload, deadline
        )
        client.disconnect()
    finally:
        stream.close()
    return is_complete
