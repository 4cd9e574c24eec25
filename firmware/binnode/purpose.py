"""What the next wake is for, if not to measure; written down by the one before."""

import os
import time

from micropython import const

import binnode

# The purpose, the ms that are left to sleep then, and what time it is.
_NOTE = const("next")
_AT_ONCE_MS = const(1)
# The chip's clock is less after power-on, s since 2000: 2026-11-26, as in `dating.py`.
_UNDATED_S = const(848_966_400)
MEASURE, FETCH, CHECK, DATE = "measure", "fetch", "check", "date"


def find() -> str:
    """Tell what this wake is for; what its note says beside is in `binnode`."""
    this = _take_note()
    # Once only: should the clock not take it, it is to measure all the same.
    if not this and time.time() < _UNDATED_S and "ca.der" in os.listdir():
        return DATE
    return this or MEASURE


def be_back(purpose: str, sleep_ms: int) -> int:
    """Write down what to be back for at once; return how long to sleep until then."""
    try:
        with open(_NOTE, "w") as file:
            file.write(f"{purpose} {sleep_ms} {binnode.now_s}")
    except OSError:
        return sleep_ms
    return _AT_ONCE_MS


def _take_note() -> str:
    """Read the note and throw it away: should this wake fail, the next one measures."""
    try:
        with open(_NOTE) as file:
            words = file.read().split(" ")
        os.remove(_NOTE)
        purpose, sleep_ms, now_s = words
        binnode.sleep_ms, binnode.now_s = int(sleep_ms), int(now_s)
    except (OSError, ValueError):  # there is none, or power went while it was written
        return ""
    return purpose
