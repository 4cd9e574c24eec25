"""The loader: started by MicroPython after every reset, never updated over the air.

The file `slot` says which of two folders runs, `a` or `b`. `b12`: it is on trial, has
12 wakes left to be confirmed. `a!`: it runs because the other one failed.
"""

import gc
import os
import sys

from machine import WDT, deepsleep  # type: ignore[import-not-found]

# Before anything else can fail. Measuring may take 3 s, Wi-Fi 9 s, the session 10 s;
# the rest is for name look-up, which has no time-out of its own.
WDT(timeout=30_000)

# What importing leaves behind must not scatter what stays: measured, a whole wake
# then fits in 44 KB of heap instead of 56.
gc.threshold(4096)  # type: ignore[attr-defined]

_RETRY_MS = 60_000


def write_slot(text: str) -> None:
    """Say what shall run; littlefs renames as a whole, or not at all."""
    with open("slot.new", "w") as file:
        file.write(text)
    os.rename("slot.new", "slot")


def read_slot() -> str:
    """Read what shall run; a device that was never updated has no such file."""
    try:
        with open("slot") as file:
            text = file.read()
    except OSError:
        text = ""
    return text if text[:1] in ("a", "b") else "a"


def other(slot: str) -> str:
    """Name the other folder."""
    return "b" if slot == "a" else "a"


def choose() -> tuple[str, bool]:
    """Choose the folder; a trial is spent before the code that is tried can run."""
    text = read_slot()
    slot, trials = text[0], text[1:]
    if not trials.isdigit():
        return slot, False
    if int(trials) == 0:
        write_slot(other(slot) + "!")
        return other(slot), False
    write_slot(slot + str(int(trials) - 1))
    return slot, True


def fall_back(slot: str, is_trial: bool) -> None:
    """Have the other folder run from now on, if there is a whole one."""
    try:
        if not is_trial:
            os.stat(other(slot) + "/manifest")
        write_slot(other(slot) + "!")
    except OSError as error:
        sys.print_exception(error)  # type: ignore[attr-defined]
    deepsleep(_RETRY_MS)


slot, is_trial = choose()
sys.path.insert(0, slot)
try:
    import binnode

    binnode.slot, binnode.is_trial = slot, is_trial
    from binnode import start

    start.run()
# Missing, damaged, of another MicroPython, too large: whatever it is, it cannot run.
except Exception as error:  # noqa: BLE001
    sys.print_exception(error)  # type: ignore[attr-defined]
    fall_back(slot, is_trial)
