"""Battery, RTC memory, numbers in flash, and deep sleep (ESP32)."""

import os
import struct

from esp32 import NVS  # type: ignore[import-not-found]
from machine import ADC, RTC, Pin, deepsleep  # type: ignore[import-not-found]
from micropython import const

from binnode import pins
from binnode.journal import Journal, draw_epoch

_DIVIDER = const(2)  # R1 = R2, `hardware/board.toml`
_BATTERY_READS = const(4)
_NAMESPACE = const("binnode")
_NUMBERS = const("numbers")
_NUMBERS_FORMAT = const("<II")
_NUMBERS_BYTES = const(8)
# Numbers that are reserved by one write to flash: at 15 minutes every 2.7 days.
_BLOCK = const(256)


def load_journal() -> Journal:
    """Go on with the journal in RTC memory, or with the numbers that flash knows of.

    Where memory was lost, no number of the last block that was reserved is given out
    again, be it used or not. Without both it begins under a new epoch.
    """
    kept = Journal(draw_epoch(os.urandom(4)))
    if not kept.unseal(RTC().memory()):
        reserved = bytearray(_NUMBERS_BYTES)
        try:
            NVS(_NAMESPACE).get_blob(_NUMBERS, reserved)
        except OSError:
            return kept  # the first start, or flash was erased
        kept.epoch, kept.reserved_seq = struct.unpack(_NUMBERS_FORMAT, reserved)
        kept.first_seq = kept.sent_seq = kept.reserved_seq
    return kept


def save_journal(kept: Journal) -> None:
    """Write the journal to RTC memory; before a number is used, flash knows of it."""
    if kept.next_seq > kept.reserved_seq:
        _reserve(kept, kept.next_seq + _BLOCK)
    RTC().memory(kept.seal())


def _reserve(kept: Journal, reserved_seq: int) -> None:
    try:
        flash = NVS(_NAMESPACE)
        numbers = struct.pack(_NUMBERS_FORMAT, kept.epoch, reserved_seq)
        flash.set_blob(_NUMBERS, numbers)
        flash.commit()
    except OSError as error:
        # Worn out or full: the numbers are safe as long as the battery holds.
        print("flash:", error)
        return
    kept.reserved_seq = reserved_seq


def read_battery_mv() -> int:
    """Measure the cell behind its divider, mean of a few."""
    adc = ADC(Pin(pins.BATTERY_SENSE), atten=ADC.ATTN_11DB)
    total_uv: int = sum(adc.read_uv() for _ in range(_BATTERY_READS))
    return total_uv * _DIVIDER // (1000 * _BATTERY_READS)


def sleep(ms: int) -> None:
    """Sleep deeply; waking is a reset."""
    deepsleep(ms)
