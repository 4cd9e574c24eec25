"""What a wake is for: to measure, or to go on with an update.

An update has wakes of its own, to fetch and to check: what measuring and reporting have
loaded by then leaves no room for it in memory, and TLS none for the arithmetic of
signatures. And a version is only kept if it could do both, report and fetch.
"""

import os
import sys

from micropython import const

import binnode

_CONFIG = const("config.json")
# What the next wake is for, the ms that are left to sleep then, and what time it is.
_NOTE = const("next")
_AT_ONCE_MS = const(1)
_FETCH = const("fetch")
_CHECK = const("check")


def run() -> None:
    """Do one wake."""
    purpose, sleep_ms, now_s = _take_note()
    if purpose == _FETCH:
        from binnode.updates import fetch

        fetch.live(_CONFIG, sleep_ms, now_s)
    elif purpose == _CHECK:
        from binnode.updates import check

        check.live(sleep_ms)
    else:
        from binnode import wake

        wake.live(_CONFIG)


def fetch_before(sleep_ms: int, now_s: int) -> int:
    """Have an update fetched before so long a sleep; return how long to sleep now."""
    return _leave_note(_FETCH, sleep_ms, now_s)


def check_before(sleep_ms: int) -> int:
    """Have what was fetched checked before so long a sleep; return the same."""
    return _leave_note(_CHECK, sleep_ms, 0)


def forget(names: tuple[str, ...]) -> None:
    """Let go of modules that this wake needs no more."""
    for name in names:
        if sys.modules.pop("binnode." + name, None) and hasattr(binnode, name):
            delattr(binnode, name)


def _leave_note(purpose: str, sleep_ms: int, now_s: int) -> int:
    try:
        with open(_NOTE, "w") as file:
            file.write(f"{purpose} {sleep_ms} {now_s}")
    except OSError:
        return sleep_ms
    return _AT_ONCE_MS


def _take_note() -> tuple[str, int, int]:
    """Read the note and throw it away: should this wake fail, the next one measures."""
    try:
        with open(_NOTE) as file:
            words = file.read().split(" ")
        os.remove(_NOTE)
        purpose, sleep_ms, now_s = words
        return purpose, int(sleep_ms), int(now_s)
    except (OSError, ValueError):  # there is none, or power went while it was written
        return "", 0, 0
