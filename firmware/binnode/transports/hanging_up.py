"""The end of a session by LTE-M; small, as `link` is (ESP32). Sources: `modem`."""

from time import sleep_ms  # type: ignore[attr-defined]

from machine import Pin  # type: ignore[import-not-found]
from micropython import const

import binnode
from binnode.transports import modem_pins as pins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The SIM7000 wants its key held for a second.
_PRESS_MS = const(1_200)
# Silence before and after `+++` (V.250, S12).
_GUARD_MS = const(1_100)
_OFF_POLLS = const(200)
_ANSWER_POLLS = const(50)
_POLL_MS = const(20)
_HEARD_BYTES_MAX = const(64)


def off() -> None:
    """Hang up and switch the modem off, whatever became of it."""
    port, ppp = binnode.link or (None, None)
    binnode.link = None
    try:
        if ppp:
            ppp.disconnect()
            ppp.active(False)
    finally:
        if port:
            _switch_off(port)
            port.deinit()


def press_key() -> None:
    """Hold the modem's key: a transistor pulls it low."""
    key = Pin(pins.KEY, Pin.OUT, value=1)
    sleep_ms(_PRESS_MS)
    key.value(0)


def _switch_off(port: "Any") -> None:
    """By command; by its key when it answers, and does not obey."""
    sleep_ms(_GUARD_MS)
    port.write(b"+++")
    sleep_ms(_GUARD_MS)
    port.read()
    port.write(b"AT+CPOWD=1\r")
    if not _hears(port, b"POWER DOWN", _OFF_POLLS):
        port.write(b"AT\r")
        if _hears(port, b"OK\r\n", _ANSWER_POLLS):
            press_key()


def _hears(port: "Any", word: bytes, polls: int) -> bool:
    heard = b""
    for _ in range(polls):
        heard = heard[-_HEARD_BYTES_MAX:] + (port.read() or b"")
        if word in heard:
            return True
        sleep_ms(_POLL_MS)
    return False
