"""Wall time from an own clock that starts at nothing and drifts.

The device never sets its own clock; the journal keeps what to add to it. So
neither MicroPython's epoch (2000 on the ESP32, 1970 elsewhere) nor a reset
matters, and time without a source still counts on in one piece.
"""

from micropython import const

from binnode.journal import Journal

_U32_MAX = const(0xFFFFFFFF)


def resume(journal: Journal, raw_s: int, slept_s: int) -> None:
    """Go on from the last wake, and notice an own clock that started anew."""
    if raw_s < journal.clock_raw_s:
        last_s = journal.clock_raw_s + journal.clock_offset_s
        journal.clock_offset_s = last_s + slept_s - raw_s
        journal.is_clock_set = False
    journal.clock_raw_s = raw_s


def now_s(journal: Journal, raw_s: int) -> int:
    """Tell the time: s since 1970 once the clock is set, else s on the own clock."""
    return max(0, min(raw_s + journal.clock_offset_s, _U32_MAX))


def set_time(journal: Journal, raw_s: int, server_s: int) -> None:
    """Take the time from a live ack, also for records that waited for it."""
    journal.stamp(server_s - now_s(journal, raw_s))
    journal.clock_offset_s = server_s - raw_s
    journal.clock_raw_s = raw_s
    journal.is_clock_set = True
