"""Two vehicles exchange their runs: what moving stop by stop hardly ever reaches."""

import numpy as np

from routing.solver.engine.chance import below
from routing.solver.engine.columns import BIG, STOPS, STREAM_L, TIPS
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.fits import is_within_limits, number_places
from routing.solver.engine.measure import measure, valued
from routing.solver.engine.nodes import end_of, link, start_of
from routing.solver.engine.part import some_stop
from routing.solver.engine.state import State
from routing.solver.engine.undo import free_of, is_stackable, touch


@called
def exchange(f: Facts, s: State) -> tuple[int, int]:
    """Let the vehicle of a random stop and one of another class exchange their runs.

    Returns how many routes are touched (0: no such pair), and what it costs; BIG if a
    run breaks a rule now.
    """
    r, other = _pair(f, s)
    if other < 0 or not _may_drive(f, s, r, other) or not _may_drive(f, s, other, r):
        return 0, 0
    before = measure(f, s, r) + measure(f, s, other)
    if s.route[other * f.route_width + STOPS] == 0 and is_stackable(f, s, other):
        s.free_count[f.of_class[other]] -= 1
    touched = touch(f, s, other, touch(f, s, r, 0))
    _swap(f, s, r, other)
    if f.has_ties:
        number_places(f, s, r)
        number_places(f, s, other)
    after = valued(f, s, r)
    if after < BIG:
        after += valued(f, s, other)
    return touched, BIG if after >= BIG else after - before


@inlined
def _pair(f: Facts, s: State) -> tuple[int, int]:
    """Return a route and one of another class, unused or not; (-1, -1): none."""
    r, k = s.route_of[some_stop(s)], below(s.chance, f.classes)
    other = np.int64(s.route_of[some_stop(s)])
    alone = np.int64(f.by_class[f.class_first[k]])
    if s.free_count[k] > 0:
        other = free_of(f, s, k)
    elif f.is_under_way[alone] and not s.is_foreign[alone]:
        other = alone
    if r == f.routes or other == f.routes or f.of_class[r] == f.of_class[other]:
        return -1, -1
    if s.is_locked[end_of(f, r)] or s.is_locked[end_of(f, other)]:
        return -1, -1
    return np.int64(r), other


@inlined
def _may_drive(f: Facts, s: State, r: int, other: int) -> bool:
    """Tell whether the vehicle of another route may do all stops of a route."""
    row, k = r * f.route_width, f.of_class[other]
    for j in range(f.streams):
        is_empty = s.route[row + STREAM_L + f.streams + j] == 0
        litres = s.route[row + STREAM_L + j]
        if not is_empty and litres > f.whole_l[other * f.streams + j]:
            return False
    if f.has_limits and not is_within_limits(f, s, r, (0, 0, 0, 0), other):
        return False
    x = s.next[start_of(f, r)]
    while f.is_picky and x != end_of(f, r):
        if x < f.stops and not f.may[x * f.classes + k]:
            return False
        x = s.next[x]
    return True


@inlined
def _swap(f: Facts, s: State, r: int, other: int) -> None:
    first, last = s.next[start_of(f, r)] + 0, s.prev[end_of(f, r)] + 0
    their_first, their_last = (
        s.next[start_of(f, other)] + 0,
        s.prev[end_of(f, other)] + 0,
    )
    is_empty, is_theirs_empty = last == start_of(f, r), their_last == start_of(f, other)
    _hang(f, s, r, their_first, their_last, is_theirs_empty)
    _hang(f, s, other, first, last, is_empty)
    for i in range(STOPS, f.route_width):
        if i <= TIPS or i >= STREAM_L:
            here, there = r * f.route_width + i, other * f.route_width + i
            s.route[here], s.route[there] = s.route[there], s.route[here]


@inlined
def _hang(f: Facts, s: State, r: int, first: int, last: int, is_empty: bool) -> None:
    """Put a chain of nodes between the ends of a route."""
    if is_empty:
        link(f, s, start_of(f, r), end_of(f, r))
        return
    link(f, s, start_of(f, r), first)
    x = first
    while True:
        s.route_of[x] = r
        if x == last:
            break
        x = s.next[x]
    link(f, s, last, end_of(f, r))
