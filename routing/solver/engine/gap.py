"""What it costs to put a stop between two nodes, and whether that can be driven."""

from typing import Any

from routing.solver.engine.columns import BIG, DURATION, METRES, NEVER
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import hours_of
from routing.solver.engine.legs import leg, leg_to
from routing.solver.engine.nodes import start_of
from routing.solver.engine.state import State
from routing.solver.engine.timeline import Hours, arrive, begin

Ways = tuple[int, int, int, int]
"""Metres and seconds to a stop, then on from it."""


@inlined
def has_room(f: Facts, s: State, c: int, r: int, a: int) -> bool:
    """Tell whether the load fits from node a to the next tip that takes the stream."""
    m, j = f.streams, f.stream[c]
    at = a * 6 * m + 3 * m + j
    return (
        s.load[at] + f.demand[c * 3] <= f.room_l[r * m + j]
        and s.load[at + m] + f.demand[c * 3 + 1] <= f.room_kg[r]
        and s.load[at + 2 * m] + f.demand[c * 3 + 2] <= f.room_n[r]
    )


@called
def has_room_before_tip(f: Facts, s: State, c: int, r: int, a: int) -> bool:
    """Tell whether the load fits on top of what is on board at node a."""
    m, j, at = f.streams, f.stream[c], a * 6 * f.streams
    mass, number = f.demand[c * 3 + 1], f.demand[c * 3 + 2]
    for i in range(m):
        mass += s.load[at + m + i]
        number += s.load[at + 2 * m + i]
    return (
        s.load[at + j] + f.demand[c * 3] <= f.room_l[r * m + j]
        and mass <= f.room_kg[r]
        and number <= f.room_n[r]
    )


@called
def has_room_after_tip(f: Facts, s: State, c: int, r: int, a: int) -> bool:
    """Tell whether the load fits once the stream was tipped right after node a."""
    m, j = f.streams, f.stream[c]
    now, peak = a * 6 * m + j, a * 6 * m + 3 * m + j
    return (
        s.load[peak] - s.load[now] + f.demand[c * 3] <= f.room_l[r * m + j]
        and s.load[peak + m] - s.load[now + m] + f.demand[c * 3 + 1] <= f.room_kg[r]
        and s.load[peak + 2 * m] - s.load[now + 2 * m] + f.demand[c * 3 + 2]
        <= f.room_n[r]
    )


@called
def judge(
    f: Facts, s: State, c: int, r: int, a: int, b: int, ways: Ways, limit: int
) -> int:
    """Return the price of c between a and b, BIG if it cannot be or reaches `limit`."""
    metres = ways[0] + ways[2] - s.leg_m[a]
    price = f.cents_m[r] * metres
    if price >= limit:
        return BIG
    if s.route[r * f.route_width + METRES] + metres > f.most_m[r]:
        return BIG
    if f.level == 0:
        return price
    if f.level == 1:
        at = s.early_f[a] + ways[1]
        if at > s.closes[c]:
            return BIG
        if max(at, s.opens[c]) + s.work[c] + ways[3] > s.late_b[b]:
            return BIG
        return price
    if f.level == 2:
        seconds = _span(f, s, c, r, a, b, ways)
        if seconds >= NEVER:
            return BIG
        return price + f.cents_s[r] * seconds
    price += f.cents_s[r] * (ways[1] + ways[3] - s.leg_s[a] + s.work[c])
    if price >= limit or not _is_drivable(f, s, c, r, a, b, ways):
        return BIG
    return price


@inlined
def _join(
    span: tuple[int, int, int], leg_s: int, visit: tuple[int, int, int]
) -> tuple[int, int, int]:
    """Append a visit (opens, closes, work) to a segment; NEVER long if too late."""
    duration, early, late = span
    opens, closes, work = visit
    gap = duration + leg_s
    if early + gap > closes:
        return NEVER, early, late
    wait = max(opens - gap - late, 0)
    return gap + wait + work, max(opens - gap, early) - wait, min(closes - gap, late)


@inlined
def _join_rest(s: State, span: tuple[int, int, int], leg_s: int, b: int) -> int:
    """Append the rest of a route from node b on; return the duration, or NEVER."""
    gap = span[0] + leg_s
    if span[1] + gap > s.late_b[b]:
        return NEVER
    return gap + s.duration_b[b] + max(s.early_b[b] - gap - span[2], 0)


@inlined
def _span(f: Facts, s: State, c: int, r: int, a: int, b: int, ways: Ways) -> int:
    """Return how much longer the run gets, NEVER if it cannot be. Level 2."""
    span = (s.duration_f[a] + 0, s.early_f[a] + 0, s.late_f[a] + 0)
    span = _join(span, ways[1], (s.opens[c] + 0, s.closes[c] + 0, s.work[c] + 0))
    if span[0] >= NEVER:
        return NEVER
    duration = _join_rest(s, span, ways[3], b)
    if duration > f.most_s[r]:
        return NEVER
    return duration - s.route[r * f.route_width + DURATION]


@called
def _is_drivable(
    f: Facts, s: State, c: int, r: int, a: int, b: int, ways: Ways
) -> bool:
    """Tell whether the labels with breaks allow the stop. Level 3."""
    h, n = hours_of(f, r), f.breaks + 1
    _leave_from(f, s, h, c, a)
    if not _passes(s, h, n, (ways[1], c, s.work[c] + 0)):
        return False
    return _reaches(s, h, n, b, ways[3])


