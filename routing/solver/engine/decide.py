"""What becomes of a change: kept, with the better plans, or taken back."""

import numpy as np

from routing.solver.engine.columns import ABSENT, BEST, DIRTY, NOW, SPARE, STOPS, USED
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.invite import FROM_ABSENT, FROM_ROUTE
from routing.solver.engine.nodes import end_of, start_of
from routing.solver.engine.state import State
from routing.solver.engine.undo import is_stackable, put_free, take_back


@called
def decide(
    f: Facts, s: State, change: tuple[int, int, int, int], money: int, bar: int
) -> None:
    """Keep a change or take it back; better plans are remembered.

    `change`: stops in hand, routes touched, tips made and dropped.
    """
    removed, touched, made, dropped = change
    if money < bar or money == 0:
        s.total[NOW] += money
        _accept(f, s, removed, touched, dropped)
        if s.total[NOW] < s.total[BEST]:
            keep_best(f, s)
    else:
        _reject(f, s, removed, touched, made)


@inlined
def _accept(f: Facts, s: State, removed: int, touched: int, dropped: int) -> None:
    for i in range(removed):
        c = s.removed[i]
        s.in_hand[c] = 0
        is_absent = s.route_of[c] == f.routes
        if is_absent and s.absent_at[c] < 0:
            add_absent(s, c)
        elif not is_absent and s.absent_at[c] >= 0:
            _drop_absent(s, c)
    for q in range(touched):
        r = s.touched[q]
        s.mark[r] = 0
        now, before = (
            s.route[r * f.route_width + STOPS],
            s.route_rows[q * f.route_width + STOPS],
        )
        s.total[USED] += np.int64(now > 0) - np.int64(before > 0)
        if now == 0 and is_stackable(f, s, r):
            put_free(f, s, r)
        if not s.is_dirty[r]:
            s.is_dirty[r] = 1
            s.dirty[s.total[DIRTY]] = r
            s.total[DIRTY] += 1
    for i in range(dropped):
        s.spare[s.total[SPARE]] = s.old_tips[i]
        s.total[SPARE] += 1


@inlined
def _reject(f: Facts, s: State, removed: int, touched: int, made: int) -> None:
    for i in range(removed):
        c = s.removed[i]
        if f.has_groups and f.group[c] >= 0:
            is_in = s.route_of[c] != f.routes
            s.group_count[f.group[c]] += (s.in_hand[c] == FROM_ROUTE) - is_in
        if s.in_hand[c] == FROM_ABSENT:
            s.route_of[c] = f.routes
        s.in_hand[c] = 0
    take_back(f, s, touched)
    s.total[SPARE] += made


@inlined
def add_absent(s: State, c: int) -> None:
    """Note that a stop is in no route."""
    s.absent_at[c] = s.total[ABSENT]
    s.absent[s.total[ABSENT]] = c
    s.total[ABSENT] += 1


@inlined
def _drop_absent(s: State, c: int) -> None:
    s.total[ABSENT] -= 1
    last = s.absent[s.total[ABSENT]]
    s.absent[s.absent_at[c]] = last
    s.absent_at[last] = s.absent_at[c]
    s.absent_at[c] = -1


@inlined
def keep_best(f: Facts, s: State) -> None:
    """Copy the routes that differ from the best plan so far."""
    s.total[BEST] = s.total[NOW]
    for i in range(s.total[DIRTY]):
        r = s.dirty[i]
        s.is_dirty[r] = 0
        x = start_of(f, r)
        while x != end_of(f, r):
            s.best_next[x] = s.next[x]
            s.best_facility[x] = s.facility[x]
            x = s.next[x]
    s.total[DIRTY] = 0
