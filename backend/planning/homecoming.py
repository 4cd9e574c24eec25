"""Whoever is out comes home, whatever the shift says: make room for that, no more."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import numpy as np

from routing.solver import Problem, schedule_run

# Beyond any way home; how much of it is needed is found out.
PLENTY_S = 86_400
MOST_TIPS = 2


def let_everyone_home(problem: Problem) -> Problem:
    """Widen what keeps a vehicle that is out from finishing its day.

    It gets as much overtime as it needs to end the stop it is heading to, to tip and
    to drive home. A stop that does not fit on board is no longer locked. What can be
    tipped nowhere any more today comes home on board.
    """
    for vehicle in np.flatnonzero(problem.vehicles.is_under_way).tolist():
        problem = _let_home(problem, vehicle)
    return problem


def _let_home(problem: Problem, vehicle: int) -> Problem:
    widened = _with_overtime(problem, vehicle, PLENTY_S)
    unlocked = _unlocked(widened, vehicle)
    loaded = _coming_home_loaded(unlocked, vehicle)
    for attempt in (widened, unlocked, loaded):
        home_s = _soonest_home(attempt, vehicle)
        if home_s is not None:
            needed_s = home_s - int(problem.vehicles.shift_end_s[vehicle])
            granted_s = int(problem.vehicles.overtime_s[vehicle])
            return _with_overtime(attempt, vehicle, max(granted_s, needed_s))
    return loaded


def _soonest_home(problem: Problem, vehicle: int) -> int | None:
    """Return when it could be home with nothing but what it must do, if it can."""
    locked = list(problem.locked[vehicle])
    if not _fits(problem, vehicle, locked):
        return None
    found = [
        run.steps[-1].arrive_s
        for tips in _ways_to_tip(problem, vehicle, locked)
        if (run := schedule_run(problem, vehicle=vehicle, halts=[*locked, *tips]))
    ]
    return min(found, default=None)


def _fits(problem: Problem, vehicle: int, locked: list[int]) -> bool:
    fleet, stops = problem.vehicles, problem.stops
    litres = fleet.aboard_l[vehicle].copy()
    kilograms = float(fleet.aboard_kg[vehicle].sum())
    for location in locked:
        stop = problem.stop_at(location)
        if stop is not None:
            litres[stops.stream[stop]] += stops.demand_l[stop]
            kilograms += float(stops.mass_kg[stop])
    has_room = bool((litres <= fleet.capacity_l[vehicle]).all())
    return has_room and kilograms <= fleet.capacity_kg[vehicle]


def _ways_to_tip(
    problem: Problem, vehicle: int, locked: list[int]
) -> Iterator[list[int]]:
    """Yield the facilities to go to, in order, until nothing is left on board."""
    sites = problem.facilities
    takes = [set(np.flatnonzero(row).tolist()) for row in sites.accepts]
    loaded = _loaded(problem, vehicle)
    for location in locked:
        stop, facility = problem.stop_at(location), problem.facility_at(location)
        if stop is not None:
            loaded.add(int(problem.stops.stream[stop]))
        if facility is not None:
            loaded -= takes[facility]
    loaded -= set(np.flatnonzero(problem.vehicles.home_accepts[vehicle]).tolist())
    useful = [site for site in range(len(sites)) if takes[site] & loaded]
    for count in range(MOST_TIPS + 1):
        for chosen in permutations(useful, count):
            if loaded <= set().union(*(takes[site] for site in chosen)):
                yield [problem.facility_location(site) for site in chosen]


def _loaded(problem: Problem, vehicle: int) -> set[int]:
    fleet = problem.vehicles
    has_load = (fleet.aboard_l[vehicle] > 0) | (fleet.aboard_kg[vehicle] > 0)
    return set(np.flatnonzero(has_load).tolist())


def _with_overtime(problem: Problem, vehicle: int, overtime_s: int) -> Problem:
    changed = problem.vehicles.overtime_s.copy()
    changed[vehicle] = overtime_s
    return replace(problem, vehicles=replace(problem.vehicles, overtime_s=changed))


def _unlocked(problem: Problem, vehicle: int) -> Problem:
    locked = list(problem.locked)
    locked[vehicle] = ()
    return replace(problem, locked=tuple(locked))


def _coming_home_loaded(problem: Problem, vehicle: int) -> Problem:
    changed = problem.vehicles.home_accepts.copy()
    changed[vehicle] = True
    return replace(problem, vehicles=replace(problem.vehicles, home_accepts=changed))