@called
def _leave_from(f: Facts, s: State, h: Hours, c: int, a: int) -> None:
    """Take the departures from a into the scratch labels.

    A stop whose release is later than that of its trip holds the whole trip: it is
    driven again from its beginning.
    """
    n, x = f.breaks + 1, a
    if f.has_release and f.release_s[c] > s.hold[_trip_start(f, s, a)]:
        x = _trip_start(f, s, a)
    for k in range(n):
        s.clock[k] = s.leave[x * n + k]
    if not f.has_release or f.release_s[c] <= s.hold[_trip_start(f, s, a)]:
        return
    r = s.route_of[a]
    for k in range(n):
        s.clock[k] = max(s.clock[k], f.release_s[c])
    if f.is_under_way[r] and x == start_of(f, r) and f.release_s[c] > s.leave[x * n]:
        s.clock[0] = NEVER
    while x != a:
        y = s.next[x]
        _passes(s, h, n, (s.leg_s[x] + 0, y + 0, s.work[y] + 0))
        x = y


@called
def _trip_start(f: Facts, s: State, a: int) -> int:
    """Return the start or tip where the vehicle was last empty before leaving a."""
    while a < f.stops:
        a = s.prev[a]
    return a


@called
def _passes(s: State, h: Hours, n: int, visit: tuple[int, int, int]) -> bool:
    """Drive a visit: the scratch departures become those from it.

    `visit`: seconds of the leg, row of the windows, work.
    """
    arrive(h, s.clock, 0, visit[0], s.clock, n)
    is_reached = False
    for k in range(h.count + 1):
        left_s = s.clock[n + k]
        if left_s < NEVER:
            left_s = begin(h, visit[1], left_s)
        if left_s < NEVER:
            is_reached = True
            left_s += visit[2]
        s.clock[k] = left_s
    return is_reached


@called
def _reaches(s: State, h: Hours, n: int, b: int, leg_s: int) -> bool:
    arrive(h, s.clock, 0, leg_s, s.clock, n)
    for k in range(h.count + 1):
        if s.clock[n + k] <= s.reach[b * n + k]:
            return True
    return False


@called
def judge_with_tip(
    f: Facts,
    s: State,
    c: int,
    r: int,
    gap: tuple[int, int],
    order: tuple[int, bool],
    limit: int,
) -> int:
    """Return the price of c and a tip between two nodes, BIG if it cannot be.

    `gap`: the nodes a and b. `order`: the facility, and whether the tip comes first.
    """
    a, b = gap
    facility, is_first = order
    here, there = f.first_stop + c, f.first_facility + facility
    if is_first:
        m1, s1 = leg(f.legs, s.location[a], there)
        m2, s2 = leg_to(f.legs, there, here)
        m3, s3 = leg(f.legs, here, s.location[b])
    else:
        m1, s1 = leg_to(f.legs, s.location[a], here)
        m2, s2 = leg(f.legs, here, there)
        m3, s3 = leg_to(f.legs, there, s.location[b])
    metres = m1 + m2 + m3 - s.leg_m[a]
    price = f.cents_m[r] * metres + f.tip_price[facility]
    if price >= limit:
        return BIG
    if s.route[r * f.route_width + METRES] + metres > f.most_m[r]:
        return BIG
    if f.level == 0:
        return price
    x, y = c + 0, f.stops + facility
    if is_first:
        x, y = y, x
    work_x = f.tip_s[facility] if is_first else f.work_s[c]
    work_y = f.work_s[c] if is_first else f.tip_s[facility]
    first, second = (s1, x, work_x), (s2, y, work_y)
    if f.level == 1:
        span = (0, s.early_f[a] + 0, s.early_f[a] + 0)
    elif f.level == 2:
        span = (s.duration_f[a] + 0, s.early_f[a] + 0, s.late_f[a] + 0)
    else:
        price += f.cents_s[r] * (s1 + s2 + s3 - s.leg_s[a] + work_x + work_y)
        visits = (first, second, s3, is_first)
        if price >= limit or not _drives_tip(f, s, c, r, gap, visits):
            return BIG
        return price
    span = _join(span, s1, (f.opens_s[x] + 0, f.closes_s[x] + 0, work_x + 0))
    if span[0] >= NEVER:
        return BIG
    span = _join(span, s2, (f.opens_s[y] + 0, f.closes_s[y] + 0, work_y + 0))
    if span[0] >= NEVER:
        return BIG
    if f.level == 1:
        return price if span[1] + span[0] + s3 <= s.late_b[b] else BIG
    duration = _join_rest(s, span, s3, b)
    if duration > f.most_s[r]:
        return BIG
    return price + f.cents_s[r] * (duration - s.route[r * f.route_width + DURATION])


@called
def _drives_tip(
    f: Facts, s: State, c: int, r: int, gap: tuple[int, int], visits: tuple[Any, ...]
) -> bool:
    """Tell whether the labels with breaks allow a stop and a tip. Level 3."""
    a, b = gap
    first, second, leg_s, is_first = visits
    h, n = hours_of(f, r), f.breaks + 1
    if is_first:
        for k in range(n):
            s.clock[k] = s.leave[a * n + k]
    else:
        _leave_from(f, s, h, c, a)
    if not _passes(s, h, n, first):
        return False
    if is_first and f.has_release:
        for k in range(n):
            s.clock[k] = max(s.clock[k], f.release_s[c])
    return _passes(s, h, n, second) and _reaches(s, h, n, b, leg_s)
