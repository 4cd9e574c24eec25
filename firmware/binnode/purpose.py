"""What the next wake is for, if not to measure; written down by the one before."""

import os
import time

from micropython import const

# The purpose, the ms that are left to sleep then, and what time it is.
_NOTE = const("next")
_AT_ONCE_MS = const(1)
# The chip's clock is less after power-on, s since 2000: 2026-11-26, as in `dating.py`.
_UNDATED_S = const(848_966_400)
MEASURE, FETCH, CHECK, DATE = "measure", "fetch", "check", "date"


def find() -> tuple[str, int, int]:
    """Tell what this wake is for, and what its note says."""
    for_what, sleep_ms, now_s = _take_note()
    # Once only, and never again should the clock not take it.
    if not for_what and time.time() < _UNDATED_S and "ca.der" in os.listdir():
        for_what = DATE
    return for_what, sleep_ms, now_s


def fetch_before(sleep_ms: int, now_s: int) -> int:
    """Have an update fetched before so long a sleep; return how long to sleep now."""
    return _leave_note(FETCH, sleep_ms, now_s)


def check_before(sleep_ms: int) -> int:
    """Have what was fetched checked before so long a sleep; return the same."""
    return _leave_note(CHECK, sleep_ms, 0)


def measure_next() -> int:
    """Have the next wake measure, come what may; return how long to sleep until it."""
    _leave_note(MEASURE, 0, 0)
    return _AT_ONCE_MS


def _leave_note(for_what: str, sleep_ms: int, now_s: int) -> int:
    try:
        with open(_NOTE, "w") as file:
            file.write(f"{for_what} {sleep_ms} {now_s}")
    except OSError:
        return sleep_ms
    return _AT_ONCE_MS


def _take_note() -> tuple[str, int, int]:
    """Read the note and throw it away: should this wake fail, the next one measures."""
    try:
        with open(_NOTE) as file:
            words = file.read().split(" ")
        os.remove(_NOTE)
        for_what, sleep_ms, now_s = words
        return for_what, int(sleep_ms), int(now_s)
    except (OSError, ValueError):  # there is none, or power went while it was written
        return "", 0, 0
