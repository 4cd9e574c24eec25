"""Who is offered a place besides the stops taken out: absent ones."""

import numpy as np

from routing.solver.engine.chance import below
from routing.solver.engine.columns import ABSENT
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.state import State

FROM_ROUTE, FROM_ABSENT = 1, 2  # what `in_hand` says


@inlined
def put_first(s: State, c: int, removed: int) -> None:
    """Let a stop in hand be the first to be inserted."""
    for i in range(removed):
        if s.removed[i] == c:
            s.removed[i], s.removed[0] = s.removed[0], c
            return


@called
def invite(f: Facts, s: State, seed: int, removed: int, most: int) -> int:
    """Offer places to absent stops too: near ones, and alternatives of those out."""
    if f.has_groups:
        for i in range(removed):
            group = f.group[s.removed[i]]
            if group >= 0:
                for k in range(f.group_first[group], f.group_first[group + 1]):
                    removed = offer(s, f.group_stops[k], removed)
    absent = s.total[ABSENT]
    if absent == 0:
        return removed
    if absent <= most:
        for i in range(absent):
            removed = offer(s, s.absent[i], removed)
        return removed
    invited = 0
    for i in range(-1, f.near_width):
        c = seed
        if i >= 0:
            c = np.int64(f.near[seed * f.near_width + i])
        if s.absent_at[c] >= 0:
            removed = offer(s, c, removed)
            invited += 1
            if invited == most:
                break
    return offer(s, s.absent[below(s.chance, absent)], removed)


@inlined
def offer(s: State, c: int, removed: int) -> int:
    """Take an absent stop in hand, once; return how many are."""
    if s.absent_at[c] < 0 or s.in_hand[c]:
        return removed
    s.removed[removed] = c
    s.in_hand[c] = FROM_ABSENT
    return removed + 1
