"""The folder where cities are kept: their files, and the place where they are made.

Files are made aside and moved in when all of them are there. One process at a time does
so; the lock is on the folder itself, so it goes when its process dies and leaves
nothing behind.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from backend.city.telling import Tell

ROADS = "roads.npz"
BASEMAP = "pmtiles"
BINS = "bins.geojson"
#: what a city consists of beside its manifest
PARTS = (ROADS, BASEMAP, BINS)
MANIFEST = "json"

_MAKING = ".adding-"
_PAUSE_S = 0.2


def file_of(folder: Path, city: str, part: str) -> Path:
    """Name a file of a city."""
    return folder / f"{city}.{part}"


@contextmanager
def locked(folder: Path, tell: Tell) -> Iterator[None]:
    """Let no other process change the folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        while not _is_mine(handle):
            tell("waiting for another `ullage city`", 0.0)
            time.sleep(_PAUSE_S)
        yield
    finally:
        os.close(handle)


def _is_mine(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def workplace(folder: Path, tell: Tell) -> Iterator[Path]:
    """Make a folder to make a city in; it is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, tell):
        # With the lock held, whoever made them is dead.
        for left_over in folder.glob(f"{_MAKING}*"):
            shutil.rmtree(left_over)
        place = Path(mkdtemp(prefix=_MAKING, dir=folder))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def move_in(place: Path, folder: Path, city: str, parts: Collection[str]) -> None:
    """Put a city's files in the place of the old ones.

    Without a manifest meanwhile: whoever is killed here leaves a city that is seen to
    be half.
    """
    file_of(folder, city, MANIFEST).unlink(missing_ok=True)
    for part in (*parts, MANIFEST):
        file_of(place, city, part).replace(file_of(folder, city, part))
