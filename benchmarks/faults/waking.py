"""A bin that never sleeps: the firmware unchanged, one wake after the other.

Runs on MicroPython, in the bin's folder, until a file `finish` is there and nothing is
left to tell. It keeps two logs for whoever kills it: `made` (epoch, next number, number
acknowledged; a line a wake) and `sent` (epoch, first number, count; a line a message).
"""

import os
import sys
import time

import machine  # type: ignore[import-not-found]
from binnode import config, power, uplink, wake
from binnode.config import Config
from binnode.journal import CAPACITY, Journal
from binnode.mqtt import Client
from micropython import const

_PAUSE_MS = const(20)
# A wake takes 15 minutes in the world, and a journal lasts 37 hours. Here it would be
# full after seconds, so a bin whose gateway is away for so long measures no more.
_ENOUGH = CAPACITY - 20
_PIECE_BYTES = const(256)
_PIECE_MS = const(2)
_PINGS = const(12)


class SlowMemory(machine.RTC):  # type: ignore[misc]
    """RTC memory that takes its time, so that a kill tears what is being written."""

    def memory(self, data: bytes | None = None) -> bytes | None:
        """Read it, or write it."""
        if data is None:
            kept: bytes = super().memory()
            return kept
        with open("rtc_memory", "r+b") as file:
            for at in range(0, len(data), _PIECE_BYTES):
                file.write(memoryview(data)[at : at + _PIECE_BYTES])
                time.sleep_ms(_PIECE_MS)  # type: ignore[attr-defined]
        return None


class CountedClient(Client):
    """Writes down what it sends, before it does."""

    def publish(self, topic: str, payload: bytes) -> None:
        """Send a message."""
        epoch = int.from_bytes(payload[2:6], "little")
        first_seq = int.from_bytes(payload[6:10], "little")
        note("sent", epoch, first_seq, (len(payload) - 14) // 13)
        super().publish(topic, payload)


def note(log: str, *numbers: int) -> None:
    """Add a line in one piece."""
    line = " ".join([str(each) for each in numbers]) + "\n"
    with open(log, "ab") as file:
        file.write(line.encode())


def show(distance_mm: int) -> None:
    """Put a surface before the sensor."""
    frame = bytes([0xFF, distance_mm >> 8, distance_mm & 0xFF])
    frame += bytes([sum(frame) & 0xFF])
    os.putenv("BIN_UART", (frame * _PINGS).hex())


def turn(journal: Journal, settings: Config, *, is_finishing: bool) -> None:
    """Wake once; what is measured tells the record's number."""
    if is_finishing or journal.count >= _ENOUGH:
        wake.report(journal, settings)
    else:
        show(100 + journal.next_seq % 4000)
        wake.run(settings)


def main() -> None:
    """Wake again and again."""
    power.RTC = SlowMemory
    uplink.Client = CountedClient  # type: ignore[misc]
    settings = config.load("config.json")
    power.save_journal(power.load_journal())
    while True:
        journal = power.load_journal()
        note("made", journal.epoch, journal.next_seq, journal.acked_seq)
        is_finishing = "finish" in os.listdir()
        if is_finishing and not journal.count:
            return
        try:
            turn(journal, settings, is_finishing=is_finishing)
        except Exception as error:  # noqa: BLE001 - as `wake.live` does
            sys.print_exception(error)  # type: ignore[attr-defined]
        time.sleep_ms(_PAUSE_MS)  # type: ignore[attr-defined]


main()
