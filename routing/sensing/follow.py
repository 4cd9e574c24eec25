"""Following many surfaces at once: forwards as they are known, and back again."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from routing.arrays import FloatArray, IntArray
from routing.sensing.surface import (
    CELLS,
    CHANGE,
    ECHO,
    ECHO_BEGINS_PER_H,
    ECHO_ENDS_PER_H,
    EMPTYING,
    FILLS,
    SCREENED,
    SEEN,
    SURFACE,
    UNSAID,
    to_cell,
)

Beliefs = NDArray[np.float32]
"""(n, 2, c): P(what the sensor sees, fill)."""

_ECHO_WEIGHT = 3.0  # false echoes that must be seen before their heights count
_BASE = np.float32(_ECHO_WEIGHT / CELLS)
_ECHO_MEMORY = np.float32(0.99)  # of what was seen an hour with a reading ago
_AWAY = 0.06
_SPREAD = (0.25, 0.5, 0.25)  # a fixed height is not fixed to the cell
_TINY = np.float32(1e-30)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Course:
    """What became of each row, hour by hour.

    Parameters
    ----------
    level, deviation
        (n, t) fill and its standard deviation as known at the time.
    echo_then
        (n, t) P(the sensor saw something else) as known at the time.
    echo
        (n, w) the same as known at the end of the row, for its last `w` hours; like all
        that follows.
    settled
        (n, w) fill as known at the end.
    emptied
        (n, w) P(the bin was emptied in the hour).
    echo_heights
        (n, c) what the sensor sees instead, as shares of the cells.
    """

    level: FloatArray
    deviation: FloatArray
    echo_then: FloatArray
    echo: FloatArray
    settled: FloatArray
    emptied: FloatArray
    echo_heights: FloatArray

    def of(self, rows: slice) -> "Course":
        """Return the part that some rows are."""
        return Course(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def follow(sayings: IntArray, *, last: int) -> Course:
    """Follow each row from knowing nothing.

    Parameters
    ----------
    sayings
        (n, t) what was said in each hour, an index or `UNSAID`.
    last
        How many hours at the end to look at in hindsight.
    """
    rows, hours = sayings.shape
    level, deviation, echo_then = (np.zeros((rows, hours)) for _ in range(3))
    kept = np.empty((last, rows, 2, CELLS), np.float32)
    weights = np.empty((last, rows, 2, CELLS), np.float32)
    heights = _Heights(
        known=np.full((rows, CELLS), _BASE, np.float32),
        pending=np.zeros((rows, CELLS), np.float32),
    )
    belief = np.full((rows, 2, CELLS), 0.5 / CELLS, np.float32)
    for hour in range(hours):
        said = sayings[:, hour]
        weight = _weigh(said, heights.known)
        belief = _normalise((_pass_hour(belief) if hour else belief) * weight)
        heights.learn(said, belief, level[:, hour - 1] if hour else level[:, 0])
        level[:, hour], deviation[:, hour] = _moments(belief)
        echo_then[:, hour] = belief[:, ECHO].sum(axis=1)
        if hour >= hours - last:
            kept[hour - hours], weights[hour - hours] = belief, weight
    echo, settled, emptied = _look_back(kept, weights)
    known = heights.known + heights.pending
    return Course(
        level=level,
        deviation=deviation,
        echo_then=echo_then,
        echo=echo,
        settled=settled,
        emptied=emptied,
        echo_heights=known / known.sum(axis=1, keepdims=True),
    )


def _pass_hour(belief: Beliefs) -> Beliefs:
    moved = belief @ CHANGE
    seen, echo = moved[:, SURFACE], moved[:, ECHO]
    begins, ends = ECHO_BEGINS_PER_H * seen, ECHO_ENDS_PER_H * echo
    return np.stack([seen - begins + ends, echo - ends + begins], axis=1)


def _weigh(said: IntArray, heights: NDArray[np.float32]) -> Beliefs:
    """(n, 2, c): how likely it was to say this."""
    rows = np.arange(len(said))
    weight = np.ones((len(said), 2, CELLS), np.float32)
    is_said = said != UNSAID
    cell = to_cell(said[is_said])
    echo = heights[rows[is_said], cell] / heights[is_said].sum(axis=1)
    weight[is_said, SURFACE] = SEEN[said[is_said]]
    weight[is_said, ECHO] = echo[:, None] * SCREENED[said[is_said]]
    return weight


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Heights:
    """Where false echoes came from.

    Parameters
    ----------
    known
        (n, c) those that are over.
    pending
        (n, c) those that may be going on. Were they known at once, a surge would look
        like an echo from the height that it has just reached.
    """

    known: NDArray[np.float32]
    pending: NDArray[np.float32]

    def learn(self, said: IntArray, belief: Beliefs, expected: FloatArray) -> None:
        """Take an hour's saying in, and settle what is pending.

        What agrees with the expected fill is no echo worth learning, or a sensor would
        be taught that the surface itself is a fixed thing.
        """
        rows = np.flatnonzero(said != UNSAID)
        cell = to_cell(said[rows])
        is_away = np.abs(FILLS[cell] - expected[rows]) > _AWAY
        echo = belief[rows, ECHO].sum(axis=1)
        for aside, share in zip((-1, 0, 1), _SPREAD, strict=True):
            self.pending[rows, np.clip(cell + aside, 0, CELLS - 1)] += (
                echo * is_away * share
            )
        ended = self.pending[rows] * (1 - echo)[:, None]
        self.pending[rows] -= ended
        self.known[rows] = _BASE + (self.known[rows] - _BASE) * _ECHO_MEMORY + ended


def _look_back(
    kept: Beliefs, weights: Beliefs
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(n, w) each: P(echo), fill and P(emptied) with what was said later."""
    hours, rows = kept.shape[:2]
    echo, settled, emptied = (np.zeros((rows, hours)) for _ in range(3))
    later = np.ones((rows, 2, CELLS), np.float32)
    for hour in range(hours - 1, -1, -1):
        hindsight = _normalise(kept[hour] * later)
        echo[:, hour] = hindsight[:, ECHO].sum(axis=1)
        settled[:, hour] = hindsight.sum(axis=1) @ FILLS
        if not hour:
            break
        said = later * weights[hour]
        seen, other = said[:, SURFACE], said[:, ECHO]
        ahead = np.stack(
            [
                seen + ECHO_BEGINS_PER_H * (other - seen),
                other + ECHO_ENDS_PER_H * (seen - other),
            ],
            axis=1,
        )
        later = ahead @ CHANGE.T
        fallen = (kept[hour - 1] * (ahead @ EMPTYING.T)).sum(axis=(1, 2))
        emptied[:, hour] = fallen / (kept[hour - 1] * later).sum(axis=(1, 2))
        later /= later.max(axis=(1, 2), keepdims=True)
    return echo, settled, emptied


def _normalise(belief: Beliefs) -> Beliefs:
    belief = np.maximum(belief, _TINY)
    shares: Beliefs = belief / belief.sum(axis=(1, 2), keepdims=True)
    return shares


def _moments(belief: Beliefs) -> tuple[FloatArray, FloatArray]:
    fill = belief.sum(axis=1)
    mean = fill @ FILLS
    variance = np.maximum(fill @ FILLS**2 - mean**2, 0.0)
    return mean, np.sqrt(variance)
