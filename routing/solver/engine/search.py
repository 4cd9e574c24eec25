"""The search itself: ruin, recreate, accept or take back."""

from typing import Any

import numpy as np

from routing.solver.engine.chance import below, exponential, unit
from routing.solver.engine.columns import (
    ABSENT,
    BEST,
    BIG,
    COST,
    DIRTY,
    NOW,
    SPARE,
    STOPS,
    USED,
)
from routing.solver.engine.compiled import called, compiled, inlined
from routing.solver.engine.exchange import exchange
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import relabel
from routing.solver.engine.measure import measure
from routing.solver.engine.nodes import end_of, start_of
from routing.solver.engine.order import sort_removed
from routing.solver.engine.pointers import pointers
from routing.solver.engine.recreate import recreate
from routing.solver.engine.ruin import EXCHANGE, OPEN, TAILS, clear, ruin
from routing.solver.engine.settle import settle
from routing.solver.engine.state import State
from routing.solver.engine.tails import swap_tails
from routing.solver.engine.undo import is_stackable, put_free, take_back

_FROM_ROUTE, _FROM_ABSENT = 1, 2  # what `in_hand` says

_INVITED = 12  # absent stops that are offered a place in one iteration


@compiled
def search(
    facts: Facts, state: State, taste: Any, heat: int, iterations: int, order: Any
) -> int:
    """Run some iterations of simulated annealing at one temperature.

    Parameters
    ----------
    taste
        (6,) how to ruin, see `ruin`.
    heat
        Temperature in millionths of a cent.
    iterations
        How many; -1 for labelling and measuring the routes as they are linked, which
        comes first.
    order
        Absent stops to be inserted in this order before the first iteration.

    Returns
    -------
    int
        The cost of the best plan so far, in millionths of a cent; -1 if a route breaks
        a rule as it is linked.
    """
    f, s = pointers(facts), pointers(state)
    if iterations < 0 and not _begin(f, s):
        return -1
    removed = 0
    for i in range(order.shape[0]):
        removed = _offer(s, order[i], removed)
    if removed > 0:
        _try(f, s, (removed, 0, 0, -1), heat)
    for _ in range(iterations):
        if taste[EXCHANGE] > 0.0 and unit(s.chance) < taste[EXCHANGE]:
            touched, money = exchange(f, s)
            if touched > 0:
                _decide(f, s, (0, touched, 0, 0), money, _bar(f, s, heat))
            continue
        if taste[TAILS] > 0.0 and unit(s.chance) < taste[TAILS]:
            _try_tails(f, s, heat)
            continue
        opened = -1
        if taste[OPEN] > 0.0 and unit(s.chance) < taste[OPEN]:
            opened = _unused(f, s)
        if opened >= 0:
            seed = below(s.chance, f.stops)
            removed, touched, money = clear(f, s, seed)
            removed = _invite(f, s, seed, removed, f.near_width)
        else:
            removed, touched, money, seed = ruin(f, s, taste)
            removed = _invite(f, s, seed, removed, _INVITED)
        sort_removed(f, s, removed)
        if opened >= 0:
            _put_first(s, seed, removed)
        _try(f, s, (removed, touched, money, opened), heat)
    return s.total[BEST]


@called
def _try(f: Facts, s: State, out: tuple[int, int, int, int], heat: int) -> None:
    """Insert what was taken out, then keep the change or take it back.

    `out`: stops in hand, routes touched, money, and a route to be opened or -1.
    """
    removed, touched, money, opened = out
    touched, made, gained = recreate(f, s, removed, touched, heat, opened)
    money += gained
    dropped = 0
    if f.needs_measure:
        worth, made, dropped = _settle_all(f, s, touched, made)
        money = BIG if worth >= BIG else money + worth
    _decide(f, s, (removed, touched, made, dropped), money, _bar(f, s, heat))


@called
def _try_tails(f: Facts, s: State, heat: int) -> None:
    """Swap the tails of two routes, then keep the change or take it back."""
    bar = _bar(f, s, heat)
    touched, money = swap_tails(f, s, bar)
    made, dropped = 0, 0
    if touched == 0:
        return
    if f.needs_measure:
        money, made, dropped = _settle_all(f, s, touched, made)
    _decide(f, s, (0, touched, made, dropped), money, bar)


@inlined
def _bar(f: Facts, s: State, heat: int) -> int:
    """Draw what a change may cost at most."""
    return np.int64(heat * (exponential(s.chance, f.quantile) * 1e-6))


