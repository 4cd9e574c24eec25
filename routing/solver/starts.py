"""Which vehicles to start with: a choice that later small moves hardly ever undo."""

from collections.abc import Callable, Iterator
from itertools import chain, combinations
from operator import attrgetter

import numpy as np

from routing.arrays import BoolArray
from routing.solver.draft import Draft
from routing.solver.model import Problem
from routing.solver.ruin import Heard, Pace, improve

_MOST_STARTS = 8
_ALL_PARTS_UP_TO = 3  # vehicles: 7 starts
_SECOND_ROUND = 3  # of the starts
_FIRST_SHARE, _SECOND_SHARE = 0.02, 0.05  # of the budget, for each start of a round

Trial = Callable[[float], Pace]
"""Starts the pace of a search that may take a share of the whole budget."""


def best_start(
    problem: Problem, can_take: BoolArray, *, seed: int, trial: Trial, heard: Heard
) -> Draft:
    """Try the whole fleet and parts of it, go on with the best, return the very best.

    Parameters
    ----------
    heard
        Told the cents of every better plan of every trial.
    """

    def tried(draft: Draft, share: float) -> Draft:
        return improve(draft, pace=trial(share), seed=seed, heard=heard)

    empty = Draft(problem, can_take)
    drafts = []
    for is_used in _fleets(len(problem.vehicles), seed):
        draft = empty.with_fleet(is_used)
        draft.recreate(np.flatnonzero(draft.is_open))
        heard(draft.cents)
        drafts.append(tried(draft, _FIRST_SHARE))
    drafts.sort(key=attrgetter("cents"))
    finalists = [tried(draft, _SECOND_SHARE) for draft in drafts[:_SECOND_ROUND]]
    best = min(finalists, key=attrgetter("cents"))
    return best.with_fleet(np.ones(len(problem.vehicles), dtype=np.bool_))


def _fleets(vehicles: int, seed: int) -> Iterator[BoolArray]:
    """(v,) masks: the whole fleet, then every part of a small one, or random parts."""
    yield np.ones(vehicles, dtype=np.bool_)
    if vehicles <= _ALL_PARTS_UP_TO:
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
