"""Trips of the coming days: what a visit more or less costs, and how it is laid.

The tables are those of `routing.selection.search`.
"""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.selection.compiled import compiled

_BLINK = 0.03  # share of trips that are not looked at


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
def take_out(trips, lengths, loads, visits, r, k, load, day):
    """Remove the k-th slot of a trip."""
    slot = trips[r, k]
    for j in range(k, lengths[r] - 1):
        trips[r, j] = trips[r, j + 1]
    lengths[r] -= 1
    loads[r] -= load[slot, day[r]]
    visits[slot] &= ~(1 << day[r])


@compiled
def put_in(trips, lengths, loads, visits, slot, load, day, r, place):
    """Insert a slot at a place of a trip."""
    for j in range(lengths[r], place, -1):
        trips[r, j] = trips[r, j - 1]
    trips[r, place] = slot
    lengths[r] += 1
    loads[r] += load[slot, day[r]]
    visits[slot] |= 1 << day[r]


@compiled
def best_trip(
    slot,
    trips,
    lengths,
    loads,
    visits,
    day,
    way,
    home,
    trip_cents,
    pay,
    load,
    room,
    eager,
):
    """Return the trip, the place and the cents of one visit more where it is best."""
    best, best_r, best_place = eager, -1, -1
    now = visits[slot]
    for r in range(len(lengths)):
        d = day[r]
        more = pay[slot, now | 1 << d] - pay[slot, now]
        if now >> d & 1 or more >= best:
            continue
        if lengths[r] == trips.shape[1] or loads[r] + load[slot, d] > room:
            continue
        if lengths[r] == 0 and r > 0 and day[r - 1] == d and lengths[r - 1] == 0:
            continue
        if np.random.random() < _BLINK:
            continue
        place, cents = cheapest_place(trips[r], lengths[r], slot, way, home)
        cents += more
        if lengths[r] == 0:
            cents += trip_cents
        if cents < best:
            best, best_r, best_place = cents, r, place
    return best_r, best_place


@compiled
def total_of(trips, lengths, visits, way, home, trip_cents, pay):
    """Return the cents of all slots and trips."""
    total = 0.0
    for i in range(len(visits)):
        total += pay[i, visits[i]]
    for r in range(len(lengths)):
        if lengths[r] == 0:
            continue
        total += trip_cents + way[0, trips[r, 0] + 1] + home[trips[r, lengths[r] - 1]]
        for k in range(1, lengths[r]):
            total += way[trips[r, k - 1] + 1, trips[r, k] + 1]
    return total


@compiled
def prune(trips, lengths, loads, visits, day, way, home, trip_cents, pay, load):
    """Take out visits that cost more than they save, one by one."""
    for r in range(len(lengths)):
        k = 0
        while k < lengths[r]:
            slot = trips[r, k]
            saved = saved_without(trips[r], lengths[r], k, way, home)
            if lengths[r] == 1:
                saved += trip_cents
            now = visits[slot]
            if saved > pay[slot, now & ~(1 << day[r])] - pay[slot, now]:
                take_out(trips, lengths, loads, visits, r, k, load, day)
                k = 0
            else:
                k += 1
