"""Labels of a route: what makes judging an insertion a matter of two nodes."""

import numpy as np

from routing.solver.engine.columns import DURATION, NEVER, STOPS
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.loads import loads
from routing.solver.engine.nodes import NOWHERE, end_of, is_end, is_tip, start_of
from routing.solver.engine.state import State
from routing.solver.engine.timeline import (
    Duty,
    Hours,
    arrive,
    begin,
    end_labels,
    latest_begin,
    latest_departure,
    start_labels,
)


@called
def relabel(f: Facts, s: State, r: int) -> bool:
    """Make all labels of a route anew; False if it breaks a rule that they know."""
    is_sound = True
    if f.has_tips:
        is_sound = loads(f, s, r)
    if f.level == 1:
        is_sound &= _clock(f, s, r)
    elif f.level == 2:
        is_sound &= _spans(f, s, r)
        s.route[r * f.route_width + DURATION] = 0
        if s.route[r * f.route_width + STOPS] > 0 or f.is_under_way[r]:
            s.route[r * f.route_width + DURATION] = s.duration_f[end_of(f, r)]
    elif f.level == 3:
        is_sound &= _breaks(f, s, r)
    return is_sound


@called
def _clock(f: Facts, s: State, r: int) -> bool:
    """Follow times through a whole route; False if a window is missed. Level 1."""
    x, end = start_of(f, r), end_of(f, r)
    early = s.opens[x]
    s.early_f[x] = early
    while x != end:
        at = s.early_f[x] + s.leg_s[x]
        x = s.next[x]
        s.early_f[x] = max(at, s.opens[x]) + s.work[x]
    s.late_b[x] = s.closes[x]
    is_sound = s.late_b[x] >= s.opens[x]
    while x != start_of(f, r):
        by = s.late_b[x]
        x = s.prev[x]
        s.late_b[x] = min(by - s.leg_s[x] - s.work[x], s.closes[x])
        is_sound &= s.late_b[x] >= s.opens[x]
    return is_sound


@called
def clock_around(f: Facts, s: State, c: int) -> None:
    """Follow times from a new node both ways, until nothing changes. Level 1."""
    x = c
    while True:
        at = s.early_f[s.prev[x]] + s.leg_s[s.prev[x]]
        early = max(at, s.opens[x]) + s.work[x]
        if x != c and early == s.early_f[x]:
            break
        s.early_f[x] = early
        if is_end(f, x):
            break
        x = s.next[x]
    x = c
    while True:
        by = s.late_b[s.next[x]] - s.leg_s[x] - s.work[x]
        late = min(by, s.closes[x])
        if x != c and late == s.late_b[x]:
            break
        s.late_b[x] = late
        if f.stops <= x < f.stops + f.routes:
            break
        x = s.prev[x]


@called
def _spans(f: Facts, s: State, r: int) -> bool:
    """Follow segments through a whole route; False if a window is missed. Level 2."""
    x, end = start_of(f, r), end_of(f, r)
    s.duration_f[x], s.early_f[x], s.late_f[x] = 0, s.opens[x], s.closes[x]
    if not spans_on(f, s, r, x):
        return False
    s.duration_b[end], s.early_b[end], s.late_b[end] = 0, s.opens[end], s.closes[end]
    spans_back(f, s, r, end)
    return True


@called
def spans_on(f: Facts, s: State, r: int, x: int) -> bool:
    """Follow segments from a node on; False if a window is missed. Level 2."""
    end = end_of(f, r)
    while x != end:
        y = s.next[x]
        gap = s.duration_f[x] + s.leg_s[x]
        if s.early_f[x] + gap > s.closes[y]:
            return False
        wait = max(s.opens[y] - gap - s.late_f[x], 0)
        s.duration_f[y] = gap + s.work[y] + wait
        s.early_f[y] = max(s.opens[y] - gap, s.early_f[x]) - wait
        s.late_f[y] = min(s.closes[y] - gap, s.late_f[x])
        x = y
    return True


@called
def spans_back(f: Facts, s: State, r: int, x: int) -> None:
    """Follow segments back from a node. Level 2."""
    while x != start_of(f, r):
        y = x
        x = s.prev[y]
        gap = s.work[x] + s.leg_s[x]
        wait = max(s.early_b[y] - gap - s.closes[x], 0)
        s.duration_b[x] = gap + s.duration_b[y] + wait
        s.early_b[x] = max(s.early_b[y] - gap, s.opens[x]) - wait
        s.late_b[x] = min(s.late_b[y] - gap, s.closes[x])


