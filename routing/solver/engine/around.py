"""Labels made anew around what was inserted, as far as they change."""

import numpy as np

from routing.solver.engine.columns import DURATION, NEVER
from routing.solver.engine.compiled import called
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import (
    clock_around,
    hours_of,
    relabel,
    spans_back,
    spans_on,
    window_row,
)
from routing.solver.engine.loads import loads_around
from routing.solver.engine.nodes import end_of, start_of
from routing.solver.engine.state import State
from routing.solver.engine.timeline import arrive, begin, latest_begin, latest_departure


@called
def relabel_around(f: Facts, s: State, r: int, a: int, last: int) -> None:
    """Label a route whose nodes after `a`, up to `last`, are new in it."""
    if f.level == 3 and f.has_release:
        relabel(f, s, r)
        return
    if f.has_tips:
        loads_around(f, s, r, a, last)
    if f.level == 1:
        if s.next[a] == last:
            clock_around(f, s, last)
        else:
            relabel(f, s, r)
    elif f.level == 2:
        spans_on(f, s, r, a)
        spans_back(f, s, r, np.int64(s.next[last]))
        s.route[r * f.route_width + DURATION] = s.duration_f[end_of(f, r)]
    elif f.level == 3:
        _breaks_on(f, s, r, a, last)
        _breaks_back_from(f, s, r, a, last)


@called
def _breaks_on(f: Facts, s: State, r: int, a: int, last: int) -> None:
    n, h = f.breaks + 1, hours_of(f, r)
    x, end, is_past = a, end_of(f, r), False
    while x != end:
        is_past |= x == last
        y = np.int64(s.next[x])
        arrive(h, s.leave, x * n, s.leg_s[x], s.clock, 0)
        row, is_same = window_row(f, s, y), is_past
        for k in range(h.count + 1):
            left_s = np.int64(s.clock[k])
            if y != end and left_s < NEVER:
                left_s = begin(h, row, left_s)
                if left_s < NEVER:
                    left_s += s.work[y]
            is_same &= left_s == s.leave[y * n + k]
            s.leave[y * n + k] = left_s
        if is_same:
            return
        x = y


@called
def _breaks_back_from(f: Facts, s: State, r: int, a: int, last: int) -> None:
    n, h = f.breaks + 1, hours_of(f, r)
    y, is_past = np.int64(s.next[last]), False
    while y != start_of(f, r):
        x = np.int64(s.prev[y])
        is_past |= x == a
        row, is_same = window_row(f, s, x), is_past
        for k in range(h.count + 1):
            by_s = np.int64(-1)
            left_s = latest_departure(h, s.reach, y * n, s.leg_s[x], k)
            if left_s >= 0:
                by_s = np.int64(latest_begin(h, row, left_s - s.work[x]))
            is_same &= by_s == s.reach[x * n + k]
            s.reach[x * n + k] = by_s
        if is_same:
            return
        y = x
