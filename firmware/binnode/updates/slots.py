"""The two folders, and what is kept in the one that does not run.

offer           the offer that this folder is for; written first, once it is empty
refused         why that offer is not taken
manifest.part   the manifest as far as it was fetched
manifest.new    the manifest, signed and fit for this device; its files are fetched
manifest        the same, once every file is there as it should be: the folder is whole
"""

import os

import binnode
from binnode import files

_FOLDER = 0x4000  # in the type that `ilistdir` tells
_POINTER = "slot"  # read by the loader, which says what it means


def other() -> str:
    """Name the folder that does not run."""
    return "b" if binnode.slot == "a" else "a"


def here(name: str) -> str:
    """Name a file of the folder that runs."""
    return f"{binnode.slot}/{name}"


def there(name: str) -> str:
    """Name a file of the folder that does not run."""
    return f"{other()}/{name}"


def measure(path: str) -> int:
    """Measure a file, bytes; -1: there is none."""
    try:
        size: int = os.stat(path)[6]
    except OSError:
        return -1
    return size


def append(path: str, data: bytes) -> None:
    """Add to a file; without power in between it is as long as it was."""
    _make_folders(path)
    with open(path, "ab") as file:
        file.write(data)


def begin(offer: bytes) -> None:
    """Empty the other folder for an offer.

    The manifest goes first: from then on the loader does not take the folder for whole.
    """
    folder = other()
    for name in ("manifest", "offer"):
        if measure(f"{folder}/{name}") >= 0:
            os.remove(f"{folder}/{name}")
    _empty(folder)
    _make_folders(folder + "/")
    files.put(f"{folder}/offer", offer)


def read_pointer() -> str:
    """Read what the loader goes by."""
    return files.read(_POINTER).decode()


def point(text: str) -> None:
    """Tell the loader what to run."""
    files.put(_POINTER, text.encode())


def _make_folders(path: str) -> None:
    parts = path.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        folder = "/".join(parts[:count])
        if measure(folder) < 0:
            os.mkdir(folder)


def _empty(folder: str) -> None:
    if measure(folder) < 0:
        return
    for entry in list(os.ilistdir(folder)):  # type: ignore[attr-defined]
        path = f"{folder}/{entry[0]}"
        if entry[1] == _FOLDER:
            _empty(path)
            os.rmdir(path)
        else:
            os.remove(path)