@inlined
def hours_of(f: Facts, r: int) -> Hours:
    """Return windows and breaks as a route's driver has them."""
    k = f.of_class[r]
    first = k * f.breaks * 3
    return Hours(f.opens_s, f.closes_s, f.windows, f.pauses, first, f.pause_count[k])


@inlined
def duty_of(f: Facts, r: int) -> Duty:
    """Return the shift and the driving rule of a route's driver."""
    k = f.of_class[r]
    return Duty(
        f.shift_start_s[r],
        f.latest_end_s[r],
        f.is_under_way[r] > 0,
        f.driving[2 * k],
        f.driving[2 * k + 1],
        f.most_s[r],
        f.shift_end_s[r],
        f.fair_s[r],
        f.cents_s[r],
        f.overtime[r],
        f.unfair[r],
    )


@inlined
def window_row(f: Facts, s: State, x: int) -> int:
    """Return the row of a node's windows, -1 for starts and ends."""
    if x < f.stops:
        return x
    if is_tip(f, x):
        return f.stops + s.facility[x]
    return -1


@called
def _holds(f: Facts, s: State, r: int) -> None:
    """Find for the start and every tip until when releases hold the vehicle there."""
    x, latest_s = end_of(f, r), 0
    while x != start_of(f, r):
        x = s.prev[x]
        if x < f.stops:
            latest_s = max(latest_s, f.release_s[x])
        else:
            s.hold[x] = latest_s
            latest_s = 0


@called
def _breaks(f: Facts, s: State, r: int) -> bool:
    """Follow earliest and latest times with breaks through a route. Level 3."""
    n, h = f.breaks + 1, hours_of(f, r)
    if f.has_release:
        _holds(f, s, r)
    x, end = start_of(f, r), end_of(f, r)
    hold_s = np.int64(s.hold[x]) if f.has_release else np.int64(0)
    start_labels(h, duty_of(f, r), s.leave, x * n, hold_s, f.shift_start_s[r])
    if not breaks_on(f, s, r, x, NOWHERE):
        return False
    end_labels(h, s.reach, end * n, f.latest_end_s[r])
    is_home = False
    for k in range(end * n, end * n + h.count + 1):
        is_home |= s.leave[k] <= s.reach[k]
    breaks_back(f, s, r, np.int64(end), NOWHERE)
    return is_home


@called
def breaks_on(f: Facts, s: State, r: int, x: int, last: int) -> bool:
    """Follow departures from a node on; after `last` only as far as they change.

    False if a node cannot be reached. Level 3.
    """
    n, h, end, is_past = f.breaks + 1, hours_of(f, r), end_of(f, r), False
    while x != end:
        is_past |= x == last
        y = np.int64(s.next[x])
        arrive(h, s.leave, x * n, s.leg_s[x], s.clock, 0)
        row, is_same, is_reached = window_row(f, s, y), is_past, y == end
        for k in range(h.count + 1):
            left_s = np.int64(s.clock[k])
            if y != end and left_s < NEVER:
                left_s = begin(h, row, left_s)
                if left_s < NEVER:
                    is_reached = True
                    left_s += s.work[y]
                    if f.has_release and y >= f.stops:
                        left_s = max(left_s, s.hold[y])
            is_same &= left_s == s.leave[y * n + k]
            s.leave[y * n + k] = left_s
        if is_same or not is_reached:
            return is_reached
        x = y
    return True


@called
def breaks_back(f: Facts, s: State, r: int, y: int, a: int) -> None:
    """Follow latest arrivals back from a node; before `a` only as far as they change.

    Level 3.
    """
    n, h, is_past = f.breaks + 1, hours_of(f, r), False
    while y != start_of(f, r):
        x = np.int64(s.prev[y])
        is_past |= x == a
        row, is_same, hold_s = window_row(f, s, x), is_past, 0
        if f.has_release and x >= f.stops:
            hold_s = s.hold[x]
        for k in range(h.count + 1):
            by_s = np.int64(-1)
            left_s = latest_departure(h, s.reach, y * n, s.leg_s[x], k)
            if left_s >= hold_s:
                by_s = np.int64(latest_begin(h, row, left_s - s.work[x]))
            is_same &= by_s == s.reach[x * n + k]
            s.reach[x * n + k] = by_s
        if is_same:
            return
        y = x
