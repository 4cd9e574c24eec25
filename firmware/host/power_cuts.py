"""Cut the power at every operation of an update; run by MicroPython.

Usage: micropython power_cuts.py BLOCK_BYTES BLOCKS PROGRAM_BYTES EVERY

The working folder is that of `host.updating`, with the releases `1`, `2` and `3`.
Power is cut at each EVERY-th operation of the flash, torn four ways. Then the bin must
come up with the old or the new version, bring the update to its end, and take a later
one. Prints how many operations there are, and what became of the bin how often.
"""

import sys

from host import updating
from host.flash import Flash
from host.updating import Gateway, boot, chip, mount, unmount, update

TORN_QUARTERS = (0, 1, 2, 4)


def record(flash: Flash, program_bytes: int) -> bytes:
    """Update from 1 to 2 without a cut; the log is the flash's; return how it began."""
    updating.make_disk(flash, program_bytes)
    mount(flash, program_bytes)
    updating.install("1")
    base = bytes(flash.image)
    flash.is_logging = True
    chip.flash = flash
    if not update(Gateway("2", 2), 2):
        raise SystemExit("without a cut, the update fails")
    flash.is_logging = False
    chip.flash = None
    unmount()
    return base


def look(flash: Flash, program_bytes: int) -> str:
    """Bring the power back and see what became of the bin."""
    mount(flash, program_bytes)
    try:
        came = boot()
        if came not in (1, 2):
            return "bricked"
        if not update(Gateway("2", 2), 2):
            return "stuck"
        if not update(Gateway("3", 3), 3):
            return "takes_no_later"
        return "old" if came == 1 else "new"
    finally:
        unmount()


def main(block_bytes: int, block_count: int, program_bytes: int, every: int) -> None:
    """Record one update, then cut it everywhere."""
    flash = Flash(block_bytes, block_count)
    base = record(flash, program_bytes)
    became: dict[str, int] = {}
    for quarters in TORN_QUARTERS:
        before = bytearray(base)
        for index, operation in enumerate(flash.log):
            flash.image[:] = before
            if index % every == 0:
                flash.repeat(operation, quarters)
                chip.values = chip.values_at(index)
                what = look(flash, program_bytes)
                became[what] = became.get(what, 0) + 1
                flash.image[:] = before
            flash.repeat(operation)
            before[:] = flash.image
    print(len(flash.log), " ".join([f"{each}={became[each]}" for each in became]))


main(*[int(word) for word in sys.argv[1:5]])
