"""Times and loads along a given order of halts."""

from collections.abc import Iterator, Sequence

import numpy as np

from routing.arrays import IntArray
from routing.solver.engine.columns import NEVER
from routing.solver.engine.departure import Table, events_of
from routing.solver.engine.driving import (
    ARRIVE,
    DEPART,
    DRIVEN,
    EVENT_COLUMNS,
    INDEX,
    KIND,
    PAUSE,
    START,
)
from routing.solver.engine.timeline import (
    DUTY,
    HOLD,
    LEG,
    LINE_COLUMNS,
    WINDOW,
    Duty,
)
from routing.solver.improver.money import MICRO
from routing.solver.model import Problem
from routing.solver.plan import Run, Step, StepKind


def schedule_run(problem: Problem, *, vehicle: int, halts: Sequence[int]) -> Run | None:
    """Drive halts in their order: home as early as can be, off as late as that allows.

    Parameters
    ----------
    halts
        Locations of stops and facilities, without the depots.

    Returns
    -------
    Run | None
        None where windows, shift, breaks or releases cannot all be kept. Loads, limits
        and ties are not looked at.
    """
    fleet = problem.vehicles
    start, end = int(fleet.depot[vehicle]), int(fleet.end_depot[vehicle])
    path = np.array([start, *halts, end], np.int64)
    legs_s, legs_m = problem.ways.legs(path[:-1], path[1:])
    table = _table(problem, vehicle, path, legs_s)
    count = events_of(table, duty_of(problem, vehicle))
    if count <= 0:
        return None
    events = table.events.reshape(-1, EVENT_COLUMNS)[:count]
    loads = _loads_along(problem, vehicle, path)
    steps = _steps(problem, path, legs_m, events, loads)
    return Run(vehicle=vehicle, steps=tuple(steps))


def duty_of(problem: Problem, vehicle: int) -> Duty:
    """Return what the vehicle's driver must keep and is paid, for the engine."""
    fleet, rule = problem.vehicles, problem.rest_of(vehicle).driving
    columns = (fleet.max_duration_s, fleet.shift_end_s, fleet.fair_duration_s)
    rates = (
        fleet.cents_per_hour,
        fleet.overtime_cents_per_hour,
        fleet.unfair_cents_per_hour,
    )
    return Duty(
        int(fleet.shift_start_s[vehicle]),
        min(int(fleet.latest_end_s[vehicle]), NEVER - 1),
        bool(fleet.is_under_way[vehicle]),
        rule.max_driving_s if rule else 0,
        rule.rest_s if rule else 0,
        *(min(int(column[vehicle]), NEVER - 1) for column in columns),
        *(round(float(rate[vehicle]) * MICRO / 3600) for rate in rates),
    )


def _table(problem: Problem, vehicle: int, path: IntArray, legs_s: IntArray) -> Table:
    breaks = problem.rest_of(vehicle).breaks
    pauses = [(each.earliest_s, each.latest_s, each.length_s) for each in breaks]
    rows, n = len(path), len(breaks) + 1
    line = np.zeros((rows, LINE_COLUMNS), np.int64)
    line[1:, LEG] = legs_s
    line[:, WINDOW] = -1
    opens_s, closes_s = _hours(problem, path)
    line[1:-1, WINDOW] = np.arange(1, rows - 1)
    line[1:-1, DUTY] = [_work_s(problem, x) for x in path[1:-1].tolist()]
    line[:, HOLD] = _holds(problem, path)
    return Table(
        opens_s=opens_s,
        closes_s=closes_s,
        windows=opens_s.shape[1],
        pauses=np.array(pauses or [(0, 0, 0)], np.int64),
        breaks=len(breaks),
        line=line,
        count=rows,
        arrival=np.zeros(rows * n, np.int64),
        leave=np.zeros(rows * n, np.int64),
        reach=np.zeros(rows * n, np.int64),
        events=np.zeros(
            (_most_events(problem, vehicle, legs_s), EVENT_COLUMNS), np.int64
        ),
    )


