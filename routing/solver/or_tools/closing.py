"""The last tips of a run, after which nothing is left on board that may not come home.

OR-Tools puts in one halt after the other, each of which must keep the rules. A stop
alone breaks them, as long as no tip follows; so runs are begun from their end.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import permutations

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.or_tools.search import first_sound
from routing.solver.or_tools.state import state
from routing.solver.problem.vehicles import Vehicles

Run = tuple[int, ...]

_NEAREST = 6
"""Facilities among which the last tips are looked for."""

_MOST_TIPS = 3


def likely_closing(problem: Problem, may_take: BoolArray, vehicle: int) -> Run:
    """Return last tips for all that the vehicle could have on board, nearest to home.

    Empty if nothing has to be tipped, or cannot be.
    """
    could_take = problem.stops.stream[may_take[:, vehicle]]
    return next(_closings(problem, vehicle, could_take), ())


def bare_run(problem: Problem, may_take: BoolArray, vehicle: int) -> Run | None:
    """Return the locked beginning of a vehicle with last tips; None: it breaks rules.

    All other stops and vehicles are left aside.
    """
    begins = tuple(problem.locked[vehicle]) if problem.locked else ()
    members = [stop for x in begins if (stop := problem.stop_at(x)) is not None]
    if not may_take[members, vehicle].all() or len(set(members)) < len(members):
        return None
    is_mine = np.zeros((len(problem.stops), 1), np.bool_)
    is_mine[members] = True
    near = _nearest(problem, vehicle)
    stated = state(
        _alone(problem, vehicle),
        is_mine,
        halts=[(*begins, *near)],
    )
    if stated is None:
        return None
    closings = _closings(problem, vehicle, problem.stops.stream[members])
    runs = [[(*begins, *closing)] for closing in ((), *closings)]
    found = first_sound(stated, runs)
    return None if found is None else tuple(found[0])


def _nearest(problem: Problem, vehicle: int) -> list[int]:
    """Return the facilities nearest to the vehicle's home that open while it is out."""
    opens_s = problem.facilities.opens_s[:, 0]
    is_open = opens_s <= problem.vehicles.latest_end_s[vehicle]
    tips = problem.facility_location(0) + np.flatnonzero(is_open)
    home = np.full(len(tips), problem.vehicles.end_depot[vehicle])
    travel_s, _ = problem.ways.legs(tips, home)
    nearest: list[int] = tips[np.argsort(travel_s, kind="stable")].tolist()
    return nearest[:_NEAREST]


def _closings(problem: Problem, vehicle: int, taken: IntArray) -> Iterator[Run]:
    """Yield last tips of which each empties something that the others do not.

    Parameters
    ----------
    taken
        Streams that are collected, besides those on board at the start.
    """
    fleet = problem.vehicles
    is_left = fleet.aboard_l[vehicle] + fleet.aboard_kg[vehicle] > 0
    is_left |= fleet.aboard_containers[vehicle] > 0
    is_left[taken] = True
    is_left &= ~fleet.home_accepts[vehicle]
    near = _nearest(problem, vehicle)
    for count in range(1, min(_MOST_TIPS, int(is_left.sum())) + 1):
        # The last tip varies slowest: it is the one on the way home.
        for tips in permutations(near, count):
            accepts = problem.facilities.accepts[
                [tip - problem.facility_location(0) for tip in tips]
            ]
            empties = accepts & is_left
            alone = empties & (empties.sum(axis=0) == 1)
            is_whole = empties.any(axis=0)[is_left].all()
            if is_whole and alone.any(axis=1).all():
                yield tips[::-1]


def _alone(problem: Problem, vehicle: int) -> Problem:
    """Return the problem with one vehicle, and no stop meant for another."""
    fleet, only = problem.vehicles, slice(vehicle, vehicle + 1)
    nobody = np.full(len(problem.stops), -1)
    columns = {each.name: getattr(fleet, each.name)[only] for each in fields(fleet)}
    return replace(
        problem,
        vehicles=Vehicles(**columns),
        stops=replace(problem.stops, pinned_vehicle=nobody, planned_vehicle=nobody),
        rests=problem.rests[only],
        locked=problem.locked[only],
    )
