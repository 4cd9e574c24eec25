"""A cost below which no plan can be."""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.problem.ways import FullWays

_METRES_PER_KM, _SECONDS_PER_HOUR = 1000, 3600


def least_cents(problem: Problem, left: int = 0) -> float:
    """Add up for every stop the cheapest leg to it and its work, or its prize if less.

    Every stop is reached by one leg from another location, by the cheapest vehicle at
    best, and one run at least exists where a stop is mandatory. It bounds plans that
    leave `left` mandatory stops at most: the dearest ones, for their prizes.
    Alternatives are left out; without matrices (`SparseWays`) the legs are, too.
    """
    stops, fleet = problem.stops, problem.vehicles
    cents = _reach_cents(problem)
    is_single, must = stops.alternative < 0, stops.is_mandatory
    least = np.where(must, cents, np.minimum(cents, stops.prize_cents))
    total = float(least[is_single].sum())
    if _groups(stops.alternative[must]) > left:
        total += float(fleet.fixed_cents.min())
    spared = (cents - stops.prize_cents)[must & is_single].clip(0)
    return total - float(np.sort(spared)[::-1][:left].sum())


def _groups(alternative: IntArray) -> int:
    """Return how many things there are to do: an alternative is one."""
    return int((alternative < 0).sum()) + len(np.unique(alternative[alternative >= 0]))


def _reach_cents(problem: Problem) -> FloatArray:
    """(s,): cents of the cheapest leg to the stop and of its work."""
    stops, fleet = problem.stops, problem.vehicles
    per_m = float(fleet.cents_per_km.min()) / _METRES_PER_KM
    per_s = float(fleet.cents_per_hour.min()) / _SECONDS_PER_HOUR
    work: FloatArray = np.asarray(per_s * stops.work_s, np.float64)
    ways, first = problem.ways, problem.stop_location(0)
    if not isinstance(ways, FullWays) or not len(stops):
        return work
    legs: FloatArray = np.array(
        per_m * ways.distance_m[:, first:] + per_s * ways.travel_s[:, first:],
        np.float64,
    )
    own = np.arange(len(stops))
    legs[first + own, own] = np.inf
    reached: FloatArray = np.asarray(legs.min(axis=0) + work, np.float64)
    return reached
