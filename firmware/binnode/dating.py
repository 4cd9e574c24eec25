"""A date for TLS: after power-on the chip believes that it is 2000, and refuses all.

Certificates only have to be valid at a time that is past for sure: that of this source,
of provisioning, or when numbers were reserved last. In a wake of its own, before the
journal takes the first time from that clock.
"""

import time

from esp32 import NVS  # type: ignore[import-not-found]
from machine import RTC  # type: ignore[import-not-found]
from micropython import const

import binnode

# S since 2000: 2026-11-26, as in `purpose.py`.
_SOURCE_S = const(848_966_400)


def run() -> None:
    """Set the chip's clock to the latest time that is past for sure."""
    binnode.next_purpose = "measure"
    past_s = max(_SOURCE_S, _read_date_s())
    year, month, day, hour, minute, second, weekday = time.gmtime(past_s)[:7]
    RTC().datetime((year, month, day, weekday, hour, minute, second, 0))


def _read_date_s() -> int:
    """Read which time flash knows to be past, s since 2000; 0 when it knows none."""
    try:
        date_s: int = NVS("binnode").get_i32("date_s")
    except OSError:
        return 0
    return date_s
