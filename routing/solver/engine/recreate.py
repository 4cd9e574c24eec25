"""Put stops back, one after the other, each where it costs least.

Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, section 5), beside
near stops only, at the beginnings of the touched routes, and in one unused vehicle of
each class.
"""

from typing import Any

import numpy as np

from routing.solver.engine.around import relabel_around
from routing.solver.engine.chance import below, exponential
from routing.solver.engine.columns import BIG, METRES, SPARE, STOPS
from routing.solver.engine.companions import price_of_barred, price_of_followers
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.fits import count_in, fits, is_in_order, number_places
from routing.solver.engine.gap import (
    Ways,
    has_room,
    has_room_after_tip,
    has_room_before_tip,
    judge,
    judge_with_tip,
)
from routing.solver.engine.legs import leg, leg_to
from routing.solver.engine.nodes import end_of, is_end, link, start_of
from routing.solver.engine.state import State
from routing.solver.engine.tips import new_tip
from routing.solver.engine.undo import free_of, is_stackable, touch

BLINK_MEAN = 100
"""One position in so many is overlooked."""

NONE, ANY = -1, -2
"""No unused route is to be opened; any one."""

_TIP_BESIDE = 8  # nearest stops beside which a stop with a tip of its own is tried

Place = tuple[int, int, int, int, bool]
"""Where to insert: price, route (-1: nowhere), node before, facility of a tip that
comes along (-1: none), whether the tip comes first."""


@inlined
def recreate(
    f: Facts, s: State, removed: int, touched: int, heat: int, opened: int
) -> tuple[int, int, int]:
    """Insert the removed stops; return routes touched, tips made, and the money.

    `opened`: an unused route that the first stop begins whatever it costs, or `ANY`
    where it costs least; `NONE`: it has no privilege.
    """
    made, money = 0, 0
    blink = 1 + below(s.chance, 2 * BLINK_MEAN)
    for i in range(removed):
        c = np.int64(s.removed[i])
        if f.has_groups and f.group[c] >= 0 and s.group_count[f.group[c]] > 0:
            continue
        limit = f.price[c]
        if f.has_ties:
            limit += price_of_followers(f, s, c)
        if f.is_optional[c]:
            noise = exponential(s.chance, f.quantile)
            limit += np.int64(heat * (noise * 1e-6))
        found = (limit, np.int64(-1), np.int64(-1), np.int64(-1), False)
        if i == 0 and opened != NONE:
            found = _begin_run(f, s, c, opened)
        if found[1] < 0:
            found, blink = _cheapest(f, s, c, touched, blink, limit)
        if found[1] < 0 and not f.is_optional[c] and below(s.chance, 4) == 0:
            found = _anywhere(f, s, c, found)
        if found[1] < 0:
            continue
        touched, made = _put_in(f, s, c, found, touched, made)
        money -= f.price[c]
        if not f.needs_measure:
            money += found[0]
            if f.has_ties and f.is_picky:
                money -= price_of_barred(f, s, c, found[1])
    return touched, made, money


@called
def _begin_run(f: Facts, s: State, c: int, r: int) -> Place:
    """Return the place of a stop in an unused route, or in any, at any price."""
    best = (BIG - 1, np.int64(-1), np.int64(-1), np.int64(-1), False)
    for k in range(f.classes):
        route = r if r >= 0 else free_of(f, s, k)
        if route >= 0 and fits(f, s, c, route):
            best = _at_start(f, s, c, route, best)
        if r >= 0:
            break
    return best


@inlined
def _cheapest(
    f: Facts, s: State, c: int, touched: int, blink: int, limit: int
) -> tuple[Place, int]:
    """Find the cheapest place beside near stops, at beginnings, in unused routes."""
    here = f.first_stop + c
    best = (limit, np.int64(-1), np.int64(-1), np.int64(-1), False)
    for i in range(f.beside_width):
        j = np.int64(f.beside[c * f.beside_width + i])
        r = np.int64(s.route_of[j])
        if not fits(f, s, c, r):
            continue
        a, b = np.int64(s.prev[j]), np.int64(s.next[j])
        legs = (c * f.beside_width + i) * 4
        for side in range(2):
            blink -= 1
            if blink == 0:
                blink = 1 + below(s.chance, 2 * BLINK_MEAN)
                continue
            if side == 0:
                m1, s1 = (
                    np.int64(f.beside_legs[legs]),
                    np.int64(f.beside_legs[legs + 1]),
                )
                m2, s2 = leg(f.legs, here, s.location[b])
                x, y = j, b
            else:
                m1, s1 = leg_to(f.legs, s.location[a], here)
                m2 = np.int64(f.beside_legs[legs + 2])
                s2 = np.int64(f.beside_legs[legs + 3])
                x, y = a, j
            if not f.has_tips and f.cents_m[r] * (m1 + m2 - s.leg_m[x]) >= best[0]:
                continue
            gap = (r, x, y, np.int64(0), i < _TIP_BESIDE)
            best = _better(f, s, c, gap, (m1, s1, m2, s2), best)
    for q in range(touched + f.always_count + f.classes):
        if q < touched:
            r = np.int64(s.touched[q])
        elif q < touched + f.always_count:
            r = np.int64(f.always[q - touched])
            if s.mark[r] or _is_unused(f, s, r):
                continue
        else:
            k = q - touched - f.always_count
            r = free_of(f, s, k)
            if r < 0:
                continue
        if fits(f, s, c, r):
            best = _at_start(f, s, c, r, best)
    return best, blink


