"""How the engine is compiled, and where the machine code is kept.

numba notices a changed module, but not a change in a module that it calls. So the
code is kept in a folder named after all sources of the engine together.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

from routing.solver.engine.linking import PartCompiler, WholeCompiler

_HERE = Path(__file__).parent

Function = TypeVar("Function", bound=Callable[..., Any])


def _sources_digest() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(_HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """Beside the sources where that can be written, else with the user's caches."""
    name = f"engine-{_sources_digest()}"
    for parent in (_HERE / "__pycache__", Path.home() / ".cache" / "ullage"):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            return parent / name
    return Path(tempfile.mkdtemp(prefix="ullage-engine-"))


numba.config.CACHE_DIR = str(_cache_folder())  # type: ignore[attr-defined]


def compiled(function: Function) -> Function:
    """Compile a function that Python calls: cached, free of Python's lock."""
    made: Function = numba.njit(
        cache=True, nogil=True, error_model="numpy", pipeline_class=WholeCompiler
    )(function)
    return made


def inlined(function: Function) -> Function:
    """Compile a small or busy function into each of its callers."""
    made: Function = numba.njit(
        forceinline=True,
        nogil=True,
        error_model="numpy",
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        pipeline_class=PartCompiler,
    )(function)
    return made


def called(function: Function) -> Function:
    """Compile a function that only compiled functions call, once."""
    made: Function = numba.njit(
        nogil=True,
        error_model="numpy",
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        pipeline_class=PartCompiler,
    )(function)
    return made
