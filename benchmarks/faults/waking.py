"""A bin that never sleeps: the firmware unchanged, one wake after the other.

Runs on MicroPython, in the bin's folder, until a file `finish` is there and nothing is
left to tell. It keeps logs for whoever kills it, of three numbers a line: `made`
(epoch, next number, number acknowledged) for each wake, `sent` (epoch, first number,
count) for each message, `ahead` for one of the newest ahead of a backlog, which is sent
twice by design, and `torn` for each start with a journal whose writing was cut.
"""

import os
import sys

import machine  # type: ignore[import-not-found]
from binnode import config, power, session, wake
from binnode.config import Config
from binnode.memory.journal import Journal
from binnode.mqtt import Client
from binnode.payload import AHEAD
from micropython import const
from utime import sleep_ms  # type: ignore[import-not-found] # one that really pauses

_PAUSE_MS = const(20)
# A wake takes 15 minutes in the world, and a journal thins after 48 hours. Here that
# would be after seconds, so a bin whose gateway is away for so long measures no more.
_ENOUGH = const(130)
# Where a kill may cut the writing off: in and between the two states, in the records.
_CUTS = (32, 64, 96, 128, 160, 192, 224, 256, 288, 512, 1024, 2048)
_PIECE_MS = const(2)
_PINGS = const(33)
_SLOT_BYTES = const(134)  # of each of the two states in the journal's memory


class SlowMemory(machine.RTC):  # type: ignore[misc]
    """RTC memory that takes its time, so that a kill tears what is being written."""

    def memory(self, data: bytes | None = None) -> bytes | None:
        """Read it, or write it."""
        if data is None:
            kept: bytes = super().memory()
            return kept
        with open("rtc_memory", "r+b") as file:
            begin = 0
            for end in _CUTS:
                file.write(memoryview(data)[begin:end])
                begin = end
                sleep_ms(_PIECE_MS)
        return None


class CountedClient(Client):
    """Writes down what it sends, before it does."""

    def publish(self, topic: str, payload: bytes | bytearray) -> None:
        """Send a message."""
        if topic.endswith("/readings"):
            epoch = int.from_bytes(payload[2:6], "little")
            first_seq = int.from_bytes(payload[6:10], "little")
            log = "ahead" if payload[1] & AHEAD else "sent"
            note(log, epoch, first_seq, (len(payload) - 14) // 13)
        super().publish(topic, payload)


def is_torn(memory: bytes) -> bool:
    """Tell whether just one of the journal's two states can be read."""
    readable = 0
    for at in (0, _SLOT_BYTES):
        one = bytearray(memory)
        one[at : at + _SLOT_BYTES] = bytes(_SLOT_BYTES)
        readable += Journal(1).unseal(bytes(one))
    return readable == 1


def note(log: str, *numbers: int) -> None:
    """Add a line in one piece."""
    line = " ".join([str(each) for each in numbers]) + "\n"
    with open(log, "ab") as file:
        file.write(line.encode())


def show(distance_mm: int) -> None:
    """Put a surface before the sensor."""
    frame = bytes([0xFF, distance_mm >> 8, distance_mm & 0xFF])
    frame += bytes([sum(frame) & 0xFF])
    for number in range(_PINGS):
        os.putenv("BIN_UART_%d" % number, frame.hex())  # noqa: UP031 - MicroPython


def turn(journal: Journal, settings: Config, *, is_finishing: bool) -> None:
    """Wake once; what is measured tells the record's number."""
    if is_finishing or journal.count >= _ENOUGH:
        wake.report(journal, settings)
    else:
        show(100 + journal.next_seq % 4000)
        wake.run()


def main() -> None:
    """Wake again and again."""
    power.RTC = SlowMemory  # type: ignore[attr-defined]
    session.Client = CountedClient  # type: ignore[attr-defined]
    settings = config.load()
    kept = power.load_journal()
    if kept.wakes and is_torn(machine.RTC().memory()):
        note("torn", kept.epoch, kept.next_seq, kept.acked_seq)
    power.save_journal(kept)
    while True:
        journal = power.load_journal()
        note("made", journal.epoch, journal.next_seq, journal.acked_seq)
        is_finishing = "finish" in os.listdir()
        if is_finishing and not journal.count:
            return
        try:
            turn(journal, settings, is_finishing=is_finishing)
        except Exception as error:  # noqa: BLE001 - as `start` does
            sys.print_exception(error)  # type: ignore[attr-defined]
        sleep_ms(_PAUSE_MS)


main()
