"""Numbers that outlive a loss of memory: reserved in flash, a block at a time (ESP32).

Needed every 2.7 days, and after power was lost.
"""

import struct

from esp32 import NVS  # type: ignore[import-not-found]
from micropython import const

from binnode.memory.journal import Journal

_NAMESPACE = const("binnode")
_KEY = const("numbers")
_FORMAT = const("<II")
_BYTES = const(8)
_BLOCK = const(256)
_EPOCH_2000_S = const(946684800)


def recover(journal: Journal) -> None:
    """Go on behind all numbers that may have been given out, if flash knows of any."""
    numbers = bytearray(_BYTES)
    try:
        NVS(_NAMESPACE).get_blob(_KEY, numbers)
    except OSError:
        return  # the first start, or flash was erased
    journal.epoch, journal.reserved_seq = struct.unpack(_FORMAT, numbers)
    journal.first_seq = journal.sent_seq = journal.reserved_seq


def reserve(journal: Journal) -> None:
    """Have flash know of the next numbers before they are used."""
    reserved_seq = journal.next_seq + _BLOCK
    try:
        flash = NVS(_NAMESPACE)
        flash.set_blob(_KEY, struct.pack(_FORMAT, journal.epoch, reserved_seq))
        if journal.is_clock_set:
            # The least that the time is after the next loss of power (`dating.py`).
            now_s = journal.clock_raw_s + journal.clock_offset_s
            flash.set_i32("date_s", now_s - _EPOCH_2000_S)
        flash.commit()
    except OSError as error:
        # Worn out or full: the numbers are safe as long as the battery holds.
        print("flash:", error)
        return
    journal.reserved_seq = reserved_seq
