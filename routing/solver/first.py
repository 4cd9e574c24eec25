"""In which order a first plan takes the stops in."""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.savings import join_trips


def first_trips(problem: Problem, near: IntArray) -> list[IntArray]:
    """Group the stops into trips: what a vehicle may well collect before it is full.

    Trips, and the stops of each, in the order in which they are to be inserted:
    mandatory stops first, followers after those they follow, far before near.

    Parameters
    ----------
    near
        (s, k) the nearest stops of every stop, the nearest first.
    """
    count = len(problem.stops)
    if not count:
        return []
    home, here = _home_cents(problem), problem.stop_location(0)
    legs = [
        _leg_cents(problem, here + np.arange(count), here + near[:, i])
        for i in range(near.shape[1])
    ]
    trip = join_trips(
        near, np.array(legs).T.reshape(near.shape), home, _shares(problem)
    )
    farthest = np.zeros(count)
    np.maximum.at(farthest, trip, home)
    order = np.lexsort((-home, trip, -farthest[trip], *_urgency(problem)))
    cuts = np.flatnonzero(np.diff(trip[order])) + 1
    return np.split(order, cuts)


def insertion_order(problem: Problem) -> IntArray:
    """Return all stops, what is to be inserted first before the others."""
    order: IntArray = np.lexsort((-_home_cents(problem), *_urgency(problem)))
    return order


def _urgency(problem: Problem) -> tuple[IntArray, IntArray]:
    """Return two keys of every stop, the weightier last: low ones come first."""
    depth = np.zeros(len(problem.stops), np.int64)
    for _ in problem.precedence:
        for before, after in problem.precedence:
            depth[after] = max(depth[after], depth[before] + 1)
    return depth, np.where(problem.stops.is_mandatory, 0, 1)


def _home_cents(problem: Problem) -> FloatArray:
    """(s,): what driving to a stop from its nearest depot costs."""
    here = problem.stop_location(0) + np.arange(len(problem.stops))
    cents = [
        _leg_cents(problem, np.full(len(here), depot), here)
        for depot in np.unique(problem.vehicles.depot)
    ]
    nearest: FloatArray = np.min(cents, axis=0)
    return nearest


def _leg_cents(problem: Problem, here: IntArray, there: IntArray) -> FloatArray:
    """(k,): what the mean vehicle's driving from here[i] to there[i] costs."""
    seconds, metres = problem.ways.legs(here, there)
    fleet = problem.vehicles
    cents: FloatArray = (
        fleet.cents_per_km.mean() / 1000 * metres
        + fleet.cents_per_hour.mean() / 3600 * seconds
    )
    return cents


def _shares(problem: Problem) -> FloatArray:
    """(s,): how much of the largest vehicle each stop fills."""
    stops, fleet = problem.stops, problem.vehicles
    litres = np.maximum(1, fleet.capacity_l.max(axis=0))[stops.stream]
    shares: FloatArray = np.stack(
        [
            stops.demand_l / litres,
            stops.mass_kg / max(1, fleet.capacity_kg.max()),
            stops.containers / max(1, fleet.capacity_containers.max()),
        ]
    )
    fullest: FloatArray = shares.max(axis=0)
    return fullest
