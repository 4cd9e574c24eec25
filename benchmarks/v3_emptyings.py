"""The best detector of the research: what `scripts/bench emptyings` compares with."""

import numpy as np

from routing.arrays import FloatArray, IntArray

_BEFORE, _AFTER = 6, 12
_JUMP, _HIGHEST_AFTER, _GAIN = 0.15, 0.40, 0.10
_APART_H = 24.0


def detect_v3(
    hour: FloatArray, distance_cm: FloatArray, empty_cm: float, full_cm: float
) -> FloatArray:
    """Find a jump that persists, to a nearly empty bin, from above the day before.

    Parameters
    ----------
    hour, distance_cm
        (k,) hours since 1970 that have readings, and the median distance in each.
    """
    range_cm = empty_cm - full_cm
    score = _scores(distance_cm, _JUMP * range_cm)
    found = []
    for i in _strongest_apart(hour, score):
        after = distance_cm[(hour >= hour[i]) & (hour <= hour[i] + 24)]
        before = distance_cm[(hour >= hour[i] - 24) & (hour < hour[i])][-12:]
        if len(after) < 4 or len(before) < 4:
            continue
        fill_after = (empty_cm - np.median(after)) / range_cm
        gain = (np.median(after[:12]) - np.percentile(before, 90)) / range_cm
        if fill_after <= _HIGHEST_AFTER and gain >= _GAIN:
            found.append(hour[i])
    return np.array(sorted(found))


def _scores(distance_cm: FloatArray, jump_cm: float) -> FloatArray:
    score = np.full(len(distance_cm), -np.inf)
    for i in range(_BEFORE, len(distance_cm) - 3):
        before = np.median(distance_cm[i - _BEFORE : i])
        ahead = distance_cm[i : i + _AFTER]
        rise = np.median(ahead) - before
        if (
            rise >= jump_cm
            and np.percentile(ahead, 25) > before + jump_cm / 2
            and distance_cm[i] > before + 0.4 * rise
        ):
            score[i] = rise - 0.3 * abs(distance_cm[i] - np.median(ahead))
    return score


def _strongest_apart(hour: FloatArray, score: FloatArray) -> list[int]:
    is_taken = np.zeros(len(hour), dtype=bool)
    chosen: list[int] = []
    # Unstable, as there: ties are many, and its figures came with their order.
    order: IntArray = np.argsort(-score)
    for i in order[: int(np.isfinite(score).sum())]:
        if not is_taken[i]:
            chosen.append(int(i))
            is_taken |= np.abs(hour - hour[i]) < _APART_H
    return chosen
