"""Which vehicles to start with: the choice that later small moves hardly ever undo."""

from collections.abc import Callable, Iterator
from itertools import chain, combinations

import numpy as np

from routing.arrays import BoolArray
from routing.solver.draft import Draft
from routing.solver.model import Problem
from routing.solver.ruin import Heard, Pace, improve

_MOST_STARTS = 8
_ALL_SUBSETS_UP_TO = 3  # vehicles: 7 starts


def best_start(
    problem: Problem,
    can_take: BoolArray,
    *,
    seed: int,
    trial: Callable[[], Pace],
    heard: Heard,
) -> Draft:
    """Make a plan with the whole fleet and with parts of it, try each, take the best.

    Parameters
    ----------
    trial
        Starts the pace of one trial.
    heard
        Told the cents of every better plan of every trial.
    """
    empty = Draft(problem, can_take)
    best = empty
    for is_used in _fleets(len(problem.vehicles), seed):
        draft = empty.with_fleet(is_used)
        draft.recreate(np.flatnonzero(draft.is_open))
        heard(draft.cents)
        tried, _ = improve(draft, pace=trial(), seed=seed, heard=heard)
        best = min(best, tried, key=lambda each: each.cents)
    return best.with_fleet(np.ones(len(problem.vehicles), dtype=np.bool_))


def _fleets(vehicles: int, seed: int) -> Iterator[BoolArray]:
    """(v,) masks: the whole fleet, then every part of a small one, or random parts."""
    yield np.ones(vehicles, dtype=np.bool_)
    if vehicles <= _ALL_SUBSETS_UP_TO:
        parts = chain.from_iterable(
            combinations(range(vehicles), size) for size in range(1, vehicles)
        )
        for part in parts:
            yield np.isin(np.arange(vehicles), part)
        return
    rng = np.random.default_rng(seed)
    for _ in range(_MOST_STARTS - 1):
        kept = rng.permutation(vehicles)[: rng.integers(vehicles // 2, vehicles)]
        yield np.isin(np.arange(vehicles), kept)
