"""What the search changes: routes as linked nodes, their labels, the best plan."""

from typing import Any, NamedTuple

import numpy as np

from routing.solver.engine.columns import NEVER, OWN, SPARE, STREAM_L
from routing.solver.engine.driving import EVENT_COLUMNS
from routing.solver.engine.facts import Facts
from routing.solver.engine.timeline import LINE_COLUMNS

SEVERAL = 3  # the level at which several labels a node are kept

SPLIT_COLUMNS = 6


class State(NamedTuple):
    """Tables of one search.

    Nodes n: stops first, then the start and the end of every route, then spare nodes
    for tips. What a node's columns `_f` and `_b` hold depends on the level. Level 1:
    `early_f` the earliest departure, `late_b` the latest arrival. Level 2: the route up
    to the node, and from it on, as segments: duration, earliest and latest begin that
    need no more than it (Vidal et al. 2013, section 4.3). Level 3: `leave`, `reach`.
    """

    next: Any  # (n,)
    prev: Any  # (n,)
    route_of: Any  # (n,) of an absent stop: r
    location: Any  # (n,)
    leg_m: Any  # (n,) to the next node
    leg_s: Any  # (n,)
    work: Any  # (n,)
    opens: Any  # (n,) hull of the windows
    closes: Any  # (n,)
    duration_f: Any  # (n,)
    early_f: Any  # (n,)
    late_f: Any  # (n,)
    duration_b: Any  # (n,)
    early_b: Any  # (n,)
    late_b: Any  # (n,)
    place: Any  # (n,) number along the route; kept where stops are tied
    facility: Any  # (n,) of a tip
    is_locked: Any  # (n,) may not be moved; of an end: the route has locked halts
    load: Any  # (n, 6 m) on board after the node, then the peaks until a tip
    leave: Any  # (n, breaks + 1) earliest departure, so many breaks taken
    reach: Any  # (n, breaks + 1) latest arrival, so many breaks taken
    hold: Any  # (n,) earliest departure from a start or tip: releases

    route: Any  # (r + 1, route width); the last row is where absent stops are
    free: Any  # (r,) unused routes, class by class as a stack
    free_count: Any  # (c,)
    own: Any  # (s,) stops that this search may move
    is_foreign: Any  # (r,) another search has it
    is_dirty: Any  # (r,) differs from the best plan
    dirty: Any  # (r,)
    group_count: Any  # (groups,) stops of the alternative in routes
    absent: Any  # (s,) stops in no route
    absent_at: Any  # (s,) where in `absent`, -1
    spare: Any  # (tips,) stack of unused tip nodes
    total: Any  # see `columns`
    chance: Any  # (1,) random state
    best_next: Any  # (n,)
    best_facility: Any  # (n,)

    # Scratch of one iteration.
    mark: Any  # (r + 1,) touched
    touched: Any  # (r + 1,)
    first_row: Any  # (r + 2,) of the touched route in the rows
    row_node: Any  # (n,) nodes of touched routes as they were
    row_leg_m: Any  # (n,)
    row_leg_s: Any  # (n,)
    row_early: Any  # (n,)
    row_late: Any  # (n,)
    route_rows: Any  # (r + 1, route width) touched routes as they were
    string: Any  # (s,) stops of one route in order
    removed: Any  # (s,) to be inserted
    key: Any  # (s,)
    in_hand: Any  # (s,) 1: taken from a route, 2: from the absent
    new_tips: Any  # (tips,)
    old_tips: Any  # (tips,)
    order: Any  # (n,) nodes of one route
    trip: Any  # (3 m,) load of one trip
    split: Any  # (n, 6) see `tips`
    line: Any  # (n, 5) a route laid flat
    events: Any  # (3 n, 6)
    clock: Any  # (2, breaks + 1)
    flat: Any  # (n, breaks + 1) arrivals along a route laid flat
    flat_leave: Any  # (n, breaks + 1)
    flat_reach: Any  # (n, breaks + 1)


