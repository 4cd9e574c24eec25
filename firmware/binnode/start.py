"""One wake: to measure, to give the clock a date, or to go on with an update.

Each has a wake of its own: what measuring and reporting have loaded by then leaves no
room for the others in memory. What the loader calls, and so never to be renamed.
"""

import sys
import time

from machine import deepsleep  # type: ignore[import-not-found]
from micropython import const

import binnode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_SLEEP_MIN_MS = const(1_000)


def run() -> None:
    """Do one wake, from reset to deep sleep, whatever happens in between."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    # What cannot be imported the loader has to know of.
    work = _find_work()
    try:
        work()
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    sleep_ms = max(_SLEEP_MIN_MS, binnode.sleep_ms - awake_ms)
    if binnode.next_purpose:
        from binnode import purpose

        sleep_ms = purpose.be_back(binnode.next_purpose, sleep_ms)
    deepsleep(sleep_ms)


def _find_work() -> "Callable[[], None]":
    from binnode import purpose

    this = purpose.find()
    if this == purpose.FETCH:
        from binnode.updates import fetch

        return fetch.run
    if this == purpose.CHECK:
        from binnode.updates import check

        return check.run
    if this == purpose.DATE:
        from binnode import dating

        return dating.run
    forget(("purpose",))
    from binnode import wake

    return wake.run


def forget(names: tuple[str, ...]) -> None:
    """Let go of modules that this wake needs no more."""
    for name in names:
        if sys.modules.pop("binnode." + name, None) and hasattr(binnode, name):
            delattr(binnode, name)
