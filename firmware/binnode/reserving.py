"""Numbers that outlive a loss of memory: reserved in flash, a block at a time (ESP32).

Needed every 2.7 days, and after power was lost.
"""

import struct

from esp32 import NVS  # type: ignore[import-not-found]
from micropython import const

from binnode.journal import Journal

_NAMESPACE = const("binnode")
_KEY = const("numbers")
_FORMAT = const("<II")
_BYTES = const(8)
_BLOCK = const(256)


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
        flash.commit()
    except OSError as error:
        # Worn out or full: the numbers are safe as long as the battery holds.
        print("flash:", error)
        return
    journal.reserved_seq = reserved_seq
