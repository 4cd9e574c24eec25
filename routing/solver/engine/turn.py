"""A stretch of a route is driven the other way round (2-opt, Croes 1958)."""

import numpy as np

from routing.solver.engine.columns import BIG
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import leg
from routing.solver.engine.measure import measure, valued
from routing.solver.engine.nodes import is_end, link, start_of
from routing.solver.engine.state import State
from routing.solver.engine.undo import touch


@called
def turn(f: Facts, s: State, r: int, one: int, other: int, bar: int) -> tuple[int, int]:
    """Let the earlier of two stops of a route be followed by the later.

    What lies between them is driven the other way round. Returns as `swap_tails` does.
    """
    a, y = _in_order(f, s, r, one, other)
    b, d = np.int64(s.next[a]), np.int64(s.next[y])
    if b == y or _is_dear(f, s, r, (a, b, y, d), bar):
        return 0, 0
    before = 0 if f.needs_measure else measure(f, s, r)
    touched = touch(f, s, r, 0)
    x, before_x = b, d
    while True:
        following = np.int64(s.next[x])
        link(f, s, x, before_x)
        if x == y:
            break
        x, before_x = following, x
    link(f, s, a, y)
    if f.needs_measure:
        return touched, 0
    after = valued(f, s, r)
    return touched, BIG if after >= BIG else after - before


@inlined
def _in_order(f: Facts, s: State, r: int, one: int, other: int) -> tuple[int, int]:
    """Return two stops of a route, the earlier first: looked for both ways at once."""
    ahead, back = one, one
    while True:
        if not is_end(f, ahead):
            ahead = np.int64(s.next[ahead])
            if ahead == other:
                return one, other
        if back != start_of(f, r):
            back = np.int64(s.prev[back])
            if back == other:
                return other, one


@inlined
def _is_dear(
    f: Facts, s: State, r: int, joints: tuple[int, int, int, int], bar: int
) -> bool:
    """Tell whether the new legs cost the bar or more, come too late, or are locked."""
    a, b, y, d = joints
    out_m, out_s = leg(f.legs, s.location[a], s.location[y])
    on_m, on_s = leg(f.legs, s.location[b], s.location[d])
    if f.level == 1 and s.early_f[a] + out_s > s.late_b[y]:
        return True
    if f.level == 2 and s.duration_f[a] + s.early_f[a] + out_s > s.late_b[y]:
        return True
    metres = out_m + on_m - s.leg_m[a] - s.leg_m[y]
    seconds = out_s + on_s - s.leg_s[a] - s.leg_s[y]
    x = b
    while x != y:
        if s.is_locked[x]:
            return True
        back_m, back_s = leg(f.legs, s.location[s.next[x]], s.location[x])
        metres += back_m - s.leg_m[x]
        seconds += back_s - s.leg_s[x]
        x = np.int64(s.next[x])
    if s.is_locked[y]:
        return True
    price = f.cents_m[r] * metres
    if f.level > 0:
        price += f.cents_s[r] * seconds
    return price >= bar
