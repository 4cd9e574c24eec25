"""What a bin's surface does in an hour, and what a sensor then says of it.

A hidden Markov model on a grid of fills. The surface rises a little, seldom by much,
and falls only when the bin is emptied. A sensor either sees the surface, give or take
some noise, or for a while something else: a rim, a wall, a bottle at the neck. What it
says then comes from heights that are learned, device by device.
"""

import numpy as np

from routing.arrays import FloatArray, IntArray

LOWEST, HIGHEST = -0.15, 1.15  # fills beyond are taken to be there
CELLS = 48
WIDTH = (HIGHEST - LOWEST) / (CELLS - 1)
FILLS = np.linspace(LOWEST, HIGHEST, CELLS)

SURFACE, ECHO = 0, 1
"""What a sensor may be seeing: the first axis of every belief."""

FINENESS = 4
"""Readings are told apart four times as finely as fills."""
SAYINGS = (CELLS - 1) * FINENESS + 1

# By judgement, not fitted: `scripts/bench emptyings` hardly moves when one is halved or
# doubled (docs/benchmarks.md).
_NOISE, _TAIL, _TAIL_SHARE = 0.025, 0.10, 0.08  # 2 % of good readings are 7 % off
_GROWS, _GROWTH = 0.12, 0.03  # share of hours in which something comes, and how much
_SURGES, _SURGE = 0.004, 0.25
_SETTLES, _SETTLING = 0.02, 0.012  # heaps slide, either way
_EMPTIED_PER_H = 1 / 200
_LEFT = 0.10  # of the range, what a full emptying leaves, exponentially less likely
_PARTIAL_SHARE = 0.15
_LEAST_DROP = 0.10
ECHO_BEGINS_PER_H, ECHO_ENDS_PER_H = 0.02, 0.06
_ECHO_FROM_BEHIND = 0.1


UNSAID = -1
"""The saying of an hour without a usable reading."""


def to_saying(fill: FloatArray) -> IntArray:
    """Return the index of each fill among the sayings; `UNSAID` for NaN."""
    clipped = np.clip(np.nan_to_num(fill), LOWEST, HIGHEST)
    index = np.rint((clipped - LOWEST) / WIDTH * FINENESS).astype(np.int64)
    return np.where(np.isnan(fill), UNSAID, index)


def to_cell(saying: IntArray) -> IntArray:
    """Return the cell that each saying falls into."""
    return (saying + FINENESS // 2) // FINENESS


def _staying() -> FloatArray:
    """(c, c): from → to without an emptying."""
    rise = FILLS[None, :] - FILLS[:, None]
    upwards = np.where(rise >= 0, rise, np.inf)
    comes, surges = (
        _normalised(np.exp(-upwards / scale)) for scale in (_GROWTH, _SURGE)
    )
    settles = _normalised(np.exp(-np.abs(rise) / _SETTLING))
    rests = 1 - _GROWS - _SURGES - _SETTLES
    mixed: FloatArray = (
        rests * np.eye(CELLS) + _GROWS * comes + _SURGES * surges + _SETTLES * settles
    )
    return mixed


def _emptying() -> FloatArray:
    """(c, c): from → to by an emptying; a bin that is nearly empty cannot show one."""
    left = np.exp(-np.abs(FILLS) / _LEFT)
    left = (1 - _PARTIAL_SHARE) * left / left.sum() + _PARTIAL_SHARE / CELLS
    drop = FILLS[:, None] - FILLS[None, :]
    fallen: FloatArray = _EMPTIED_PER_H * left[None, :] * (drop >= _LEAST_DROP)
    return fallen


def _normalised(weights: FloatArray) -> FloatArray:
    shares: FloatArray = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _seen() -> FloatArray:
    """(s, c): how likely each saying is when the sensor sees the surface."""
    said = LOWEST + np.arange(SAYINGS) * WIDTH / FINENESS
    off = said[:, None] - FILLS[None, :]
    near = np.exp(-0.5 * (off / _NOISE) ** 2) / (_NOISE * np.sqrt(2 * np.pi))
    far = np.exp(-np.abs(off) / _TAIL) / (2 * _TAIL)
    likely: FloatArray = WIDTH * ((1 - _TAIL_SHARE) * near + _TAIL_SHARE * far)
    return likely


def _screened() -> FloatArray:
    """(s, c): how likely something else at a height is seen rather than the surface.

    What stands before the surface hides it, what lies behind is hidden by it: without
    this, sensors that waver between a rim and the surface show emptyings by the dozen.
    """
    said = LOWEST + np.arange(SAYINGS) * WIDTH / FINENESS
    is_before = said[:, None] > FILLS[None, :] - 1.5 * WIDTH
    return np.where(is_before, 1.0, _ECHO_FROM_BEHIND)


EMPTYING = _emptying().astype(np.float32)
CHANGE = (_staying() * (1 - EMPTYING.sum(axis=1, keepdims=True)) + EMPTYING).astype(
    np.float32
)
"""(c, c): from → to in an hour, emptied or not."""
SEEN = _seen().astype(np.float32)
SCREENED = _screened().astype(np.float32)
