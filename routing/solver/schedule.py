"""Times and loads along a given order of halts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.model import UNLIMITED, Problem
from routing.solver.plan import Run, Step, StepKind


def schedule_run(problem: Problem, *, vehicle: int, halts: Sequence[int]) -> Run:
    """Drive the halts in their order, leaving the depot as late as costs no time.

    Parameters
    ----------
    halts
        Locations of stops and facilities, without the depot.
    """
    depot = int(problem.vehicles.depot[vehicle])
    path = [depot, *halts, depot]
    depart_s = _best_departure(problem, vehicle, path)
    return Run(vehicle=vehicle, steps=tuple(_steps(problem, path, depart_s)))


def loads_along(problem: Problem, path: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return litres and kilograms on board after each halt, both (p, streams)."""
    locations = problem.locations
    is_tipped = locations.is_tipped[path]
    loads = []
    for added in (locations.added_l[path], locations.added_kg[path]):
        total = np.cumsum(added, axis=0)
        gone = np.maximum.accumulate(np.where(is_tipped, total, 0.0), axis=0)
        loads.append(total - gone)
    return loads[0], loads[1]


def drop_idle_tips(problem: Problem, halts: Sequence[int]) -> list[int]:
    """Leave out the tips that would unload nothing."""
    if not halts:
        return []
    path = np.array(halts)
    load_l, load_kg = loads_along(problem, path)
    is_aboard = np.vstack([np.zeros_like(load_l[:1]), load_l[:-1] + load_kg[:-1]]) > 0
    is_tip = path < problem.stop_location(0)
    is_idle = is_tip & ~(is_aboard & problem.locations.is_tipped[path]).any(axis=1)
    kept: list[int] = path[~is_idle].tolist()
    return kept


def _best_departure(problem: Problem, vehicle: int, path: list[int]) -> int:
    """Delay the departure by the waiting it saves, while every window still holds.

    The forward time slack of Savelsbergh (1992), over one whole run.
    """
    locations = problem.locations
    shift_start_s = int(problem.vehicles.shift_start_s[vehicle])
    clock_s, waited_s, slack_s = shift_start_s, 0, UNLIMITED
    for here, there in pairwise(path[:-1]):
        leave_s = clock_s + int(locations.work_s[here])
        arrive_s = leave_s + int(problem.travel_s[here, there])
        clock_s = max(arrive_s, int(locations.opens_s[there]))
        waited_s += clock_s - arrive_s
        slack_s = min(slack_s, waited_s + int(locations.closes_s[there]) - clock_s)
    return shift_start_s + max(0, min(slack_s, waited_s))


def _steps(problem: Problem, path: list[int], depart_s: int) -> Iterator[Step]:
    load_l, load_kg = loads_along(problem, np.array(path))
    clock_s = depart_s
    for i, location in enumerate(path):
        leg = _leg(problem, path[i - 1], location) if i else (0, 0)
        arrive_s = clock_s + leg[0]
        start_s = max(arrive_s, int(problem.locations.opens_s[location]))
        clock_s = start_s + int(problem.locations.work_s[location])
        yield Step(
            kind=StepKind.DEPART if i == 0 else _kind(problem, location),
            location=location,
            arrive_s=arrive_s,
            start_s=start_s,
            depart_s=clock_s,
            wait_s=start_s - arrive_s,
            leg_travel_s=leg[0],
            leg_distance_m=leg[1],
            load_l=tuple(load_l[i].tolist()),
            load_kg=float(load_kg[i].sum()),
        )


def _leg(problem: Problem, here: int, there: int) -> tuple[int, int]:
    return int(problem.travel_s[here, there]), int(problem.distance_m[here, there])


def _kind(problem: Problem, location: int) -> StepKind:
    if problem.stop_at(location) is not None:
        return StepKind.PICKUP
    is_tip = problem.facility_at(location) is not None
    return StepKind.TIP if is_tip else StepKind.RETURN
