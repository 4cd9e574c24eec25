"""Wall time from an own clock that starts at nothing and drifts.

The device never sets its own clock; the journal keeps what to add to it. So
neither MicroPython's epoch (2000 on the ESP32, 1970 elsewhere) nor a reset
matters, and time without a source still counts on in one piece.

The RC oscillator that counts during deep sleep is off by up to 5 % (ESP-IDF
Programming Guide, System Time). How much is learned from two live acks, and believed
until the next.
"""

from micropython import const

from binnode.memory.journal import Journal

_U32_MAX = const(0xFFFFFFFF)
_MILLION = const(1_000_000)
# Both ends tell whole seconds: half an hour shows a drift to 0.1 %.
_LEARN_S = const(1800)
_DRIFT_MAX_PPM = const(100_000)
_NEW_OF = const(4)
_LATE_S = const(600)


def resume(journal: Journal, raw_s: int, slept_s: int) -> None:
    """Go on from the last wake, and notice an own clock that cannot be right.

    It started anew, or it jumped; or we slept longer than we know of, and then too
    nobody has told the time since.
    """
    if not 0 <= raw_s - journal.clock_raw_s <= 2 * slept_s + _LATE_S:
        last_s = now_s(journal, journal.clock_raw_s)
        journal.clock_offset_s = last_s + slept_s - raw_s
        journal.clock_live_s = raw_s
        journal.is_clock_set = False
    journal.clock_raw_s = raw_s


def now_s(journal: Journal, raw_s: int) -> int:
    """Tell the time: s since 1970 once the clock is set, else s on the own clock."""
    lost_s = (raw_s - journal.clock_live_s) * journal.drift_ppm // _MILLION
    return max(0, min(raw_s + journal.clock_offset_s + lost_s, _U32_MAX))


def set_time(journal: Journal, raw_s: int, server_s: int) -> None:
    """Take the time from a live ack, also for records that waited for it."""
    if journal.is_clock_set:
        _learn_drift(journal, raw_s, server_s)
    else:
        journal.stamp(server_s - now_s(journal, raw_s))
    journal.clock_offset_s = server_s - raw_s
    journal.clock_raw_s = journal.clock_live_s = raw_s
    journal.is_clock_set = True


def _learn_drift(journal: Journal, raw_s: int, server_s: int) -> None:
    """Compare with the time since the last live ack.

    One comparison is off by a second at both ends and the temperature moves the
    oscillator, so that the next ones count for a quarter.
    """
    counted_s = raw_s - journal.clock_live_s
    if counted_s < _LEARN_S:
        return
    lost_s = server_s - journal.clock_offset_s - raw_s
    ppm = lost_s * _MILLION // counted_s
    if abs(ppm) > _DRIFT_MAX_PPM:
        return  # no oscillator is that bad: one of the clocks was set
    if journal.drift_ppm:
        ppm = journal.drift_ppm + (ppm - journal.drift_ppm) // _NEW_OF
    journal.drift_ppm = ppm
