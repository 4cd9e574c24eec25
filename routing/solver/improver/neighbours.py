"""Which stops lie near each other, by distance and by time."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from routing.solver.model import Problem
from routing.solver.problem.fields import LATEST_S
from routing.solver.problem.ways import SparseWays

_BLOCK = 256  # rows of the matrix at a time
_WAIT, _LATE = 0.2, 1.0
"""What a second of waiting, or of being late, adds to the seconds between two stops
(PyVRP's defaults; Vidal et al. 2013, section 4.5)."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Neighbours:
    """(s, a) by distance, and (s, k) by distance and time."""

    near: np.ndarray
    beside: np.ndarray


def find_neighbours(
    problem: Problem, *, near: int, beside: int, rates: tuple[float, float]
) -> Neighbours:
    """Find the nearest stops of every stop.

    Parameters
    ----------
    near, beside
        How many of each kind.
    rates
        Cost of a metre and of a second, any unit.
    """
    count = len(problem.stops)
    near, beside = min(near, count - 1), min(beside, count - 1)
    if count <= 1:
        return Neighbours(
            near=np.zeros((count, 0), np.int32), beside=np.zeros((count, 0), np.int32)
        )
    candidates = _candidates(problem, min(count - 1, 2 * max(near, beside)))
    by_distance = np.empty((count, near), np.int32)
    by_both = np.empty((count, beside), np.int32)
    for first in range(0, count, _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, count))
        others = candidates[rows] if candidates is not None else _all_but(rows, count)
        plain, timed = _nearness(problem, rows, others, rates)
        by_distance[rows] = _least(others, plain, near)
        by_both[rows] = _least(others, timed, beside)
    return Neighbours(near=by_distance, beside=by_both)


def _candidates(problem: Problem, wanted: int) -> np.ndarray | None:
    """Return (s, wanted) stops worth looking at where no matrix lists all ways."""
    ways = problem.ways
    if not isinstance(ways, SparseWays):
        return None
    first = problem.stop_location(0)
    points = np.column_stack([ways.x[first:], ways.y[first:]])
    _, found = KDTree(points).query(points, k=wanted + 1)
    return _without_self(np.asarray(found, np.int32))


def _without_self(found: np.ndarray) -> np.ndarray:
    """Drop each row's own number, or its last where many stops share a place."""
    is_self = found == np.arange(len(found))[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    rest: np.ndarray = found[~is_self].reshape(len(found), -1)
    return rest


def _all_but(rows: np.ndarray, count: int) -> np.ndarray:
    others = np.arange(count - 1, dtype=np.int32)
    return others + (others[None, :] >= rows[:, None])


def _nearness(
    problem: Problem, rows: np.ndarray, others: np.ndarray, rates: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """(rows, others): cost between the stops, without and with waiting and lateness."""
    stops, first = problem.stops, problem.stop_location(0)
    here = np.repeat(rows, others.shape[1])
    there = others.ravel()
    out_s, out_m = problem.ways.legs(here + first, there + first)
    back_s, back_m = problem.ways.legs(there + first, here + first)
    per_m, per_s = rates
    plain = per_m * np.minimum(out_m, back_m) + per_s * np.minimum(out_s, back_s)
    if (stops.earliest_s <= 0).all() and (stops.latest_s >= LATEST_S).all():
        shaped = plain.reshape(others.shape)
        return shaped, shaped
    work_s = stops.work_s
    opens_s, closes_s = stops.earliest_s[:, 0], stops.latest_s[:, -1]
    # Waiting and being late are worth what driving for that long costs.
    pace = per_s + per_m * _metres_per_second(out_m, out_s)
    timed = np.minimum(
        per_m * out_m
        + per_s * out_s
        + pace * _misfit(opens_s, closes_s, work_s, here, there, out_s),
        per_m * back_m
        + per_s * back_s
        + pace * _misfit(opens_s, closes_s, work_s, there, here, back_s),
    )
    return plain.reshape(others.shape), timed.reshape(others.shape)


def _metres_per_second(metres: np.ndarray, seconds: np.ndarray) -> float:
    return float(metres.sum()) / max(1.0, float(seconds.sum()))


def _misfit(
    opens_s: np.ndarray,
    closes_s: np.ndarray,
    work_s: np.ndarray,
    here: np.ndarray,
    there: np.ndarray,
    travel_s: np.ndarray,
) -> np.ndarray:
    """Seconds of waiting and of lateness when `there` follows `here`, weighted."""
    gap_s = work_s[here] + travel_s
    wait_s = np.maximum(0, opens_s[there] - (closes_s[here] + gap_s))
    late_s = np.maximum(0, opens_s[here] + gap_s - closes_s[there])
    misfit: np.ndarray = _WAIT * wait_s + _LATE * late_s
    return misfit


def _least(others: np.ndarray, cost: np.ndarray, wanted: int) -> np.ndarray:
    """(rows, wanted): the others with the least cost, ascending, ties by number."""
    order = np.argsort(cost, axis=1, kind="stable")[:, :wanted]
    least: np.ndarray = np.take_along_axis(others, order, axis=1)
    return least
