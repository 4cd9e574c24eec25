"""A wake that fetches: one session, and as much of an update as fits into it."""

import sys
import time

from micropython import const

from binnode import config, payload, radio, start
from binnode.config import Config
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


def live(config_path: str, sleep_ms: int) -> None:
    """Fetch, then sleep for what is left; or, when something is complete, check it."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    is_complete = False
    try:
        is_complete = run(config.load(config_path))
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    left_ms = max(_SLEEP_MIN_MS, sleep_ms - awake_ms)
    # It brings the journal along; while fetching there is no room for that.
    from binnode import power

    power.sleep(start.check_before(left_ms) if is_complete else left_ms)


def run(settings: Config) -> bool:
    """Connect and fetch; tell whether something is complete."""
    try:
        if radio.connect(
            settings.wifi_ssid, settings.wifi_password, Deadline(_WIFI_MS)
        ):
            return _talk(settings)
        print("wifi: no connection to", settings.wifi_ssid)
        return False
    finally:
        radio.off()


def _talk(settings: Config) -> bool:
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
