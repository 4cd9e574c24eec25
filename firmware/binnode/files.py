"""Small files of the bin's flash, whole or not at all."""

import os


def read(path: str) -> bytes:
    """Read a small file; none: empty."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def put(path: str, data: bytes) -> None:
    """Write a small file as a whole, or not at all: littlefs renames in one step."""
    with open(path + "~", "wb") as file:
        file.write(data)
    os.rename(path + "~", path)
