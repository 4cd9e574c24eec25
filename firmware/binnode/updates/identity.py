"""What this device is, and the newest version it was ever sure of: in NVS.

Written when it was flashed. Neither an update nor a lost file system changes them.
"""

from esp32 import NVS  # type: ignore[import-not-found]
from micropython import const

_NAMESPACE = const("ullage")
_BOARD_BYTES_MAX = const(16)
_DEFAULT_BOARD = const("esp32")


def read_board() -> str:
    """Tell for which board a version must be made."""
    name = bytearray(_BOARD_BYTES_MAX)
    try:
        size = NVS(_NAMESPACE).get_blob("board", name)
    except OSError:
        return _DEFAULT_BOARD
    return name[:size].decode()


def read_revision() -> int:
    """Tell the revision of the hardware."""
    return _read("revision", default=1)


def read_floor() -> int:
    """Tell the newest version that was ever confirmed here: nothing older is taken."""
    return _read("version", default=0)


def raise_floor(version: int) -> None:
    """Remember a version that was confirmed."""
    kept = NVS(_NAMESPACE)
    if version > read_floor():
        kept.set_i32("version", version)
        kept.commit()


def _read(key: str, default: int) -> int:
    try:
        value: int = NVS(_NAMESPACE).get_i32(key)
    except OSError:
        return default
    return value
