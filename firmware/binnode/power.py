"""Battery, RTC memory, watchdog and deep sleep (ESP32)."""

import os

from machine import ADC, RTC, WDT, Pin, deepsleep  # type: ignore[import-not-found]
from micropython import const

from binnode import journal, pins
from binnode.journal import Journal

_DIVIDER = const(2)  # R1 = R2, `hardware/board.toml`
_BATTERY_READS = const(4)


def arm_watchdog(ms: int) -> None:
    """Reset the chip unless it sleeps again in time; it cannot be disarmed."""
    WDT(timeout=ms)


def load_journal() -> Journal:
    """Read the journal from RTC memory, or begin one under a new epoch."""
    kept = journal.from_bytes(RTC().memory())
    return kept or Journal(journal.draw_epoch(os.urandom(4)))


def save_journal(kept: Journal) -> None:
    """Write the journal to RTC memory."""
    RTC().memory(kept.to_bytes())


def read_battery_mv() -> int:
    """Measure the cell behind its divider, mean of a few."""
    adc = ADC(Pin(pins.BATTERY_SENSE), atten=ADC.ATTN_11DB)
    total_uv: int = sum(adc.read_uv() for _ in range(_BATTERY_READS))
    return total_uv * _DIVIDER // (1000 * _BATTERY_READS)


def sleep(ms: int) -> None:
    """Sleep deeply; waking is a reset."""
    deepsleep(ms)
