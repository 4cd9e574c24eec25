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
    OWN,
    STOPS,
    USED,
)
from routing.solver.engine.compiled import called, compiled, inlined
from routing.solver.engine.decide import add_absent, decide, keep_best
from routing.solver.engine.exchange import exchange
from routing.solver.engine.facts import Facts
from routing.solver.engine.invite import invite, offer, put_first
from routing.solver.engine.labels import relabel
from routing.solver.engine.measure import measure
from routing.solver.engine.order import sort_removed
from routing.solver.engine.part import some_stop
from routing.solver.engine.pointers import pointers
from routing.solver.engine.recreate import ANY, NONE, recreate
from routing.solver.engine.ruin import EXCHANGE, OPEN, TAILS, clear, ruin
from routing.solver.engine.settle import settle
from routing.solver.engine.state import State
from routing.solver.engine.tails import swap_tails
from routing.solver.engine.undo import free_of, is_stackable, put_free

_INVITED = 12  # absent stops that are offered a place in one iteration


@compiled
def search(
    facts: Facts, state: State, taste: Any, heat: int, iterations: int, order: Any
) -> int:
    """Run some iterations of simulated annealing at one temperature.

    Parameters
    ----------
    taste
        (8,) which moves, how often and how large, see `ruin`.
    heat
        Temperature in millionths of a cent.
    iterations
        How many; -1 for labelling and measuring the routes as they are linked, which
        comes first.
    order
        Absent stops to be inserted in this order before the first iteration; the first
        of them begins a run if `taste` opens any.

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
        removed = offer(s, order[i], removed)
    if removed > 0:
        _try(f, s, (removed, 0, 0, ANY if taste[OPEN] > 0.0 else NONE), heat)
    for _ in range(iterations):
        if taste[EXCHANGE] > 0.0 and unit(s.chance) < taste[EXCHANGE]:
            touched, money = exchange(f, s)
            if touched > 0:
                decide(f, s, (0, touched, 0, 0), money, _bar(f, s, heat))
            continue
        if taste[TAILS] > 0.0 and unit(s.chance) < taste[TAILS]:
            _try_tails(f, s, heat)
            continue
        opened = NONE
        if taste[OPEN] > 0.0 and unit(s.chance) < taste[OPEN]:
            opened = free_of(f, s, below(s.chance, f.classes))
        if opened >= 0:
            seed = some_stop(s)
            removed, touched, money = clear(f, s, seed, taste)
            removed = invite(f, s, seed, removed, f.near_width)
        else:
            removed, touched, money, seed = ruin(f, s, taste)
            removed = invite(f, s, seed, removed, _INVITED)
        sort_removed(f, s, removed)
        if opened >= 0:
            put_first(s, seed, removed)
        _try(f, s, (removed, touched, money, opened), heat)
    return s.total[BEST]


@called
def _try(f: Facts, s: State, out: tuple[int, int, int, int], heat: int) -> None:
    """Insert what was taken out, then keep the change or take it back.

    `out`: stops in hand, routes touched, money, a route to be opened (see `recreate`).
    """
    removed, touched, money, opened = out
    touched, made, gained = recreate(f, s, removed, touched, heat, opened)
    money += gained
    dropped = 0
    if f.needs_measure:
        worth, made, dropped = _settle_all(f, s, touched, made)
        money = BIG if worth >= BIG else money + worth
    decide(f, s, (removed, touched, made, dropped), money, _bar(f, s, heat))


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
    decide(f, s, (0, touched, made, dropped), money, bar)


@inlined
def _bar(f: Facts, s: State, heat: int) -> int:
    """Draw what a change may cost at most."""
    return np.int64(heat * (exponential(s.chance, f.quantile) * 1e-6))


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
def _begin(f: Facts, s: State) -> bool:
    """Label and measure every route as it is linked; False if one breaks a rule."""
    s.total[NOW] = s.total[USED] = s.total[DIRTY] = s.total[ABSENT] = 0
    is_sound = True
    for k in range(f.classes):
        s.free_count[k] = 0
    for r in range(f.routes - 1, -1, -1):
        if s.is_foreign[r]:
            continue
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
    for i in range(s.total[OWN]):
        c = np.int64(s.own[i])
        s.absent_at[c] = -1
        if s.route_of[c] == f.routes:
            if f.group[c] < 0:
                s.total[NOW] += f.price[c]
            if not f.is_hopeless[c]:
                add_absent(s, c)
    for group in range(f.groups):
        if s.group_count[group] == 0:
            s.total[NOW] += f.price[f.group_stops[f.group_first[group]]]
    keep_best(f, s)
    return is_sound
