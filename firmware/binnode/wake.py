"""What a bin does between two sleeps."""

import gc
import sys
import time

from micropython import const

import binnode
from binnode import clock, power
from binnode.memory.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config
    from binnode.payload import Record
    from binnode.transports.joining import Joined

# What a session needs too. All else is imported where it is used, and unloaded before
# a session: memory has no room for both.
_KEPT = list(sys.modules)
# TLS wants 3 KB in one piece, and there is none left after so much came and went.
_room = [bytearray(3072)]
_DEFAULT_SLEEP_S = const(900)
_SLEEP_MIN_MS = const(1_000)


def live(config_path: str) -> None:
    """Do one wake, from reset to deep sleep, whatever happens in between."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    sleep_s = _DEFAULT_SLEEP_S
    try:
        settings = load_settings(config_path)
        sleep_s = settings.measure_every_s
        run(settings)
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    sleep_ms = max(_SLEEP_MIN_MS, sleep_s * 1000 - awake_ms)
    if binnode.update_due_s:
        from binnode import purpose

        sleep_ms = purpose.fetch_before(sleep_ms, binnode.update_due_s)
    power.sleep(sleep_ms)


def run(settings: "Config") -> None:
    """Measure, remember, and report when it is worth it.

    The journal is saved before the radio starts: whatever happens after that, no
    record is lost and no number is given out twice.
    """
    if not settings.tls:
        _room.clear()
    journal = power.load_journal()
    clock.resume(journal, int(time.time()), settings.measure_every_s)
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
        answer = b"" if journal.is_told and not binnode.is_trial else prepare_answer()
        unload()
        report(journal, settings, answer)


def load_settings(config_path: str) -> "Config":
    """Read what the bin goes by."""
    from binnode import config

    return config.load(config_path)


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
        joined = _join(settings, clock.now_s(journal, int(time.time())))
        # One after the other: memory has no room for the radio's code beside TLS.
        if not joined[1:]:
            unload()
        if joined:
            _hand_over(journal, settings, answer, joined)
    finally:
        joined = ()
        unload()
        from binnode.transports import leaving

        leaving.leave(settings.transport)


def _join(settings: "Config", now_s: int) -> "Joined":
    from binnode.transports import joining

    return joining.join(settings, now_s, settings.transport)


def _hand_over(
    journal: Journal, settings: "Config", answer: bytes, joined: "Joined"
) -> None:
    is_again, *way = joined
    if settings.tls and not way:
        from binnode import secure

        _room.clear()
        secure.prepare()
    _room.clear()
    gc.collect()
    from binnode import uplink

    try:
        uplink.report(journal, settings, answer, *way)
    except OSError:
        # Perhaps somebody else has our address by now, or the network leads nowhere.
        if is_again:
            from binnode import radio

            radio.forget()
        raise
