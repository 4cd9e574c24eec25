"""Files that must be whole, ours alone, or secret."""

import fcntl
import os
from pathlib import Path
from typing import IO

from backend.embedded.errors import FolderError


def take_lock(path: Path) -> IO[bytes]:
    """Own a folder until the returned file is closed or we die, however we die."""
    lock = path.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise FolderError(
            f"{path.parent} is in use by another running `ullage`: stop that one, or "
            "give this one a data folder of its own"
        ) from None
    return lock


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment on."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def read_tail(path: Path, size: int) -> str:
    """Read the last `size` bytes of a log."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        return file.read().decode(errors="replace").strip()
