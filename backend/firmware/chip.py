"""Where things lie in an ESP32's flash, and the command that writes them there."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct

from backend.firmware.errors import FirmwareError

# ESP-IDF: where its bootloader begins, and with it a whole image; the partition table
# is at 0x8000 in all of them (Kconfig, PARTITION_TABLE_OFFSET).
IMAGE_AT = {"esp32": 0x1000, "esp32c3": 0x0}
TABLE_AT = 0x8000
TABLE_BYTES = 0xC00
# esp_partition_info_t: magic, type, subtype, offset, size, label, flags.
ENTRY = Struct("<HBBII16sI")
MAGIC = 0x50AA


@dataclass(frozen=True, kw_only=True, slots=True)
class Partition:
    """A part of the flash."""

    at: int
    size: int


def read_partitions(micropython: bytes, *, board: str) -> dict[str, Partition]:
    """Read the partition table of a MicroPython image for a board.

    Raises
    ------
    FirmwareError
        If it has none, or the partitions that are written are not in it.
    """
    if board not in IMAGE_AT:
        known = ", ".join(sorted(IMAGE_AT))
        raise FirmwareError(f"board {board} is not known here, but {known}")
    start = TABLE_AT - IMAGE_AT[board]
    found = dict(_read_entries(micropython[start : start + TABLE_BYTES]))
    for name in ("nvs", "vfs"):
        if name not in found:
            raise FirmwareError(
                f"the image has no partition {name}: take MicroPython's for {board}, "
                "the one that is flashed as a whole"
            )
    return found


def _read_entries(table: bytes) -> Iterator[tuple[str, Partition]]:
    for at in range(0, len(table) - ENTRY.size + 1, ENTRY.size):
        magic, _, _, offset, size, label, _ = ENTRY.unpack_from(table, at)
        if magic != MAGIC:
            return
        yield (
            label.rstrip(b"\0").decode("ascii", "replace"),
            Partition(at=offset, size=size),
        )


def cut_out(image: bytes, *, at: int, hole: Partition) -> dict[int, bytes]:
    """Take an image apart around a partition that is written with something else.

    MicroPython's reaches over NVS, which is empty in it; esptool writes no place twice.
    """
    start, stop = hole.at - at, hole.at + hole.size - at
    parts = {at: image[:start], hole.at + hole.size: image[stop:]}
    return {place: part for place, part in parts.items() if part}


def flash_command(board: str, port: str, files: dict[int, Path]) -> list[str]:
    """Write the command that flashes files to their places.

    esptool is under the GPL, so it is run, never imported.
    """
    command = [sys.executable, "-m", "esptool", "--chip", board, "--port", port]
    command.append("write-flash")
    for at, path in sorted(files.items()):
        command += [hex(at), str(path)]
    return command
