"""What must be in a run whatever else it does: its locked beginning, and a way home."""

from collections.abc import Sequence

import numpy as np

from routing.arrays import BoolArray
from routing.solver.model import Problem


def bare_runs(problem: Problem) -> list[list[int]]:
    """For each vehicle its locked halts, and tips so that it comes home empty.

    Vehicles that need not leave have none.
    """
    runs = []
    for vehicle in range(len(problem.vehicles)):
        halts = list(problem.locked[vehicle]) if problem.locked else []
        is_out = bool(problem.vehicles.is_under_way[vehicle]) or halts
        runs.append(close_run(problem, vehicle, halts) if is_out else [])
    return runs


def close_run(problem: Problem, vehicle: int, halts: Sequence[int]) -> list[int]:
    """Append the nearest tips until nothing is on board that may not come home."""
    fleet, sites = problem.vehicles, problem.facilities
    left = _aboard_after(problem, vehicle, halts) & ~fleet.home_accepts[vehicle]
    run = list(halts)
    while left.any() and len(sites):
        here = run[-1] if run else int(fleet.depot[vehicle])
        taken = (sites.accepts & left).sum(axis=1)
        if not taken.any():
            break
        place = problem.depot_count + np.arange(len(sites))
        there_s, there_m = problem.ways.legs(np.full(len(sites), here), place)
        back_s, back_m = problem.ways.legs(
            place, np.full(len(sites), fleet.end_depot[vehicle])
        )
        detour = there_m + back_m + there_s + back_s
        # What takes most of the load first; of those, the nearest on the way home.
        facility = int(np.lexsort((detour, -taken))[0])
        run.append(problem.facility_location(facility))
        left = left & ~sites.accepts[facility]
    return run


def _aboard_after(problem: Problem, vehicle: int, halts: Sequence[int]) -> BoolArray:
    """(streams,): whether anything of the stream is on board after the halts."""
    fleet, stops = problem.vehicles, problem.stops
    aboard = (fleet.aboard_l[vehicle] > 0) | (fleet.aboard_kg[vehicle] > 0)
    aboard |= fleet.aboard_containers[vehicle] > 0
    for location in halts:
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if facility is not None:
            aboard = aboard & ~problem.facilities.accepts[facility]
        elif stop is not None:
            aboard[stops.stream[stop]] = True
    is_aboard: BoolArray = aboard
    return is_aboard