@inlined
def _is_unused(f: Facts, s: State, r: int) -> bool:
    return s.route[r * f.route_width + STOPS] == 0 and is_stackable(f, s, r)


@called
def _anywhere(f: Facts, s: State, c: int, best: Place) -> Place:
    """Try every gap of every route: for a stop that found no place beside its near."""
    here = f.first_stop + c
    for r in range(f.routes):
        if s.route[r * f.route_width + STOPS] == 0 or not fits(f, s, c, r):
            continue
        a = np.int64(start_of(f, r))
        while a != end_of(f, r):
            b = np.int64(s.next[a])
            m1, s1 = leg_to(f.legs, s.location[a], here)
            m2, s2 = leg(f.legs, here, s.location[b])
            gap = (np.int64(r), a, b, np.int64(0), True)
            best = _better(f, s, c, gap, (m1, s1, m2, s2), best)
            a = b
    return best


@called
def _at_start(f: Facts, s: State, c: int, r: int, best: Place) -> Place:
    """Try the beginning of a route, an unused one included."""
    a = np.int64(start_of(f, r))
    if f.has_locks:
        while s.is_locked[s.next[a]] and not is_end(f, s.next[a]):
            a = np.int64(s.next[a])
    here, cost = f.first_stop + c, np.int64(0)
    is_unused = s.route[r * f.route_width + STOPS] == 0
    if is_unused and not f.is_under_way[r]:
        cost = f.fixed[r] + f.cents_m[r] * s.leg_m[a]
    while True:
        b = np.int64(s.next[a])
        m1, s1 = leg(f.legs, s.location[a], here)
        m2, s2 = leg(f.legs, here, s.location[b])
        best = _better(f, s, c, (r, a, b, cost, True), (m1, s1, m2, s2), best)
        # An unused vehicle may have to tip first what it has on board.
        if not is_unused or is_end(f, b):
            return best
        a = b


@called
def _is_closed(f: Facts, s: State, c: int, a: int, b: int) -> bool:
    """Tell whether locks, or what must come before the stop, forbid the gap."""
    if f.has_locks and s.is_locked[b] and not is_end(f, b):
        return True
    return f.has_ties and not is_in_order(f, s, c, a)


@called
def _better(f: Facts, s: State, c: int, gap: Any, ways: Ways, best: Place) -> Place:
    """Return the better of the best place so far and a gap, with a tip if need be.

    `gap`: route, node before, node after, cost of the vehicle's having a run, whether
    a tip may be added.
    """
    r, a, b, cost, may_tip = gap
    if (f.has_locks or f.has_ties) and _is_closed(f, s, c, a, b):
        return best
    if f.is_picky:
        cost += f.extra[c * f.classes + f.of_class[r]]
        if f.has_ties:
            cost += price_of_barred(f, s, c, r)
    if not f.has_tips or has_room(f, s, c, r, a):
        price = judge(f, s, c, r, a, b, ways, best[0] - cost) + cost
        if price < best[0]:
            best = (price, r, a, np.int64(-1), False)
        if not f.has_release:
            return best
    if may_tip and f.has_tips and s.total[SPARE] > 0:
        best = _with_tip(f, s, c, (r, a, b, cost), best)
    return best


@called
def _with_tip(
    f: Facts, s: State, c: int, gap: tuple[int, int, int, int], best: Place
) -> Place:
    r, a, b, cost = gap
    may_follow = has_room_before_tip(f, s, c, r, a)
    may_lead = a < f.stops and has_room_after_tip(f, s, c, r, a)
    for i in range(2 * f.facility_width):
        site = np.int64(f.facility_near[c * f.facility_width + (i >> 1)])
        is_first = i % 2 == 1
        is_able = may_lead if is_first else may_follow
        if is_able and f.accepts[site * f.streams + f.stream[c]]:
            order = (site, is_first)
            price = judge_with_tip(f, s, c, r, (a, b), order, best[0] - cost) + cost
            if price < best[0]:
                best = (price, r, a, site, is_first)
    return best


@inlined
def _put_in(
    f: Facts, s: State, c: int, found: Place, touched: int, made: int
) -> tuple[int, int]:
    """Insert a stop, with a tip if the place has one; return touched, tips made."""
    _, r, a, site, is_first = found
    if not s.mark[r]:
        if _is_unused(f, s, r):
            s.free_count[f.of_class[r]] -= 1
        touched = touch(f, s, r, touched)
    b, first, last = np.int64(s.next[a]), c, c
    before_m = s.leg_m[a]
    metres = 0
    if site >= 0:
        tip = np.int64(new_tip(f, s, r, site, made))
        made += 1
        if is_first:
            first = tip
        else:
            last = tip
        link(f, s, first, last)
        metres = np.int64(s.leg_m[first])
    link(f, s, a, first)
    link(f, s, last, b)
    s.route_of[c] = r
    metres += s.leg_m[a] + s.leg_m[last] - before_m
    s.route[r * f.route_width + METRES] += metres
    count_in(f, s, c, r, 1)
    if f.level > 0 or f.has_tips:
        relabel_around(f, s, r, a, last)
    if f.has_ties:
        number_places(f, s, r)
    return touched, made
