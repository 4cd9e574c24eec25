"""Quantiles learned by boosted trees, kept as plain arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.inner.boosting import add_trees, boost

TREES, DEPTH, RATE = 100, 4, 0.06
_RANKS = 62


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Forest:
    """Trees whose sum is one quantile; inner nodes as a heap, missing goes left.

    Parameters
    ----------
    feature, threshold
        (trees, 2^depth - 1): a row goes right where its feature is above.
    leaf
        (trees, 2^depth).
    """

    feature: IntArray
    threshold: FloatArray
    leaf: FloatArray
    start: float

    def foresee(self, values: FloatArray) -> FloatArray:
        """(n,) quantile for the rows of (n, f) values."""
        said: FloatArray = add_trees(
            values, self.feature, self.threshold, self.leaf, self.start
        )
        return said


def grow_forests(
    values: FloatArray, target: FloatArray, shares: Sequence[float]
) -> tuple[Forest, ...]:
    """Learn a forest for each quantile of a target from (n, f) values."""
    edges = [_edges(column) for column in values.T]
    bins = np.column_stack(
        [_rank(column, edge) for column, edge in zip(values.T, edges, strict=True)]
    )
    return tuple(
        _forest(boost(bins, target, share, TREES, DEPTH, RATE, seed), edges)
        for seed, share in enumerate(shares)
    )


def _edges(column: FloatArray) -> FloatArray:
    known = column[np.isfinite(column)]
    if not len(known):
        return np.empty(0)
    return np.unique(np.quantile(known, np.linspace(0, 1, _RANKS + 1)[1:-1]))


def _rank(column: FloatArray, edges: FloatArray) -> np.ndarray:
    rank = 1 + np.searchsorted(edges, column, side="left")
    return np.where(np.isfinite(column), rank, 0).astype(np.uint8)


def _forest(
    grown: tuple[IntArray, IntArray, FloatArray, float], edges: Sequence[FloatArray]
) -> Forest:
    """Turn cuts between ranks into thresholds."""
    feature, cut, leaf, start = grown
    table = np.full((len(edges), 256), np.inf)
    for column, edge in enumerate(edges):
        table[column, 0] = -np.inf
        table[column, 1 : len(edge) + 1] = edge
    return Forest(
        feature=feature, threshold=table[feature, cut], leaf=leaf, start=float(start)
    )
