"""Two routes exchange what comes after a stop and before a near one.

Strings are short; where routes are long, it is this that moves half a run at once
(2-opt*, Potvin and Rousseau, J. Operational Research Society 46, 1995).
"""

import numpy as np

from routing.solver.engine.chance import below
from routing.solver.engine.columns import BIG, STREAM_L, TIPS
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.fits import count_in, is_within_limits
from routing.solver.engine.legs import leg
from routing.solver.engine.measure import measure, valued
from routing.solver.engine.nodes import end_of, is_end, is_tip, link, start_of
from routing.solver.engine.part import some_stop
from routing.solver.engine.state import State
from routing.solver.engine.turn import turn
from routing.solver.engine.undo import touch


@inlined
def swap_tails(f: Facts, s: State, bar: int) -> tuple[int, int]:
    """Let a random stop be followed by a near one, and each route end as the other did.

    `bar`: a change that costs as much is not worth making. Returns how many routes are
    touched (0: nothing changed), and the money; where routes are measured
    (`needs_measure`), that is left to whoever settles them; BIG if a rule is broken.
    Where stops are tied to each other, nothing is exchanged.
    """
    c = some_stop(s)
    y = np.int64(f.beside[c * f.beside_width + below(s.chance, f.beside_width)])
    r, q = np.int64(s.route_of[c]), np.int64(s.route_of[y])
    if f.has_ties or c == y or r == f.routes or q == f.routes:
        return 0, 0
    if r == q:
        return turn(f, s, r, c, y, bar)
    b, x = np.int64(s.next[c]), np.int64(s.prev[y])
    is_last = is_end(f, b)
    if is_last:
        b = np.int64(end_of(f, q))
    if s.is_locked[y] or (not is_last and s.is_locked[b]):
        return 0, 0
    if _detour(f, s, (r, c, y), (q, x, b)) >= bar or not _have_room(f, s, r, q, b, y):
        return 0, 0
    before = 0 if f.needs_measure else measure(f, s, r) + measure(f, s, q)
    touched = touch(f, s, q, touch(f, s, r, 0))
    _swap(f, s, (r, c, y), (q, x, b))
    if f.needs_measure:
        return touched, 0
    after = valued(f, s, r)
    if after < BIG:
        after += valued(f, s, q)
    return touched, BIG if after >= BIG else after - before


Joint = tuple[int, int, int]
"""A route, a node of it, and the node that is to follow."""


@called
def _detour(f: Facts, s: State, one: Joint, other: Joint) -> int:
    """Return what the new legs cost more, BIG if one comes too late."""
    price = 0
    for i in range(2):
        r, a, b = one if i == 0 else other
        metres, seconds = leg(f.legs, s.location[a], s.location[b])
        if f.level == 1 and s.early_f[a] + seconds > s.late_b[b]:
            return BIG
        if f.level == 2 and s.duration_f[a] + s.early_f[a] + seconds > s.late_b[b]:
            return BIG
        before_m, before_s = s.leg_m[a] + 0, s.leg_s[a] + 0
        if a == start_of(f, r) and is_end(f, b) and not f.is_under_way[r]:
            price -= f.fixed[r]
            metres = seconds = 0
        price += f.cents_m[r] * (metres - before_m)
        if f.level > 0:
            price += f.cents_s[r] * (seconds - before_s)
    return price


@called
def _have_room(f: Facts, s: State, r: int, q: int, b: int, y: int) -> bool:
    """Tell whether both vehicles may take the tails: from b to q, from y to r."""
    m, kilograms, containers, litres, count = f.streams, 0, 0, 0, 0
    for j in range(2 * m):
        s.trip[j] = 0
    for i in range(2):
        x = y if i == 0 else b
        sign, k = 1 - 2 * i, f.of_class[r if i == 0 else q]
        while not is_end(f, x):
            if x < f.stops:
                s.trip[f.stream[x]] += sign * f.demand[x * 3]
                s.trip[m + f.stream[x]] += sign
                litres += sign * f.demand[x * 3]
                kilograms += sign * f.demand[x * 3 + 1]
                containers += sign * f.demand[x * 3 + 2]
                count += sign
                if f.is_picky and not f.may[x * f.classes + k]:
                    return False
            x = s.next[x]
    for i in range(2):
        route, sign = (r if i == 0 else q), 1 - 2 * i
        row = route * f.route_width
        for j in range(m):
            moved = sign * s.trip[j]
            if moved > 0 and (
                s.route[row + STREAM_L + j] + moved > f.whole_l[route * m + j]
            ):
                return False
        more = (sign * litres, sign * kilograms, sign * containers, sign * count)
        if f.has_limits and not is_within_limits(f, s, route, more, route):
            return False
        if f.has_conflicts and _is_at_odds(f, s, row, sign):
            return False
    return True


@called
def _is_at_odds(f: Facts, s: State, row: int, sign: int) -> bool:
    """Tell whether streams in conflict would meet on a route."""
    m, at = f.streams, row + STREAM_L + f.streams
    for i in range(m):
        for j in range(i):
            if (
                f.conflicts[i * m + j]
                and s.route[at + i] + sign * s.trip[m + i] > 0
                and s.route[at + j] + sign * s.trip[m + j] > 0
            ):
                return True
    return False


@called
def _swap(f: Facts, s: State, one: Joint, other: Joint) -> None:
    r, c, y = one
    q, x, b = other
    last, their_last = s.prev[end_of(f, r)] + 0, s.prev[end_of(f, q)] + 0
    _move(f, s, y, r)
    if not is_end(f, b):
        _move(f, s, b, q)
    link(f, s, c, y)
    link(f, s, their_last, end_of(f, r))
    link(f, s, x, b)
    if not is_end(f, b):
        link(f, s, last, end_of(f, q))


@inlined
def _move(f: Facts, s: State, x: int, r: int) -> None:
    """Let all nodes from one on belong to another route."""
    while not is_end(f, x):
        if x < f.stops:
            count_in(f, s, x, s.route_of[x], -1)
            count_in(f, s, x, r, 1)
        elif is_tip(f, x):
            s.route[s.route_of[x] * f.route_width + TIPS] -= 1
            s.route[r * f.route_width + TIPS] += 1
        s.route_of[x] = r
        x = s.next[x]
