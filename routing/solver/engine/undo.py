"""Remember routes before they are changed, and take changes back."""

import numpy as np

from routing.solver.engine.columns import STOPS
from routing.solver.engine.compiled import inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import relabel
from routing.solver.engine.nodes import end_of, start_of
from routing.solver.engine.state import State


@inlined
def touch(f: Facts, s: State, r: int, touched: int) -> int:
    """Remember a route as it is; return how many are remembered now."""
    s.mark[r] = 1
    s.touched[touched] = r
    for i in range(f.route_width):
        s.route_rows[touched * f.route_width + i] = s.route[r * f.route_width + i]
    p, x = s.first_row[touched], start_of(f, r)
    while True:
        s.row_node[p] = x
        s.row_leg_m[p] = s.leg_m[x]
        if f.level > 0:
            s.row_leg_s[p] = s.leg_s[x]
        if f.level == 1:
            s.row_early[p] = s.early_f[x]
            s.row_late[p] = s.late_b[x]
        p += 1
        if x == end_of(f, r):
            break
        x = s.next[x]
    s.first_row[touched + 1] = p
    return touched + 1


@inlined
def is_stackable(f: Facts, s: State, r: int) -> bool:
    """Tell whether a route without stops is a run that does not exist."""
    return not f.is_under_way[r] and not s.is_locked[end_of(f, r)]


@inlined
def put_free(f: Facts, s: State, r: int) -> None:
    """Put an unused route on the stack of its class."""
    k = f.of_class[r]
    s.free[f.class_first[k] + s.free_count[k]] = r
    s.free_count[k] += 1


@inlined
def free_of(f: Facts, s: State, k: int) -> int:
    """Return the unused route of a class that is next, -1: none."""
    if s.free_count[k] == 0:
        return np.int64(-1)
    return np.int64(s.free[f.class_first[k] + s.free_count[k] - 1])


@inlined
def take_back(f: Facts, s: State, touched: int) -> None:
    """Put every touched route back as it was."""
    for q in range(touched):
        r = s.touched[q]
        s.mark[r] = 0
        for i in range(f.route_width):
            s.route[r * f.route_width + i] = s.route_rows[q * f.route_width + i]
        before = -1
        for p in range(s.first_row[q], s.first_row[q + 1]):
            x = s.row_node[p]
            s.route_of[x] = r
            s.leg_m[x] = s.row_leg_m[p]
            if f.level > 0:
                s.leg_s[x] = s.row_leg_s[p]
            if f.level == 1:
                s.early_f[x] = s.row_early[p]
                s.late_b[x] = s.row_late[p]
            if before >= 0:
                s.next[before] = x
                s.prev[x] = before
            before = x
        if f.has_tips or f.level > 1:
            relabel(f, s, r)
        if s.route[r * f.route_width + STOPS] == 0 and is_stackable(f, s, r):
            put_free(f, s, r)
