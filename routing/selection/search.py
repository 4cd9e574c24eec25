"""Which bins on which of the coming days: ruin and recreate over all days' trips.

A trip leaves the depot, empties bins and tips; it belongs to a day. A bin is visited on
some of the days, or on none. Costs are cents.

Tables
------
way (1 + n, 1 + n)
    Cents of driving; row 0 is the depot, slot i is row 1 + i.
home (n,)
    Cents from a slot over a tip to the depot.
pay (n, 2 ** d)
    Cents of a slot that is visited on a set of days, driving left aside; bit k of the
    column says that it is visited on day k.
load (n, d)
    Litres that the slot will hold on a day.
near (n, m)
    The slots nearest to each one, itself first.
"""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.selection.compiled import compiled

_FEWEST, _MOST = 3, 16  # slots taken out at once
_INVITED = 24  # of those nearby
_BLINK = 0.03
_EAGER = 0.3  # share of rounds that take what does not pay alone
_WHOLE_TRIP = 0.15  # share of rounds that take out a trip
_COLD = 0.01  # last temperature over first


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


@compiled
def ruin(trips, lengths, loads, visits, day, load, near, out):
    """Take out all visits of the slots around one, or a trip; return how many slots."""
    n, count = len(visits), 0
    if np.random.random() < _WHOLE_TRIP:
        r = np.random.randint(len(lengths))
        while lengths[r] > 0:
            out[count] = trips[r, lengths[r] - 1]
            count += 1
            take_out(trips, lengths, loads, visits, r, lengths[r] - 1, load, day)
        return count, (out[0] if count else np.random.randint(n))
    middle = np.random.randint(n)
    wanted = np.random.randint(_FEWEST, _MOST + 1)
    is_out = np.zeros(n, np.bool_)
    for k in range(near.shape[1]):
        slot = near[middle, k]
        if visits[slot] != 0:
            is_out[slot] = True
            out[count] = slot
            count += 1
            if count == wanted:
                break
    for r in range(len(lengths)):
        for k in range(lengths[r] - 1, -1, -1):
            if is_out[trips[r, k]]:
                take_out(trips, lengths, loads, visits, r, k, load, day)
    return count, middle


@compiled
def invite(near, middle, out, count):
    """Add slots nearby; those that were taken out are there already."""
    taken = count
    for k in range(near.shape[1]):
        slot = near[middle, k]
        is_known = False
        for j in range(taken):
            if out[j] == slot:
                is_known = True
        if not is_known:
            out[count] = slot
            count += 1
            if count - taken == _INVITED or count == len(out):
                break
    return count


@compiled
def put_in_order(out, count, dearest):
    """Shuffle, or put those first that are worth most."""
    for k in range(count - 1, 0, -1):
        j = np.random.randint(k + 1)
        out[k], out[j] = out[j], out[k]
    if np.random.random() < 0.5:
        chosen = out[:count].copy()
        order = np.argsort(-dearest[chosen])
        for k in range(count):
            out[k] = chosen[order[k]]


@compiled
def recreate(
    out,
    count,
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
    """Insert visits as long as they pay, or almost."""
    for k in range(count):
        slot, limit = out[k], eager
        for _ in range(load.shape[1]):
            r, place = best_trip(
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
                limit,
            )
            if r < 0:
                break
            put_in(trips, lengths, loads, visits, slot, load, day, r, place)
            limit = 0.0


@compiled
def search_days(
    way: FloatArray,
    home: FloatArray,
    trip_cents: float,
    pay: FloatArray,
    load: FloatArray,
    room: float,
    near: IntArray,
    trips_a_day: int,
    iterations: int,
    heat: float,
    seed: int,
) -> tuple[IntArray, IntArray, IntArray]:
    """Return trips (r, l), their lengths and their days: the best found."""
    np.random.seed(seed)
    n, days = load.shape
    day = np.repeat(np.arange(days), trips_a_day)
    trips = np.zeros((len(day), n), np.int64)
    lengths = np.zeros(len(day), np.int64)
    loads = np.zeros(len(day))
    visits = np.zeros(n, np.int64)
    dearest = np.zeros(n)
    for i in range(n):
        dearest[i] = pay[i, 0] - pay[i].min()
    out = np.argsort(-dearest)
    farthest = trip_cents + 2 * way[0].max()
    recreate(
        out,
        n,
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
        farthest,
    )
    prune(trips, lengths, loads, visits, day, way, home, trip_cents, pay, load)
    now = total_of(trips, lengths, visits, way, home, trip_cents, pay)
    best, best_trips, best_lengths = now, trips.copy(), lengths.copy()
    for step in range(iterations):
        old_trips, old_lengths = trips.copy(), lengths.copy()
        old_loads, old_visits = loads.copy(), visits.copy()
        count, middle = ruin(trips, lengths, loads, visits, day, load, near, out)
        count = invite(near, middle, out, count)
        put_in_order(out, count, dearest)
        is_eager = np.random.random() < _EAGER
        eager = 2 * way[0, middle + 1] + trip_cents if is_eager else 0.0
        recreate(
            out,
            count,
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
        )
        prune(trips, lengths, loads, visits, day, way, home, trip_cents, pay, load)
        total = total_of(trips, lengths, visits, way, home, trip_cents, pay)
        warmth = heat * _COLD ** (step / iterations)
        if total < now - warmth * np.log(np.random.random()):
            now = total
            if total < best - 1e-6:
                best, best_trips, best_lengths = total, trips.copy(), lengths.copy()
        else:
            trips, lengths, loads, visits = (
                old_trips,
                old_lengths,
                old_loads,
                old_visits,
            )
    return best_trips, best_lengths, day
