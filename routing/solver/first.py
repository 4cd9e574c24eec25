"""In which order a first plan takes the stops in."""

import numpy as np

from routing.arrays import IntArray
from routing.solver.model import Problem


def insertion_order(problem: Problem) -> IntArray:
    """Mandatory stops first, followers after those they follow, then far ones first."""
    count = len(problem.stops)
    here = problem.stop_location(0) + np.arange(count)
    start = np.full(count, problem.vehicles.depot[0])
    seconds, metres = problem.ways.legs(start, here)
    depth = _depths(problem)
    order: IntArray = np.lexsort(
        (here, -(metres + seconds), depth, ~problem.stops.is_mandatory)
    )
    return order


def _depths(problem: Problem) -> IntArray:
    """(s,): how many stops must come before, one behind the other."""
    depth = np.zeros(len(problem.stops), np.int64)
    for _ in problem.precedence:
        for before, after in problem.precedence:
            depth[after] = max(depth[after], depth[before] + 1)
    return depth
