"""Offer one release after the other to a bin, each on flash of its own.

Run by MicroPython where `host.updating` can: `offering.py FOLDER VERSION MV LOSES …`.
Prints for each how it ended, what was said about it, and which version runs then.
"""

import sys

from host.flash import Flash
from host.updating import (
    Gateway,
    boot,
    chip,
    install,
    make_disk,
    mount,
    unmount,
    update,
)


def try_one(folder: str, version: int, battery_mv: int, loses_every: int) -> None:
    flash = Flash(4096, 64)
    chip.values = {"version": 1}
    make_disk(flash, 32)
    mount(flash, 32)
    install("1")
    gateway = Gateway(folder, version, loses_every)
    update(gateway, version, battery_mv)
    print("=", gateway.ending, boot(), gateway.reason)  # noqa: T201
    unmount()


for index in range(1, len(sys.argv), 4):
    folder, version, battery_mv, loses_every = sys.argv[index : index + 4]
    try_one(folder, int(version), int(battery_mv), int(loses_every))
