"""What a bin does between two sleeps."""

import gc
import sys
import time

from micropython import const

import binnode
from binnode import clock, power
from binnode.deadline import Deadline
from binnode.memory.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config
    from binnode.payload import Record
    from binnode.uplink import Way

# What a session needs too. All else is imported where it is used, and unloaded before
# a session: memory has no room for both.
_KEPT = list(sys.modules)
# TLS wants 3 KB in one piece, and there is none left after so much came and went.
_room = [bytearray(3072)]
# Long before the watchdog: 15 s with the start and the way to sleep.
_WAKE_MS = const(14_000)
_AGAIN = const(2)  # as `radio` has it
# By MQTT: a message is built once and copied once for the socket, 0.5 KB each.
_RECORDS_PER_MESSAGE = const(40)


def run() -> None:
    """Measure, remember, and report when it is worth it.

    The journal is saved before the radio starts: whatever happens after that, no
    record is lost and no number is given out twice.
    """
    binnode.until = Deadline(_WAKE_MS)
    settings = load_settings()
    binnode.sleep_ms = settings.measure_every_s * 1000
    if not settings.tls:
        _room.clear()
    journal = power.load_journal()
    clock.resume(journal, int(time.time()), settings.measure_every_s)
    # While the code of the settings is still here.
    answer = b"" if journal.is_told and not binnode.is_trial else prepare_answer()
    unload()
    record, is_due = measure(journal, settings)
    # A version on trial has yet to show that it can report.
    is_due = is_due or binnode.is_trial
    journal.append(record)
    if is_due:
        journal.mark_reported(record)
    power.save_journal(journal)
    if is_due:
        unload()
        report(journal, settings, answer)


def load_settings() -> "Config":
    """Read what the bin goes by."""
    from binnode import config

    return config.load()


def measure(journal: Journal, settings: "Config") -> "tuple[Record, bool]":
    """Take a record, and decide whether it is worth the radio."""
    from binnode import measuring

    return measuring.measure(journal, settings)


def prepare_answer() -> bytes:
    """Say what this bin is, and what became of what the backend desires of it."""
    from binnode import desired
    from binnode.updates.identity import read_board

    return desired.tell(read_board())


def unload() -> None:
    """Let go of what only measuring needs."""
    for name in [each for each in sys.modules if each not in _KEPT]:
        del sys.modules[name]
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            delattr(sys.modules[package], own)


def report(journal: Journal, settings: "Config", answer: bytes = b"") -> None:
    """Bring the pending records to the gateway, and the answer to its wishes."""
    gc.collect()
    try:
        joined, way = _join(settings, clock.now_s(journal, int(time.time())))
        # One after the other: memory has no room for the radio's code beside TLS.
        if not way:
            unload()
        if joined:
            _hand_over(journal, settings, answer, joined == _AGAIN, way)
    finally:
        way = None
        unload()
        _leave(settings.transport)


def _join(settings: "Config", now_s: int) -> "tuple[int, Way | None]":
    if settings.transport != "wifi":
        from binnode.transports import link

        return link.connect(settings.transport)
    from binnode import radio

    return radio.connect(settings.networks, now_s), None


def _leave(transport: str) -> None:
    if transport != "wifi":
        from binnode.transports import link

        link.off(transport)
    else:
        from binnode import radio

        radio.off()


def _hand_over(
    journal: Journal,
    settings: "Config",
    answer: bytes,
    is_again: bool,
    way: "Way | None",
) -> None:
    if settings.tls and not way:
        from binnode import secure

        _room.clear()
        secure.prepare()
    _room.clear()
    gc.collect()
    if not way:
        from binnode.session import open_session

        way = open_session, _RECORDS_PER_MESSAGE
    from binnode import uplink

    try:
        uplink.report(journal, settings, answer, way)
    except OSError:
        # Perhaps somebody else has our address by now, or the network leads nowhere.
        if is_again:
            from binnode import radio

            radio.forget()
        raise
