"""In which order stops are put back."""

import numpy as np

from routing.solver.engine.chance import draw, unit
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import leg
from routing.solver.engine.state import State


@inlined
def sort_removed(f: Facts, s: State, removed: int) -> None:
    """Order the stops at random, by amount, by distance or by window."""
    kind = unit(s.chance) * (11.0 if f.level == 0 else 17.0)
    for i in range(removed):
        s.key[i] = _key(f, s, s.removed[i], kind)
    for i in range(1, removed):
        key, c, j = s.key[i], s.removed[i], i - 1
        while j >= 0 and s.key[j] > key:
            s.key[j + 1], s.removed[j + 1] = s.key[j], s.removed[j]
            j -= 1
        s.key[j + 1], s.removed[j + 1] = key, c
    if f.has_ties:
        _put_followers_last(f, s, removed)


@inlined
def _key(f: Facts, s: State, c: int, kind: float) -> int:
    if kind < 4.0:
        return np.int64(draw(s.chance) >> np.uint64(2))
    if kind < 8.0:
        return -f.demand[c * 3]
    if kind < 11.0:
        far, _ = leg(f.legs, 0, f.first_stop + c)
        return far if kind > 10.0 else -far
    if kind < 13.0:
        return np.int64(s.closes[c] - s.opens[c])
    if kind < 15.0:
        return np.int64(s.opens[c])
    return np.int64(-s.closes[c])


@called
def _put_followers_last(f: Facts, s: State, removed: int) -> None:
    """Move stops behind those that must come before them."""
    for _ in range(removed):
        is_changed = False
        for i in range(removed):
            for j in range(i + 1, removed):
                c = s.removed[i]
                for k in range(f.before_first[c], f.before_first[c + 1]):
                    if f.before[k] == s.removed[j]:
                        s.removed[i], s.removed[j] = s.removed[j], c
                        is_changed = True
                        break
        if not is_changed:
            return
