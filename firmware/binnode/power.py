"""Battery and RTC memory (ESP32)."""

import os

from machine import ADC, RTC, Pin  # type: ignore[import-not-found]
from micropython import const

from binnode import pins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.memory.journal import Journal

_DIVIDER = const(2)  # R1 = R2, `hardware/board.toml`
_BATTERY_READS = const(4)


def load_journal() -> "Journal":
    """Go on with the journal in RTC memory, or with the numbers that flash knows of.

    Where memory was lost, no number of the last block that was reserved is given out
    again, be it used or not. Without both it begins under a new epoch.
    """
    # Not every wake has one: an update sleeps from here, and has no room for it.
    from binnode.memory.journal import Journal, draw_epoch

    kept = Journal(draw_epoch(os.urandom(4)))
    if not kept.unseal(RTC().memory()):
        from binnode.memory import reserving

        reserving.recover(kept)
    return kept


def save_journal(kept: "Journal") -> None:
    """Write the journal to RTC memory; before a number is used, flash knows of it."""
    if kept.next_seq > kept.reserved_seq:
        from binnode.memory import reserving

        reserving.reserve(kept)
    RTC().memory(kept.seal())


def read_battery_mv() -> int:
    """Measure the cell behind its divider, mean of a few."""
    adc = ADC(Pin(pins.BATTERY_SENSE), atten=ADC.ATTN_11DB)
    total_uv: int = sum(adc.read_uv() for _ in range(_BATTERY_READS))
    return total_uv * _DIVIDER // (1000 * _BATTERY_READS)
