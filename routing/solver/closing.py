"""What must be in a run whatever else it does: its locked beginning, and a way home."""

from collections.abc import Sequence

import numpy as np

from routing.arrays import BoolArray, FloatArray
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


def with_tips(
    problem: Problem, halts: Sequence[Sequence[int]], out: frozenset[int]
) -> list[list[int]]:
    """Return the halts with tips for loads on board of vehicles that stay at home.

    It is where the search begins: such a vehicle may first have to tip, if it is used.
    """
    return [
        list(run) if run or v in out else close_run(problem, v, run)
        for v, run in enumerate(halts)
    ]


def close_run(problem: Problem, vehicle: int, halts: Sequence[int]) -> list[int]:
    """Append the nearest tips until nothing is on board that may not come home."""
    fleet, sites = problem.vehicles, problem.facilities
    aboard_kg, is_aboard = _aboard_after(problem, vehicle, halts)
    left = is_aboard & ~fleet.home_accepts[vehicle]
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
        cents = (
            (there_m + back_m) * fleet.cents_per_km[vehicle] / 1000
            + (there_s + back_s + sites.tip_s) * fleet.cents_per_hour[vehicle] / 3600
            + sites.tip_cents
            + (sites.cents_per_tonne * sites.accepts) @ aboard_kg / 1000
        )
        # What takes most of the load first; of those, the cheapest, then the nearest.
        facility = int(np.lexsort((there_m + back_m, cents, -taken))[0])
        run.append(problem.facility_location(facility))
        left = left & ~sites.accepts[facility]
        aboard_kg = np.where(sites.accepts[facility], 0.0, aboard_kg)
    return run


def _aboard_after(
    problem: Problem, vehicle: int, halts: Sequence[int]
) -> tuple[FloatArray, BoolArray]:
    """(streams,): kilograms on board after the halts, and whether there is anything."""
    fleet, stops = problem.vehicles, problem.stops
    aboard = (fleet.aboard_l[vehicle] > 0) | (fleet.aboard_kg[vehicle] > 0)
    aboard |= fleet.aboard_containers[vehicle] > 0
    mass_kg = np.array(fleet.aboard_kg[vehicle])
    for location in halts:
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if facility is not None:
            aboard = aboard & ~problem.facilities.accepts[facility]
            mass_kg[problem.facilities.accepts[facility]] = 0.0
        elif stop is not None:
            aboard[stops.stream[stop]] = True
            mass_kg[stops.stream[stop]] += stops.mass_kg[stop]
    is_aboard: BoolArray = aboard
    return mass_kg, is_aboard
