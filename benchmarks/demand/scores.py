"""How good quantiles were, as the research scored them."""

import numpy as np

from routing.arrays import BoolArray, FloatArray
from routing.demand import QUANTILES

_Q = np.array(QUANTILES)
_MIDDLE = QUANTILES.index(0.5)


def absolute_error(came: FloatArray, said: FloatArray) -> float:
    """Mean distance from the median."""
    return float(np.abs(came - said[:, _MIDDLE]).mean())


def pinball(came: FloatArray, said: FloatArray) -> float:
    """Twice the mean loss over all quantiles."""
    off = came[:, None] - said
    return float(2 * np.maximum(_Q * off, (_Q - 1) * off).mean())


def coverage(came: FloatArray, said: FloatArray) -> float:
    """Share within the outer quantiles."""
    return float(((came >= said[:, 0] - 1e-6) & (came <= said[:, -1] + 1e-6)).mean())


def average_precision(is_so: BoolArray, score: FloatArray) -> float | None:
    """Area under precision over recall, ties together."""
    if not is_so.any():
        return None
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(is_so[order])
    ends = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)
    precision = hits[ends] / (ends + 1)
    recall = hits[ends] / hits[-1]
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def chance_above(said: FloatArray, limit: float) -> FloatArray:
    """(n,) P(above a limit), linear between quantiles."""
    steps = np.arange(len(_Q)) * 1e-6
    return np.array(
        [1 - np.interp(limit, row + steps, _Q, left=0.02, right=0.98) for row in said]
    )
