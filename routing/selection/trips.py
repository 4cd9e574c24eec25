"""Trips of the coming days: what a visit more or less costs, and how it is laid.

The tables are those of `routing.selection.search`.
"""

from typing import NamedTuple

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.selection.compiled import compiled

_BLINK = 0.03  # share of trips that are not looked at


class Tables(NamedTuple):
    """What is given: the day of each trip (r,), and the tables."""

    day: IntArray
    way: FloatArray
    home: FloatArray
    trip_cents: float
    pay: FloatArray
    load: FloatArray
    room: float


class Laid(NamedTuple):
    """Slots laid into trips (r, l), with their lengths and loads (r,).

    Bit k of `visits` (n,) says that a slot is visited on day k.
    """

    trips: IntArray
    lengths: IntArray
    loads: FloatArray
    visits: IntArray


@compiled
def cheapest_place(
    trip: IntArray, length: int, slot: int, way: FloatArray, home: FloatArray
) -> tuple[int, float]:
    """Return where a slot fits best into a trip, and what that costs."""
    here = slot + 1
    if length == 0:
        return 0, way[0, here] + home[slot]
    first, last = trip[0], trip[length - 1]
    best, place = way[0, here] + way[here, first + 1] - way[0, first + 1], 0
    for k in range(1, length):
        a, b = trip[k - 1] + 1, trip[k] + 1
        more = way[a, here] + way[here, b] - way[a, b]
        if more < best:
            best, place = more, k
    more = way[last + 1, here] + home[slot] - home[last]
    if more < best:
        best, place = more, length
    return place, best


@compiled
def saved_without(
    trip: IntArray, length: int, at: int, way: FloatArray, home: FloatArray
) -> float:
    """Return what leaving out the slot at a place of its trip saves."""
    slot = trip[at]
    before = trip[at - 1] + 1 if at > 0 else 0
    if at == length - 1:
        if length == 1:
            return way[0, slot + 1] + home[slot]
        return way[before, slot + 1] + home[slot] - home[trip[at - 1]]
    after = trip[at + 1] + 1
    return way[before, slot + 1] + way[slot + 1, after] - way[before, after]


@compiled
def take_out(laid, tables, r, k):
    """Remove the k-th slot of a trip."""
    trip = laid.trips[r]
    slot = trip[k]
    for j in range(k, laid.lengths[r] - 1):
        trip[j] = trip[j + 1]
    laid.lengths[r] -= 1
    laid.loads[r] -= tables.load[slot, tables.day[r]]
    laid.visits[slot] &= ~(1 << tables.day[r])


@compiled
def put_in(laid, tables, slot, r, place):
    """Insert a slot at a place of a trip."""
    trip = laid.trips[r]
    for j in range(laid.lengths[r], place, -1):
        trip[j] = trip[j - 1]
    trip[place] = slot
    laid.lengths[r] += 1
    laid.loads[r] += tables.load[slot, tables.day[r]]
    laid.visits[slot] |= 1 << tables.day[r]


@compiled
def best_trip(laid, tables, slot, eager):
    """Return the trip and the place of one visit more where it is best."""
    best, best_r, best_place = eager, -1, -1
    lengths, day, pay = laid.lengths, tables.day, tables.pay
    now = laid.visits[slot]
    for r in range(len(lengths)):
        d = day[r]
        more = pay[slot, now | 1 << d] - pay[slot, now]
        if now >> d & 1 or more >= best:
            continue
        is_longest = lengths[r] == laid.trips.shape[1]
        if is_longest or laid.loads[r] + tables.load[slot, d] > tables.room:
            continue
        if lengths[r] == 0 and r > 0 and day[r - 1] == d and lengths[r - 1] == 0:
            continue
        if np.random.random() < _BLINK:
            continue
        place, cents = cheapest_place(
            laid.trips[r], lengths[r], slot, tables.way, tables.home
        )
        cents += more
        if lengths[r] == 0:
            cents += tables.trip_cents
        if cents < best:
            best, best_r, best_place = cents, r, place
    return best_r, best_place


@compiled
def total_of(laid, tables):
    """Return the cents of all slots and trips."""
    way, total = tables.way, 0.0
    for i in range(len(laid.visits)):
        total += tables.pay[i, laid.visits[i]]
    for r in range(len(laid.lengths)):
        trip, length = laid.trips[r], laid.lengths[r]
        if length == 0:
            continue
        total += tables.trip_cents + way[0, trip[0] + 1] + tables.home[trip[length - 1]]
        for k in range(1, length):
            total += way[trip[k - 1] + 1, trip[k] + 1]
    return total


@compiled
def prune(laid, tables):
    """Take out visits that cost more than they save, one by one."""
    for r in range(len(laid.lengths)):
        k = 0
        while k < laid.lengths[r]:
            trip, length = laid.trips[r], laid.lengths[r]
            saved = saved_without(trip, length, k, tables.way, tables.home)
            if length == 1:
                saved += tables.trip_cents
            slot = trip[k]
            now = laid.visits[slot]
            without = now & ~(1 << tables.day[r])
            if saved > tables.pay[slot, without] - tables.pay[slot, now]:
                take_out(laid, tables, r, k)
                k = 0
            else:
                k += 1
