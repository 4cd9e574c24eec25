"""A wake that checks what was fetched."""

import sys
import time

from micropython import const

from binnode import power
from binnode.updates.installing import conclude

_SLEEP_MIN_MS = const(1_000)


def live(sleep_ms: int) -> None:
    """Check, then sleep for what is left."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    try:
        conclude(power.read_battery_mv())
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    power.sleep(max(_SLEEP_MIN_MS, sleep_ms - awake_ms))
