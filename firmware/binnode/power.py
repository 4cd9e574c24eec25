"""Battery, RTC memory and deep sleep (ESP32)."""

import os

from machine import ADC, RTC, Pin, deepsleep  # type: ignore[import-not-found]
from micropython import const

from binnode import pins
from binnode.journal import Journal, draw_epoch

_DIVIDER = const(2)  # R1 = R2, `hardware/board.toml`
_BATTERY_READS = const(4)


def load_journal() -> Journal:
    """Go on with the journal in RTC memory, or begin one under a new epoch."""
    kept = Journal(draw_epoch(os.urandom(4)))
    kept.unseal(RTC().memory())
    return kept


def save_journal(kept: Journal) -> None:
    """Write the journal to RTC memory."""
    RTC().memory(kept.seal())


def read_battery_mv() -> int:
    """Measure the cell behind its divider, mean of a few."""
    adc = ADC(Pin(pins.BATTERY_SENSE), atten=ADC.ATTN_11DB)
    total_uv: int = sum(adc.read_uv() for _ in range(_BATTERY_READS))
    return total_uv * _DIVIDER // (1000 * _BATTERY_READS)


def sleep(ms: int) -> None:
    """Sleep deeply; waking is a reset."""
    deepsleep(ms)
