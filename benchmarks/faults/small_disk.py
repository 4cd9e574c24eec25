"""A disk of its own for the database, so that it can be full (Linux, as root)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_MB = 400
PIECE = bytes(1 << 20)
SMALLEST_PIECE = 4096


class NoSmallDiskError(RuntimeError):
    """A small file system cannot be mounted here: that takes root on Linux."""


class SmallDisk:
    """A file system in memory of some size."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._ballast.open("ab", buffering=0) as ballast:
            size = len(PIECE)
            while size >= SMALLEST_PIECE:
                try:
                    if ballast.write(PIECE[:size]) < size:
                        size //= 2
                except OSError:
                    size //= 2

    def clear(self) -> None:
        """Give the room back."""
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Mount one on a new folder that others may pass.

    Raises
    ------
    NoSmallDiskError
        If that cannot be done here.
    """
    folder.mkdir()
    options = f"size={DISK_MB}m,mode=0711"
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoSmallDiskError(
            f"cannot mount a small file system (uid {os.geteuid()}): {error}"
        ) from error
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