@called
def _decide(
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
            _keep_best(f, s)
    else:
        _reject(f, s, removed, touched, made)


@called
def _settle_all(f: Facts, s: State, touched: int, made: int) -> tuple[int, int, int]:
    """Settle the touched routes; return what they cost more, and tips made, dropped."""
    worth, tips = 0, (made, 0)
    for q in range(touched):
        after, tips = settle(f, s, s.touched[q], tips)
        if after >= BIG:
            return BIG, tips[0], tips[1]
        worth += after - s.route_rows[q * f.route_width + COST]
    return worth, tips[0], tips[1]


@called
def _unused(f: Facts, s: State) -> int:
    """Return an unused route of a random class, -1: none."""
    k = below(s.chance, f.classes)
    if s.free_count[k] == 0:
        return -1
    return np.int64(s.free[f.class_first[k] + s.free_count[k] - 1])


@inlined
def _put_first(s: State, c: int, removed: int) -> None:
    for i in range(removed):
        if s.removed[i] == c:
            s.removed[i], s.removed[0] = s.removed[0], c
            return


@called
def _invite(f: Facts, s: State, seed: int, removed: int, most: int) -> int:
    """Offer places to absent stops too: near ones, and alternatives of those out."""
    if f.has_groups:
        for i in range(removed):
            group = f.group[s.removed[i]]
            if group >= 0:
                for k in range(f.group_first[group], f.group_first[group + 1]):
                    removed = _offer(s, f.group_stops[k], removed)
    absent = s.total[ABSENT]
    if absent == 0:
        return removed
    if absent <= most:
        for i in range(absent):
            removed = _offer(s, s.absent[i], removed)
        return removed
    invited = 0
    for i in range(-1, f.near_width):
        c = seed
        if i >= 0:
            c = np.int64(f.near[seed * f.near_width + i])
        if s.absent_at[c] >= 0:
            removed = _offer(s, c, removed)
            invited += 1
            if invited == most:
                break
    return _offer(s, s.absent[below(s.chance, absent)], removed)


@inlined
def _offer(s: State, c: int, removed: int) -> int:
    if s.absent_at[c] < 0 or s.in_hand[c]:
        return removed
    s.removed[removed] = c
    s.in_hand[c] = _FROM_ABSENT
    return removed + 1


@inlined
def _accept(f: Facts, s: State, removed: int, touched: int, dropped: int) -> None:
    for i in range(removed):
        c = s.removed[i]
        s.in_hand[c] = 0
        is_absent = s.route_of[c] == f.routes
        if is_absent and s.absent_at[c] < 0:
            _add_absent(s, c)
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
            s.group_count[f.group[c]] += (s.in_hand[c] == _FROM_ROUTE) - is_in
        if s.in_hand[c] == _FROM_ABSENT:
            s.route_of[c] = f.routes
        s.in_hand[c] = 0
    take_back(f, s, touched)
    s.total[SPARE] += made


@inlined
def _add_absent(s: State, c: int) -> None:
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
def _keep_best(f: Facts, s: State) -> None:
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


@called
def _begin(f: Facts, s: State) -> bool:
    """Label and measure every route as it is linked; False if one breaks a rule."""
    s.total[NOW] = s.total[USED] = s.total[DIRTY] = s.total[ABSENT] = 0
    is_sound = True
    for k in range(f.classes):
        s.free_count[k] = 0
    for r in range(f.routes - 1, -1, -1):
        is_sound &= relabel(f, s, r)
        cost = measure(f, s, r)
        is_sound &= cost < BIG
        s.total[NOW] += cost
        s.total[USED] += s.route[r * f.route_width + STOPS] > 0
        if s.route[r * f.route_width + STOPS] == 0 and is_stackable(f, s, r):
            put_free(f, s, r)
        s.is_dirty[r] = 1
        s.dirty[s.total[DIRTY]] = r
        s.total[DIRTY] += 1
    for c in range(f.stops):
        s.absent_at[c] = -1
        if s.route_of[c] == f.routes:
            if f.group[c] < 0:
                s.total[NOW] += f.price[c]
            if not f.is_hopeless[c]:
                _add_absent(s, c)
    for group in range(f.groups):
        if s.group_count[group] == 0:
            s.total[NOW] += f.price[f.group_stops[f.group_first[group]]]
    _keep_best(f, s)
    return is_sound
