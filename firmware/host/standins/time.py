"""The ESP32's `time` on the host: whole seconds since 2000, on a virtual clock.

`BIN_NOW` is the world's time (s since 1970) when the wake starts. The chip's own
clock is that plus a skew which lasts from one power-on to the next. Pauses take no
time of ours: the clock skips them. Only what a peer on the network takes is real.
"""

import os

import utime  # type: ignore[import-not-found]
from micropython import const
from utime import ticks_add, ticks_cpu, ticks_diff  # noqa: F401 - for others

_EPOCH_2000_S = const(946684800)
_SKEW_FILE = "clock_skew"
_NOW_S = int(os.getenv("BIN_NOW", "0"))
_STARTED = utime.ticks_ms()
_skipped_us = 0


def sleep_us(us: int) -> None:
    """Skip us."""
    global _skipped_us  # noqa: PLW0603 - the one clock of the process
    _skipped_us += us


def sleep_ms(ms: int) -> None:
    """Skip ms."""
    sleep_us(1000 * ms)


def sleep(s: int) -> None:
    """Skip s."""
    sleep_us(1_000_000 * s)


def ticks_us() -> int:
    """Tell a time in us to take differences of."""
    ticks: int = ticks_add(utime.ticks_us(), _skipped_us)
    return ticks


def ticks_ms() -> int:
    """Tell a time in ms to take differences of."""
    ticks: int = ticks_add(utime.ticks_ms(), _skipped_us // 1000)
    return ticks


def gmtime(secs: int) -> tuple[int, ...]:
    """Break s since 2000 down."""
    broken: tuple[int, ...] = utime.gmtime(secs + _EPOCH_2000_S)
    return broken


def _power_on() -> None:
    # After power-on the chip believes that it is 2000-01-01.
    is_right = os.getenv("BIN_CLOCK_RIGHT") == "1"
    skew_s = 0 if is_right else _EPOCH_2000_S - _NOW_S
    with open(_SKEW_FILE, "w") as file:
        file.write(str(skew_s))


def _read_skew() -> int:
    with open(_SKEW_FILE) as file:
        return int(file.read())


if os.getenv("BIN_POWER_ON") == "1":
    _power_on()
_SKEW_S = _read_skew()


def time() -> int:
    """Tell the chip's own clock, s since 2000."""
    awake_s: int = ticks_diff(ticks_ms(), _STARTED) // 1000
    return _NOW_S + _SKEW_S - _EPOCH_2000_S + awake_s
