"""What is on board along a route, and the most of it until the next tip."""

import numpy as np

from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.nodes import NOWHERE, end_of, is_tip, start_of
from routing.solver.engine.state import State

FULL = 1 << 50
"""A load that no vehicle carries: no tip comes that would take the stream."""


@called
def loads(f: Facts, s: State, r: int) -> bool:
    """Follow what is on board, and the most until the next tip of each stream.

    Columns of `load`: litres, kilograms, containers of each stream after the node; then
    the peaks of its litres, of all kilograms and of all containers from the node to
    the next tip that takes the stream. False if a limit is broken.
    """
    m, x, end = f.streams, start_of(f, r), end_of(f, r)
    for j in range(3 * m):
        s.load[x * 6 * m + j] = f.aboard[r * 3 * m + j]
    is_sound, _ = _loads_on(f, s, r, x, NOWHERE)
    at = end * 6 * m
    for j in range(m):
        aboard = s.load[at + j] + s.load[at + m + j] + s.load[at + 2 * m + j]
        is_home = f.takes_home[r * m + j] > 0
        is_sound &= is_home or aboard == 0
        for i in range(3, 6):
            s.load[at + i * m + j] = 0 if is_home else FULL
    _peaks_back(f, s, r, np.int64(end), NOWHERE)
    return is_sound


@called
def loads_around(f: Facts, s: State, r: int, a: int, last: int) -> None:
    """Follow loads on from node a, and peaks back, as far as they change.

    The nodes after a, up to `last`, are new in the route.
    """
    _, x = _loads_on(f, s, r, a, last)
    _peaks_back(f, s, r, x, a)


@called
def _loads_on(f: Facts, s: State, r: int, x: int, last: int) -> tuple[bool, int]:
    """Follow loads from a node on; after `last` only as far as they change.

    Returns whether all limits are kept, and the last node looked at.
    """
    m, end, is_past, is_sound = f.streams, end_of(f, r), False, True
    while x != end:
        is_past |= x == last
        y = np.int64(s.next[x])
        here, there = x * 6 * m, y * 6 * m
        for j in range(3 * m):
            s.trip[j] = s.load[there + j]
            s.load[there + j] = s.load[here + j]
        if y < f.stops:
            is_sound &= _load_up(f, s, r, y)
        elif is_tip(f, y):
            _unload(f, s, y)
        x, is_same = y, is_past
        for j in range(3 * m):
            is_same &= s.trip[j] == s.load[there + j]
        if is_same:
            break
    return is_sound, np.int64(x)


@called
def _peaks_back(f: Facts, s: State, r: int, x: int, a: int) -> None:
    """Find the peaks of all nodes before one; before `a` only as far as they change."""
    is_past = False
    while x != start_of(f, r):
        y = x
        x = np.int64(s.prev[y])
        is_past |= x == a
        if not _peak(f, s, x, y) and is_past:
            return


@inlined
def _unload(f: Facts, s: State, y: int) -> None:
    m, there = f.streams, y * 6 * f.streams
    for j in range(m):
        if f.accepts[s.facility[y] * m + j]:
            s.load[there + j] = 0
            s.load[there + m + j] = 0
            s.load[there + 2 * m + j] = 0


@called
def _load_up(f: Facts, s: State, r: int, y: int) -> bool:
    m, j, at = f.streams, f.stream[y], y * 6 * f.streams
    for i in range(3):
        s.load[at + i * m + j] += f.demand[y * 3 + i]
    mass, number = 0, 0
    for i in range(m):
        mass += s.load[at + m + i]
        number += s.load[at + 2 * m + i]
    return (
        s.load[at + j] <= f.room_l[r * m + j]
        and mass <= f.room_kg[r]
        and number <= f.room_n[r]
    )


@inlined
def _peak(f: Facts, s: State, x: int, y: int) -> bool:
    """Find the peaks of a node from those of the next; tell whether they changed."""
    m, mass, number, is_new = f.streams, 0, 0, False
    here, there = x * 6 * m, y * 6 * m
    for j in range(m):
        mass += s.load[here + m + j]
        number += s.load[here + 2 * m + j]
    for j in range(m):
        litres, kilograms, containers = s.load[here + j], mass, number
        if not (is_tip(f, y) and f.accepts[s.facility[y] * m + j]):
            litres = max(litres, s.load[there + 3 * m + j])
            kilograms = max(kilograms, s.load[there + 4 * m + j])
            containers = max(containers, s.load[there + 5 * m + j])
        is_new |= s.load[here + 3 * m + j] != litres
        is_new |= s.load[here + 4 * m + j] != kilograms
        is_new |= s.load[here + 5 * m + j] != containers
        s.load[here + 3 * m + j] = litres
        s.load[here + 4 * m + j] = kilograms
        s.load[here + 5 * m + j] = containers
    return is_new
