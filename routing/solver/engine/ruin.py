"""What is taken out: strings of stops from routes that lie close together.

Slack induction by string removals (Christiaens and Vanden Berghe, Transportation
Science 54(2), 2020, section 4).
"""

from typing import Any

import numpy as np

from routing.solver.engine.chance import below, unit
from routing.solver.engine.columns import ABSENT, METRES, OWN, STOPS, USED
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.fits import count_in, number_places
from routing.solver.engine.labels import relabel
from routing.solver.engine.nodes import end_of, link, start_of
from routing.solver.engine.part import some_stop
from routing.solver.engine.state import State
from routing.solver.engine.undo import touch

MEAN, LONGEST, SPLIT, GROW, WHOLE, EXCHANGE, OPEN, TAILS = range(8)
"""What `taste` says: stops taken out on average, the longest string, the share of
strings that keep a piece in their middle, the chance that the piece grows by one more,
the share of whole routes, the share of iterations in which two vehicles
exchange their runs instead, or in which an unused vehicle is given a run, or in which
two routes exchange their tails."""

_CLEARED = 4  # routes that are emptied at most for a new run


@inlined
def take_out(f: Facts, s: State, c: int, removed: int) -> int:
    """Take a stop out of its route; return what that costs, its own price included.

    Where routes are measured (`needs_measure`), only the stop's price counts.
    """
    r, a, b = s.route_of[c], s.prev[c], s.next[c]
    row, before_m = r * f.route_width, s.leg_m[a] + s.leg_m[c]
    link(f, s, a, b)
    metres = s.leg_m[a] - before_m
    s.route[row + METRES] += metres
    s.route_of[c] = f.routes
    count_in(f, s, c, r, -1)
    s.removed[removed] = c
    s.in_hand[c] = 1
    price = f.price[c]
    if f.needs_measure:
        return price
    price += f.cents_m[r] * metres
    if f.is_picky:
        price -= f.extra[c * f.classes + f.of_class[r]]
    if s.route[row + STOPS] == 0 and not f.is_under_way[r]:
        price -= f.fixed[r] + f.cents_m[r] * s.leg_m[start_of(f, r)]
    return price


@inlined
def ruin(f: Facts, s: State, taste: Any) -> tuple[int, int, int, int]:
    """Take strings out of routes near a random stop.

    Returns how many stops are out, how many routes are touched, the money, the stop.
    """
    seed = some_stop(s)
    mean_length = (s.total[OWN] - s.total[ABSENT]) / max(1, s.total[USED])
    longest = min(taste[LONGEST], max(1.0, mean_length))
    strings = 1 + np.int64(
        unit(s.chance) * max(0.0, 4.0 * taste[MEAN] / (1.0 + longest) - 1.0)
    )
    is_whole = unit(s.chance) < taste[WHOLE]
    if is_whole:
        strings = 1
    removed, touched, money = _take_strings(
        f, s, seed, strings, (is_whole, longest), taste
    )
    return removed, touched, money, seed


@called
def _take_strings(
    f: Facts, s: State, seed: int, wanted: int, kind: tuple[bool, float], taste: Any
) -> tuple[int, int, int]:
    """Take a string out of each of so many routes near a stop.

    `kind`: whether strings are whole routes; else how long they are at most.
    """
    is_whole, longest = kind
    removed, touched, money = 0, 0, 0
    for i in range(-1, f.near_width):
        if touched == wanted:
            break
        c = seed
        if i >= 0:
            c = np.int64(f.near[seed * f.near_width + i])
        r = s.route_of[c]
        if r == f.routes or s.mark[r]:
            continue
        touched = touch(f, s, r, touched)
        count, place = _lay_string(f, s, r, c)
        if count > 0:
            first, gap, gap_end, last = 0, 0, 0, count
            if not is_whole:
                first, gap, gap_end, last = _cut(s, taste, longest, count, place)
            for p in range(first, last):
                if p < gap or p >= gap_end:
                    money += take_out(f, s, s.string[p], removed)
                    removed += 1
    return _tidy(f, s, removed, touched, money)


@called
def clear(f: Facts, s: State, seed: int, taste: Any) -> tuple[int, int, int]:
    """Empty a few routes near a stop, or none, to make room for a run of other kind.

    Returns how many stops are out, how many routes are touched, the money.
    """
    return _take_strings(f, s, seed, below(s.chance, _CLEARED), (True, 0.0), taste)


@inlined
def _tidy(
    f: Facts, s: State, removed: int, touched: int, money: int
) -> tuple[int, int, int]:
    """Take out dependents too, and label the touched routes anew."""
    if f.has_ties:
        removed, touched, more = _take_dependents(f, s, removed, touched)
        money += more
    if f.level > 0 or f.has_tips:
        for q in range(touched):
            relabel(f, s, s.touched[q])
    if f.has_ties:
        for q in range(touched):
            number_places(f, s, s.touched[q])
    return removed, touched, money


@inlined
def _lay_string(f: Facts, s: State, r: int, c: int) -> tuple[int, int]:
    """Write the stops of a route that may be moved; return their number, c's place."""
    x, end, count, place = s.next[start_of(f, r)], end_of(f, r), 0, 0
    while x != end:
        if x < f.stops and not s.is_locked[x]:
            if x == c:
                place = count
            s.string[count] = x
            count += 1
        x = s.next[x]
    return count, place


@inlined
def _cut(
    s: State, taste: Any, longest: float, count: int, place: int
) -> tuple[int, int, int, int]:
    """Choose a string through a place: its first, what is kept from and to, its end."""
    length = 1 + np.int64(unit(s.chance) * min(np.float64(count), longest))
    length = min(length, count)
    kept = 0
    if length > 1 and length < count and unit(s.chance) < taste[SPLIT]:
        kept = 1
        while length + kept < count and unit(s.chance) < taste[GROW]:
            kept += 1
    whole = length + kept
    low: int = max(0, place - whole + 1)
    high: int = min(place, count - whole)
    first = low + below(s.chance, high - low + 1)
    gap = first + whole
    if kept > 0:
        gap = first + 1 + below(s.chance, length - 1)
    return first, gap, gap + kept, first + whole


@called
def _take_dependents(
    f: Facts, s: State, removed: int, touched: int
) -> tuple[int, int, int]:
    """Take out what may not stay without the stops that are out."""
    money, done = 0, 0
    while done < removed:
        c = s.removed[done]
        done += 1
        for i in range(f.after_first[c], f.after_first[c + 1]):
            x = f.after[i]
            r = s.route_of[x]
            if r != f.routes:
                if not s.mark[r]:
                    touched = touch(f, s, r, touched)
                money += take_out(f, s, x, removed)
                removed += 1
    return removed, touched, money
