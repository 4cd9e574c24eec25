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
from routing.selection.trips import (
    Laid,
    Tables,
    best_trip,
    prune,
    put_in,
    take_out,
    total_of,
)

_FEWEST, _MOST = 3, 16  # slots taken out at once
_INVITED = 24  # of those nearby
_EAGER = 0.3  # share of rounds that take what does not pay alone
_WHOLE_TRIP = 0.15  # share of rounds that take out a trip
_COLD = 0.01  # last temperature over first


@compiled
def ruin(laid, tables, near, out):
    """Take out all visits of the slots around one, or a trip; return how many slots."""
    trips, lengths, visits = laid.trips, laid.lengths, laid.visits
    n, count = len(visits), 0
    if np.random.random() < _WHOLE_TRIP:
        r = np.random.randint(len(lengths))
        while lengths[r] > 0:
            out[count] = trips[r, lengths[r] - 1]
            count += 1
            take_out(laid, tables, r, lengths[r] - 1)
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
                take_out(laid, tables, r, k)
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
def recreate(laid, tables, out, count, eager):
    """Insert visits as long as they pay, or almost."""
    for k in range(count):
        slot, limit = out[k], eager
        for _ in range(tables.load.shape[1]):
            r, place = best_trip(laid, tables, slot, limit)
            if r < 0:
                break
            put_in(laid, tables, slot, r, place)
            limit = 0.0


@compiled
def copy_of(laid):
    """Copy, so that what is changed can be taken back."""
    return Laid(
        laid.trips.copy(), laid.lengths.copy(), laid.loads.copy(), laid.visits.copy()
    )


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
    tables = Tables(day, way, home, trip_cents, pay, load, room)
    laid = Laid(
        np.zeros((len(day), n), np.int64),
        np.zeros(len(day), np.int64),
        np.zeros(len(day)),
        np.zeros(n, np.int64),
    )
    dearest = np.zeros(n)
    for i in range(n):
        dearest[i] = pay[i, 0] - pay[i].min()
    out = np.argsort(-dearest)
    recreate(laid, tables, out, n, trip_cents + 2 * way[0].max())
    prune(laid, tables)
    now = total_of(laid, tables)
    least, best = now, copy_of(laid)
    for step in range(iterations):
        old = copy_of(laid)
        count, middle = ruin(laid, tables, near, out)
        count = invite(near, middle, out, count)
        put_in_order(out, count, dearest)
        is_eager = np.random.random() < _EAGER
        eager = 2 * way[0, middle + 1] + trip_cents if is_eager else 0.0
        recreate(laid, tables, out, count, eager)
        prune(laid, tables)
        total = total_of(laid, tables)
        warmth = heat * _COLD ** (step / iterations)
        if total < now - warmth * np.log(np.random.random()):
            now = total
            if total < least - 1e-6:
                least, best = total, copy_of(laid)
        else:
            laid = old
    return best.trips, best.lengths, day