def empty_state(f: Facts, *, seed: int) -> State:
    """Lay out all tables; no stop is in a route yet."""
    tips = 2 * (f.stops + 2 * f.routes) + 16 if f.has_tips else 0
    n, r, m, k = f.stops + 2 * f.routes + tips, f.routes, f.streams, f.breaks + 1
    several, long = (n, n + 8) if f.level == SEVERAL else (1, 8)

    def ints(count: int, value: int = 0) -> np.ndarray:
        return np.full(max(1, count), value, np.int32)

    def wide(count: int) -> np.ndarray:
        return np.zeros(max(1, count), np.int64)

    def flags(count: int) -> np.ndarray:
        return np.zeros(max(1, count), np.uint8)

    nodes = {
        name: ints(n) for name in State._fields[: State._fields.index("place") + 1]
    }
    rows = {name: ints(n + 8) for name in State._fields if name.startswith("row_")}
    state = State(
        **nodes,
        **rows,
        facility=ints(n, -1),
        is_locked=flags(n),
        load=wide(6 * m * n if f.has_tips else 1),
        leave=wide(several * k),
        reach=wide(several * k),
        hold=wide(several),
        route=wide((r + 1) * f.route_width),
        free=f.by_class.copy(),
        free_count=wide(f.classes),
        own=np.arange(max(1, f.stops), dtype=np.int32),
        is_foreign=flags(r),
        is_dirty=flags(r),
        dirty=ints(r),
        group_count=wide(f.groups),
        absent=ints(f.stops),
        absent_at=ints(f.stops, -1),
        spare=np.arange(n - 1, n - tips - 2, -1, dtype=np.int32),
        total=wide(8),
        chance=np.array([_scrambled(seed)], np.uint64),
        best_next=ints(n),
        best_facility=ints(n, -1),
        mark=flags(r + 1),
        touched=ints(r + 1),
        first_row=wide(r + 2),
        route_rows=wide((r + 1) * f.route_width),
        string=ints(f.stops + 1),
        removed=ints(f.stops + 1),
        key=wide(f.stops + 1),
        in_hand=flags(f.stops + 1),
        new_tips=ints(tips + 1),
        old_tips=ints(tips + 1),
        order=ints(n + 8),
        trip=wide(3 * m),
        split=wide(SPLIT_COLUMNS * (n + 8) if f.has_tips else 1),
        line=wide(LINE_COLUMNS * long),
        events=wide(3 * EVENT_COLUMNS * long),
        clock=wide(2 * k),
        flat=wide(k * long),
        flat_leave=wide(k * long),
        flat_reach=wide(k * long),
    )
    _lay_nodes(f, state)
    state.total[SPARE], state.total[OWN] = tips, f.stops
    return state


def _scrambled(seed: int) -> int:
    """Spread a seed over 64 bits (splitmix64): nearby seeds, unlike numbers."""
    mask = 2**64 - 1
    z = (seed * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return (z ^ (z >> 31)) | 1


def _lay_nodes(f: Facts, s: State) -> None:
    """Write what never changes of stops, starts and ends."""
    stops, starts = slice(0, f.stops), slice(f.stops, f.stops + f.routes)
    ends = slice(f.stops + f.routes, f.stops + 2 * f.routes)
    s.location[stops] = f.first_stop + np.arange(f.stops)
    s.work[stops] = f.work_s
    opens_s, closes_s = (a.reshape(-1, f.windows) for a in (f.opens_s, f.closes_s))
    s.opens[stops] = opens_s[: f.stops, 0]
    s.closes[stops] = closes_s[: f.stops, -1]
    s.route_of[stops] = f.routes
    s.location[starts], s.location[ends] = f.start_at, f.end_at
    s.opens[starts] = f.shift_start_s
    s.closes[starts] = np.where(f.is_under_way, f.shift_start_s, NEVER)
    s.closes[ends] = f.latest_end_s
    s.route_of[starts] = s.route_of[ends] = np.arange(f.routes)
    s.next[starts] = np.arange(ends.start, ends.stop)
    s.prev[ends] = np.arange(starts.start, starts.stop)
    s.route[f.routes * f.route_width + STREAM_L :] = BIG_LOAD


BIG_LOAD = 1 << 58
