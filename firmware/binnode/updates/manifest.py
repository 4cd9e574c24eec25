"""The signed list of what a version consists of; read line by line, never as a whole.

ullage 1
version 7
board esp32
revisions 1 2
battery_mv 3500
key 3f0a92c1
file binnode/wake.mpy 2210 <SHA-256>
signature <RSA, over all lines before>
"""

from collections import namedtuple

from micropython import const

from binnode.updates.refusal import Refusal

_FORMAT = const("1")

Head = namedtuple(
    "Head", ("version", "board", "first_revision", "last_revision", "battery_mv", "key")
)
File = namedtuple("File", ("name", "size", "digest"))


def read_head(path: str) -> Head:
    """Read what a version is and what it needs."""
    with open(path, "rb") as file:
        if _value(file.readline(), "ullage") != _FORMAT:
            raise Refusal("the manifest is of another format")
        version = int(_value(file.readline(), "version"))
        board = _value(file.readline(), "board")
        first, _, last = _value(file.readline(), "revisions").partition(" ")
        battery_mv = int(_value(file.readline(), "battery_mv"))
        key = _value(file.readline(), "key")
    return Head(version, board, int(first), int(last), battery_mv, key)


def read_version(path: str) -> int:
    """Read which version a folder has; 0 when it has none that is whole."""
    try:
        version: int = read_head(path).version
    except (OSError, ValueError, Refusal):
        return 0
    return version


def read_files(path: str):  # type: ignore[no-untyped-def]
    """Go through the files, in the order in which the image has them."""
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(b"file "):
                _, name, size, digest = line.decode().split()
                check_name(name)
                yield File(name, int(size), digest)


def check_name(name: str) -> None:
    """Refuse what does not stay inside the slot, and what the updater keeps there."""
    parts = name.split("/")
    is_inside = (parts[0] == "binnode" and len(parts) > 1) or name == "keys"
    if not is_inside or any(part in ("", ".", "..") for part in parts):
        raise Refusal(f"{name} is outside the slot")


def _value(line: bytes, name: str) -> str:
    said, _, value = line.decode().strip().partition(" ")
    if said != name or not value:
        raise Refusal(f"the manifest has no {name}")
    return value
