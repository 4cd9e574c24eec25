"""A run laid out so that insertions can be judged without driving it again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.schedule import loads_along

TOLERANCE = 1e-6  # litres or kilograms that sums of floats may be off

_STEP = 1e8  # more than any load: lifts each trip above those behind it


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Track:
    """A run of g + 1 halts, the depot first and last, and the g gaps between them.

    Parameters
    ----------
    path
        (g + 1,) locations.
    leave_s
        (g,) earliest departure from the halt before the gap.
    latest_s
        (g,) latest start of work at the halt after the gap, or of being home.
    load_l, load_kg
        (g, streams) on board in the gap; the mass is the total, in every column.
    peak_l, peak_kg
        (g, streams) the most on board from the gap to the next tip that takes the
        stream; infinite when none comes.
    distance_m, duration_s, stop_count
        Of the whole run.
    is_sound
        Whether the run keeps every rule.
    """

    vehicle: int
    path: IntArray
    leave_s: IntArray
    latest_s: IntArray
    load_l: FloatArray
    load_kg: FloatArray
    peak_l: FloatArray
    peak_kg: FloatArray
    distance_m: int
    duration_s: int
    stop_count: int
    is_sound: bool

    @property
    def halts(self) -> list[int]:
        """Return the locations without the depot."""
        halts: list[int] = self.path[1:-1].tolist()
        return halts


def lay_track(problem: Problem, *, vehicle: int, halts: Sequence[int]) -> Track:
    """Follow a run forward and backward once."""
    depot = int(problem.vehicles.depot[vehicle])
    path = np.array([depot, *halts, depot])
    load_l, load_kg = loads_along(problem, path[:-1])
    total_kg = np.repeat(load_kg.sum(axis=1, keepdims=True), load_kg.shape[1], axis=1)
    is_tipped = problem.locations.is_tipped[path[1:]]
    times = _follow_times(problem, vehicle, path)
    distance_m = int(problem.distance_m[path[:-1], path[1:]].sum())
    stop_count = int((path >= problem.stop_location(0)).sum())
    is_within = (
        distance_m <= problem.vehicles.max_distance_m[vehicle]
        and stop_count <= problem.vehicles.max_stops[vehicle]
    )
    return Track(
        vehicle=vehicle,
        path=path,
        leave_s=times.leave_s,
        latest_s=times.latest_s,
        load_l=load_l,
        load_kg=total_kg,
        peak_l=_peaks(load_l, is_tipped),
        peak_kg=_peaks(total_kg, is_tipped),
        distance_m=distance_m,
        duration_s=times.duration_s,
        stop_count=stop_count,
        is_sound=is_within
        and times.is_kept
        and _holds(problem, vehicle, load_l, total_kg),
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Times:
    leave_s: IntArray
    latest_s: IntArray
    duration_s: int
    is_kept: bool


def _follow_times(problem: Problem, vehicle: int, path: IntArray) -> _Times:
    """Follow earliest departures forward, and latest starts backward."""
    locations, fleet = problem.locations, problem.vehicles
    travel_s = problem.travel_s[path[:-1], path[1:]].tolist()
    work_s = locations.work_s[path].tolist()
    opens_s = locations.opens_s[path].tolist()
    closes_s = locations.closes_s[path].tolist()
    shift_start_s, shift_end_s = (
        int(fleet.shift_start_s[vehicle]),
        int(fleet.shift_end_s[vehicle]),
    )
    leave_s, latest_s = [shift_start_s], [shift_end_s]
    for i in range(1, len(path) - 1):
        leave_s.append(max(leave_s[-1] + travel_s[i - 1], opens_s[i]) + work_s[i])
        j = len(path) - 1 - i
        latest_s.append(min(closes_s[j], latest_s[-1] - travel_s[j] - work_s[j]))
    latest_s.reverse()
    home_s = leave_s[-1] + travel_s[-1]
    busy_s = sum(travel_s) + sum(work_s)
    spare_s = latest_s[0] - travel_s[0] - shift_start_s
    return _Times(
        leave_s=np.array(leave_s),
        latest_s=np.array(latest_s),
        duration_s=max(busy_s, home_s - shift_start_s - max(0, spare_s)),
        is_kept=spare_s >= 0 and home_s <= shift_end_s,
    )


def _holds(
    problem: Problem, vehicle: int, load_l: FloatArray, total_kg: FloatArray
) -> bool:
    """Tell whether the vehicle can carry its loads, and comes home with none."""
    fleet = problem.vehicles
    return bool(
        (load_l <= fleet.capacity_l[vehicle] + TOLERANCE).all()
        and (total_kg <= fleet.capacity_kg[vehicle] + TOLERANCE).all()
        and (load_l[-1] <= TOLERANCE).all()
        and total_kg[-1, 0] <= TOLERANCE
    )


def _peaks(load: FloatArray, is_tipped: BoolArray) -> FloatArray:
    """(g, streams): most on board from each gap to the next tip, or infinite."""
    tips_ahead = np.cumsum(is_tipped[::-1], axis=0)
    raised = load[::-1] + tips_ahead * _STEP
    peaks = np.maximum.accumulate(raised, axis=0) - tips_ahead * _STEP
    peaks[tips_ahead == 0] = np.inf
    forward: FloatArray = peaks[::-1]
    return forward
