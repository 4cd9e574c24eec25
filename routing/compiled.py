"""Where machine code is kept: in folders named after the sources that it came from.

numba notices a changed module, but not a change in a module that it calls. So each
package of compiled functions keeps its code in a folder named after all of its sources
together.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

Function = Callable[..., Any]


def cache_folder(package: Path) -> Path:
    """Make the folder, beside the sources if that can be written to."""
    name = f"{package.name}-{_digest(package)}"
    for parent in (package / "__pycache__", Path.home() / ".cache" / "ullage"):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            return parent / name
    return Path(tempfile.mkdtemp(prefix=f"ullage-{package.name}-"))


def keep_in(folder: Path) -> None:
    """Let the functions that are decorated next be kept in a folder."""
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


def compiler(package: Path) -> Callable[[Function], Function]:
    """Return a decorator for functions of a package: cached, free of Python's lock."""
    folder = cache_folder(package)

    def compiled(function: Function) -> Function:
        keep_in(folder)
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)

    return compiled


def _digest(package: Path) -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(package.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