def _most_events(problem: Problem, vehicle: int, legs_s: IntArray) -> int:
    """Every halt, a break and a rest at each, and a rest for every limit driven."""
    rule = problem.rest_of(vehicle).driving
    rests = int(legs_s.sum()) // rule.max_driving_s if rule else 0
    return 3 * len(legs_s) + len(problem.rest_of(vehicle).breaks) + rests + 8


def _work_s(problem: Problem, location: int) -> int:
    facility = problem.facility_at(location)
    if facility is not None:
        return int(problem.facilities.tip_s[facility])
    return int(problem.stops.work_s[location - problem.stop_location(0)])


def _hours(problem: Problem, path: IntArray) -> tuple[IntArray, IntArray]:
    """(p, w): windows along the path; those of the two ends are not looked at."""
    stops, sites = problem.stops, problem.facilities
    width = max(stops.earliest_s.shape[1], sites.opens_s.shape[1])
    opens_s = np.zeros((len(path), width), np.int64)
    closes_s = np.full((len(path), width), NEVER - 1, np.int64)
    for row, location in enumerate(path[1:-1].tolist(), start=1):
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if facility is not None:
            hours = sites.opens_s[facility], sites.closes_s[facility]
        else:
            hours = stops.earliest_s[stop], stops.latest_s[stop]
        column = np.minimum(np.arange(width), len(hours[0]) - 1)
        opens_s[row] = hours[0][column]
        closes_s[row] = np.minimum(hours[1][column], NEVER - 1)
    return opens_s, closes_s


def _holds(problem: Problem, path: IntArray) -> list[int]:
    """Until when the releases of a trip hold the vehicle at its start or tip."""
    held, latest_s = [0] * len(path), 0
    for row in range(len(path) - 2, -1, -1):
        stop = problem.stop_at(int(path[row]))
        if row > 0 and stop is not None:
            latest_s = max(latest_s, int(problem.stops.release_s[stop]))
        else:
            held[row], latest_s = latest_s, 0
    return held


Loads = list[tuple[tuple[float, ...], tuple[float, ...], tuple[int, ...]]]
"""Litres, kilograms and containers of each stream after each place of a path."""


def _loads_along(problem: Problem, vehicle: int, path: IntArray) -> Loads:
    fleet, stops, sites = problem.vehicles, problem.stops, problem.facilities
    litres, mass = fleet.aboard_l[vehicle].copy(), fleet.aboard_kg[vehicle].copy()
    containers = fleet.aboard_containers[vehicle].copy()
    loads: Loads = []
    for row, location in enumerate(path.tolist()):
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if 0 < row < len(path) - 1 and facility is not None:
            for aboard in (litres, mass, containers):
                aboard[sites.accepts[facility]] = 0
        elif stop is not None:
            stream = stops.stream[stop]
            litres[stream] += stops.demand_l[stop]
            mass[stream] += stops.mass_kg[stop]
            containers[stream] += stops.containers[stop]
        loads.append(
            (tuple(litres.tolist()), tuple(mass.tolist()), tuple(containers.tolist()))
        )
    return loads


def _steps(
    problem: Problem, path: IntArray, legs_m: IntArray, events: IntArray, loads: Loads
) -> Iterator[Step]:
    last = len(path) - 1
    for event in events.tolist():
        row, is_pause = event[INDEX], event[KIND] == PAUSE
        load = loads[row - 1] if is_pause else loads[row]
        yield Step(
            kind=StepKind.BREAK if is_pause else _kind(problem, path, row, last),
            location=int(path[row]),
            arrive_s=event[ARRIVE],
            start_s=event[START],
            depart_s=event[DEPART],
            wait_s=event[START] - event[ARRIVE],
            leg_travel_s=event[DRIVEN],
            leg_distance_m=0 if is_pause or row == 0 else int(legs_m[row - 1]),
            load_l=load[0],
            load_kg=load[1],
            load_containers=load[2],
        )


def _kind(problem: Problem, path: IntArray, row: int, last: int) -> StepKind:
    if row == 0:
        return StepKind.DEPART
    if row == last:
        return StepKind.RETURN
    is_stop = problem.stop_at(int(path[row])) is not None
    return StepKind.PICKUP if is_stop else StepKind.TIP
