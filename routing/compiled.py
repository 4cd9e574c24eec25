"""Where machine code is kept: in folders named after the sources that it came from.

numba notices a changed module, but not a change in a module that it calls. So each
package of compiled functions keeps its code in a folder named after all of its sources
together.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path
from typing import Any

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
    """Let the functions that are compiled next be kept in a folder."""
    import numba

    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


def compiler(package: Path) -> Callable[[Function], Function]:
    """Return a decorator for functions of a package that call none of each other.

    They are compiled when they are called first, kept, and free of Python's lock; who
    never calls them never loads numba.
    """

    def compiled(function: Function) -> Function:
        @cache
        def machine_code() -> Function:
            import numba

            keep_in(cache_folder(package))
            return numba.njit(cache=True, nogil=True, error_model="numpy")(function)

        @wraps(function)
        def call(*arguments: object) -> object:
            return machine_code()(*arguments)

        return call

    return compiled


def _digest(package: Path) -> str:
    digest = hashlib.sha256(version("numba").encode())
    for path in sorted(package.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
