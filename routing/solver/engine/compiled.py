"""How the engine is compiled: a function that Python calls, and parts of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

from routing.compiled import cache_folder, keep_in
from routing.solver.engine.linking import PartCompiler, WholeCompiler

_FOLDER = cache_folder(Path(__file__).parent)

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function that Python calls: cached, free of Python's lock."""
    keep_in(_FOLDER)
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
