"""Random numbers that are the same on every machine: xorshift64* (Vigna 2016)."""

import math
from typing import Any

import numpy as np

from routing.solver.engine.compiled import inlined

_A, _B, _C = np.uint64(12), np.uint64(25), np.uint64(27)
_MULTIPLIER = np.uint64(2685821657736338717)
_HALF, _SHIFT = np.uint64(32), np.uint64(11)
_UNIT = 2.0**-53
_TABLE_BITS = np.uint64(52)

EXPONENTIAL = np.array(
    [round(-math.log((i + 0.5) / 4096) * 1e6) for i in range(4096)], np.int64
)
"""(4096,) quantiles of the exponential distribution in millionths: no logarithm, whose
last bit differs between machines, decides what is accepted."""


@inlined
def draw(chance: Any) -> Any:
    """Return the next 64 bits."""
    x = chance[0]
    x ^= x >> _A
    x ^= x << _B
    x ^= x >> _C
    chance[0] = x
    return x * _MULTIPLIER


@inlined
def below(chance: Any, limit: int) -> Any:
    """Return a whole number from 0 to limit - 1."""
    return np.int64(((draw(chance) >> _HALF) * np.uint64(limit)) >> _HALF)


@inlined
def unit(chance: Any) -> Any:
    """Return a number from 0 to below 1."""
    return np.float64(draw(chance) >> _SHIFT) * _UNIT


@inlined
def exponential(chance: Any, table: Any) -> Any:
    """Return an exponentially distributed number, mean a million."""
    return table[np.int64(draw(chance) >> _TABLE_BITS)]
