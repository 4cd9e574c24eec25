"""Boosted trees for one quantile, grown on histograms (Friedman 2001; Ke et al. 2017).

Complete binary trees: node 0 is the root, node i has the children 2 i + 1 and 2 i + 2.
What is missing goes left.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from routing.arrays import FloatArray, IntArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)

Bins = npt.NDArray[np.uint8]


@compiled
def boost(
    bins: Bins,
    target: FloatArray,
    share: float,
    trees: int,
    depth: int,
    rate: float,
    seed: int,
) -> tuple[IntArray, IntArray, FloatArray, float]:
    """Grow trees that foresee the quantile at `share` of a target.

    Parameters
    ----------
    bins
        (n, f) features by rank, at most 64 ranks; 0 is missing.

    Returns
    -------
    feature, cut
        (trees, 2^depth - 1): a row goes right where its bin of the feature is above the
        cut.
    leaf
        (trees, 2^depth): what is added to the start.
    """
    least, penalty, row_share, feature_share, ranks = 80, 5.0, 0.7, 0.7, 64
    count, width = bins.shape
    inner = 2**depth - 1
    feature = np.zeros((trees, inner), np.int64)
    cut = np.full((trees, inner), 255, np.int64)
    leaf = np.zeros((trees, inner + 1))
    start = np.quantile(target, share)
    residual = target - start
    node = np.zeros(count, np.int64)
    is_taken = np.zeros(count, np.bool_)
    is_asked = np.zeros(width, np.bool_)
    np.random.seed(seed)  # noqa: NPY002 - what compiled code has
    for tree in range(trees):
        for i in range(count):
            is_taken[i] = np.random.random() < row_share  # noqa: NPY002
            node[i] = 0
        for j in range(width):
            is_asked[j] = np.random.random() < feature_share  # noqa: NPY002
        for level in range(depth):
            first, nodes = 2**level - 1, 2**level
            slope = np.zeros((nodes, width, ranks))
            number = np.zeros((nodes, width, ranks), np.int64)
            for i in range(count):
                if is_taken[i]:
                    pull = share if residual[i] > 0 else share - 1
                    here = node[i] - first
                    for j in range(width):
                        if is_asked[j]:
                            slope[here, j, bins[i, j]] += pull
                            number[here, j, bins[i, j]] += 1
            for here in range(nodes):
                best = 1e-9
                for j in range(width):
                    if not is_asked[j]:
                        continue
                    total, members = slope[here, j].sum(), number[here, j].sum()
                    left, lefts = 0.0, 0
                    for rank in range(ranks - 1):
                        left += slope[here, j, rank]
                        lefts += number[here, j, rank]
                        if lefts < least or members - lefts < least:
                            continue
                        gain = (
                            left**2 / (lefts + penalty)
                            + (total - left) ** 2 / (members - lefts + penalty)
                            - total**2 / (members + penalty)
                        )
                        if gain > best:
                            best = gain
                            feature[tree, first + here] = j
                            cut[tree, first + here] = rank
            for i in range(count):
                at = node[i]
                is_right = bins[i, feature[tree, at]] > cut[tree, at]
                node[i] = 2 * at + 1 + (1 if is_right else 0)
        sizes = np.zeros(inner + 2, np.int64)
        for i in range(count):
            if is_taken[i]:
                sizes[node[i] - inner + 1] += 1
        ends = np.cumsum(sizes)
        filled = ends.copy()
        values = np.empty(ends[-1])
        for i in range(count):
            if is_taken[i]:
                place = node[i] - inner
                values[filled[place]] = residual[i]
                filled[place] += 1
        for here in range(inner + 1):
            if ends[here + 1] > ends[here]:
                members_here = values[ends[here] : ends[here + 1]]
                leaf[tree, here] = rate * np.quantile(members_here, share)
        for i in range(count):
            residual[i] -= leaf[tree, node[i] - inner]
    return feature, cut, leaf, start


@compiled
def add_trees(
    values: FloatArray,
    feature: IntArray,
    threshold: FloatArray,
    leaf: FloatArray,
    start: float,
) -> FloatArray:
    """(n,) what a forest says of the rows of (n, f) values."""
    count, trees, inner = len(values), len(feature), feature.shape[1]
    said = np.empty(count)
    for i in range(count):
        total = start
        for tree in range(trees):
            at = 0
            while at < inner:
                is_right = values[i, feature[tree, at]] > threshold[tree, at]
                at = 2 * at + 1 + (1 if is_right else 0)
            total += leaf[tree, at - inner]
        said[i] = total
    return said
