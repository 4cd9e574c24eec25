"""Times and loads along a given order of halts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from routing.arrays import FloatArray
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


def drop_idle_tips(problem: Problem, halts: Sequence[int]) -> list[int]:
    """Leave out the tips that would unload nothing."""
    kept: list[int] = []
    aboard: set[int] = set()
    for location in halts:
        facility = problem.facility_at(location)
        stop = problem.stop_at(location)
        if stop is not None:
            aboard.add(int(problem.stops.stream[stop]))
        elif facility is not None:
            taken = {s for s in aboard if problem.facilities.accepts[facility, s]}
            if not taken:
                continue
            aboard -= taken
        kept.append(location)
    return kept


def _best_departure(problem: Problem, vehicle: int, path: list[int]) -> int:
    """Delay the departure by the waiting it saves, while every window still holds.

    The forward time slack of Savelsbergh (1992), over one whole run.
    """
    shift_start_s = int(problem.vehicles.shift_start_s[vehicle])
    clock_s, waited_s, slack_s = shift_start_s, 0, np.inf
    for here, there in zip(path, path[1:-1], strict=False):
        leave_s = clock_s + _work_s(problem, here)
        arrive_s = leave_s + int(problem.travel_s[here, there])
        opens_s, closes_s = _window(problem, there)
        clock_s = max(arrive_s, opens_s)
        waited_s += clock_s - arrive_s
        slack_s = min(slack_s, waited_s + closes_s - clock_s)
    return shift_start_s + max(0, int(min(slack_s, waited_s)))


def _steps(problem: Problem, path: list[int], depart_s: int) -> Iterator[Step]:
    load_l = np.zeros(len(problem.streams))
    load_kg = np.zeros(len(problem.streams))
    clock_s = depart_s
    for i, location in enumerate(path):
        leg = _leg(problem, path[i - 1], location) if i else (0, 0)
        arrive_s = clock_s + leg[0]
        start_s = max(arrive_s, _window(problem, location)[0])
        clock_s = start_s + _work_s(problem, location)
        _move_load(problem, location, load_l=load_l, load_kg=load_kg)
        yield Step(
            kind=StepKind.DEPART if i == 0 else _kind(problem, location),
            location=location,
            arrive_s=arrive_s,
            start_s=start_s,
            depart_s=clock_s,
            wait_s=start_s - arrive_s,
            leg_travel_s=leg[0],
            leg_distance_m=leg[1],
            load_l=tuple(load_l.tolist()),
            load_kg=float(load_kg.sum()),
        )


def _leg(problem: Problem, here: int, there: int) -> tuple[int, int]:
    return int(problem.travel_s[here, there]), int(problem.distance_m[here, there])


def _kind(problem: Problem, location: int) -> StepKind:
    if problem.stop_at(location) is not None:
        return StepKind.PICKUP
    is_tip = problem.facility_at(location) is not None
    return StepKind.TIP if is_tip else StepKind.RETURN


def _work_s(problem: Problem, location: int) -> int:
    stop, facility = problem.stop_at(location), problem.facility_at(location)
    if stop is not None:
        return int(problem.stops.service_s[stop])
    return 0 if facility is None else int(problem.facilities.tip_s[facility])


def _window(problem: Problem, location: int) -> tuple[int, int]:
    stop, facility = problem.stop_at(location), problem.facility_at(location)
    if stop is not None:
        return int(problem.stops.earliest_s[stop]), int(problem.stops.latest_s[stop])
    if facility is not None:
        facilities = problem.facilities
        return int(facilities.opens_s[facility]), int(facilities.closes_s[facility])
    return 0, UNLIMITED


def _move_load(
    problem: Problem, location: int, *, load_l: FloatArray, load_kg: FloatArray
) -> None:
    """Put on board what a stop holds, or take off what a facility accepts."""
    stop, facility = problem.stop_at(location), problem.facility_at(location)
    if stop is not None:
        stream = problem.stops.stream[stop]
        load_l[stream] += problem.stops.demand_l[stop]
        load_kg[stream] += problem.stops.mass_kg[stop]
    elif facility is not None:
        is_tipped = problem.facilities.accepts[facility]
        load_l[is_tipped] = 0.0
        load_kg[is_tipped] = 0.0
