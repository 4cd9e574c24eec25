"""How the search of the coming days is compiled: once, and kept beside the sources."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

from routing.compiled import cache_folder, keep_in

_FOLDER = cache_folder(Path(__file__).parent)

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function, free of Python's lock."""
    keep_in(_FOLDER)
    made: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return made  # type: ignore[no-any-return]
