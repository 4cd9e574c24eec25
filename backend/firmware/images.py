"""What is flashed onto one device: its file system, and who it is.

Needs the extra `device`.
"""

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from backend.firmware.errors import FirmwareError
from backend.firmware.release import Release

if TYPE_CHECKING:
    from littlefs import LittleFS

BLOCK_BYTES = 4096
# What MicroPython's own littlefs writes; a newer one it could not mount.
DISK_VERSION = 0x0002_0000
PROGRAM_BYTES = 32  # as MicroPython mounts it
IDENTITY = """key,type,encoding,value
ullage,namespace,,
board,data,hex2bin,{board}
revision,data,i32,{revision}
version,data,i32,{version}
binnode,namespace,,
date_s,data,i32,{date_s}
"""
EPOCH_2000 = datetime(2000, 1, 1, tzinfo=UTC)


def make_file_system(
    release: Release, files: Mapping[str, bytes], *, size: int
) -> bytes:
    """Write loader, the device's own files and the version, in the first slot."""
    disk = _new_disk(size)
    contents = {"main.py": release.loader, "slot": b"a", **files}
    contents |= {f"a/{name}": content for name, content in release.files()}
    for name, content in contents.items():
        folder, _, _ = name.rpartition("/")
        if folder:
            disk.makedirs(folder, exist_ok=True)
        with disk.open(name, "wb") as file:
            file.write(content)
    return bytes(disk.context.buffer)


def _new_disk(size: int) -> "LittleFS":
    try:
        from littlefs import LittleFS
    except ImportError as error:
        raise FirmwareError(_missing("littlefs-python")) from error
    return LittleFS(
        block_size=BLOCK_BYTES,
        block_count=size // BLOCK_BYTES,
        read_size=PROGRAM_BYTES,
        prog_size=PROGRAM_BYTES,
        disk_version=DISK_VERSION,
    )


def make_identity(
    release: Release, *, revision: int, size: int, now: datetime
) -> bytes:
    """Write board, revision, version and date to an NVS partition, as ESP-IDF reads it.

    The date is what the chip's clock is put forward to where power was lost: before it,
    TLS takes no certificate.
    """
    table = IDENTITY.format(
        board=release.board.encode().hex(),
        revision=revision,
        version=release.version,
        date_s=round((now - EPOCH_2000).total_seconds()),
    )
    with TemporaryDirectory(prefix="ullage-nvs-") as name:
        source, target = Path(name, "nvs.csv"), Path(name, "nvs.bin")
        source.write_text(table, "ascii")
        command = ["-m", "esp_idf_nvs_partition_gen", "generate", source, target]
        done = subprocess.run(
            [sys.executable, *map(str, command), hex(size)],
            cwd=name,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not target.exists():
            said = done.stderr.strip() or done.stdout.strip()
            raise FirmwareError(f"{_missing('esp-idf-nvs-partition-gen')}: {said}")
        return target.read_bytes()


def _missing(package: str) -> str:
    return f"{package} did not do: install the extra, pip install 'ullage[device]'"
