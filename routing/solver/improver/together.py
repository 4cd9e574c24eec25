"""Several threads at one problem.

A large problem is split by neighbouring routes, and split anew every round; a small one
is searched by rivals, of which the best wins. Compiled code leaves Python's lock alone.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from routing.solver.engine.lay import Halts
from routing.solver.improver.improve import Improver, Pace, left_and_cents
from routing.solver.improver.split import Part, split

_ROUNDS = 20
_FEW_STOPS = 400  # a smaller part has too few neighbours

Heard = Callable[[int, float], None]
Anneal = Callable[[Sequence[Improver], Sequence["_Share"], float], None]
"""Let searches go on side by side, each at its own pace, until a share is spent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Share:
    """The pace of one search among several: its own iterations are a share of all."""

    pace: Pace
    share: float
    before: int

    def spent(self, iterations: int) -> float:
        return self.pace.spent(self._all(iterations))

    def chunk(self, iterations: int) -> int:
        return max(1, int(self.pace.chunk(self._all(iterations)) * self.share))

    def affordable(self, iterations: int) -> float:
        return self.pace.affordable(self._all(iterations))

    def _all(self, iterations: int) -> int:
        return int(self.before + iterations / self.share)


def improve_together(
    lead: Improver, *, threads: int, seed: int, pace: Pace, heard: Heard
) -> Improver:
    """Go on from a search's best plan with several; return one that has the best plan.

    Parameters
    ----------
    pace
        Of all threads together; asked from each of them.
    heard
        Told the mandatory stops left, and the cents, of every better plan.
    """
    f = lead.facts
    is_split = f.stops >= threads * _FEW_STOPS and not (f.has_ties or f.has_groups)
    with ThreadPoolExecutor(threads) as pool:

        def anneal(
            searches: Sequence[Improver], paces: Sequence[_Share], until: float
        ) -> None:
            for each in [
                pool.submit(search.improve, own, until=until)
                for search, own in zip(searches, paces, strict=True)
            ]:
                each.result()

        go_on = _by_parts if is_split else _by_rivals
        return go_on(lead, threads, seed, pace, heard, anneal)


def _by_rivals(
    lead: Improver, threads: int, seed: int, pace: Pace, heard: Heard, anneal: Anneal
) -> Improver:
    """Let several searches begin at the same plan, and take the best."""
    begun = lead.best_halts()
    others = [lead.again(begun, seed=_seed(seed, 0, i)) for i in range(1, threads)]
    rivals, best = [lead, *others], lead.best
    for number in range(1, _ROUNDS + 1):
        paces = [
            _Share(pace=pace, share=1 / threads, before=threads * each.iterations)
            for each in rivals
        ]
        anneal(rivals, paces, number / _ROUNDS)
        winner = min(rivals, key=lambda each: each.best)
        if winner.best < best:
            best = winner.best
            heard(winner.best_left, winner.best_cents)
    winner.iterations = sum(each.iterations for each in rivals)
    return winner


def _by_parts(
    lead: Improver, threads: int, seed: int, pace: Pace, heard: Heard, anneal: Anneal
) -> Improver:
    """Let each search have a part of the routes; deal the parts anew every round."""
    facts, rng, done = lead.facts, np.random.default_rng(seed), 0
    best, halts = lead.best, lead.best_halts()
    now = halts
    for number in range(1, _ROUNDS + 1):
        parts = split(facts, lead.near, now, count=threads, rng=rng)
        searches = [
            lead.again(now, seed=_seed(seed, number, i), part=part)
            for i, part in enumerate(parts)
        ]
        paces = [
            _Share(pace=pace, share=len(part.stops) / facts.stops, before=done)
            for part in parts
        ]
        anneal(searches, paces, number / _ROUNDS)
        done += sum(each.iterations for each in searches)
        now = _joined([each.halts() for each in searches], parts)
        total = sum(each.best for each in searches)
        if total < best:
            best = total
            halts = _joined([each.best_halts() for each in searches], parts)
            heard(*left_and_cents(facts, best))
    winner = lead.again(halts, seed=seed)
    winner.iterations = done
    return winner


def _joined(plans: Sequence[Halts], parts: Sequence[Part]) -> list[list[int]]:
    """Return the halts of all routes, each as the part has it whose route it is."""
    halts: list[list[int]] = [[] for _ in plans[0]]
    for plan, part in zip(plans, parts, strict=True):
        for r in part.routes.tolist():
            halts[r] = list(plan[r])
    return halts


def _seed(seed: int, number: int, part: int) -> int:
    """Return another seed for every search."""
    return hash((seed, number, part)) & (2**63 - 1)
