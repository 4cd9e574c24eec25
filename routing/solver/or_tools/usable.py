"""What of a problem can be planned at all, before OR-Tools is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.closing import Run, bare_run
from routing.solver.or_tools.times import horizon_s


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Usable:
    """A problem without the locked beginnings that cannot be driven.

    Parameters
    ----------
    may_take
        (s, v) which vehicle may take which stop.
    bare
        Runs that some vehicles make at least: locked beginnings, and last tips.
    """

    problem: Problem
    may_take: BoolArray
    bare: Mapping[int, Run]


def usable(problem: Problem, can_take: BoolArray) -> Usable:
    """Leave out vehicles whose locked beginning cannot be driven, and its stops."""
    may_take = can_take & _is_allowed(problem)
    bare = {v: bare_run(problem, may_take, v) for v in _bound(problem)}
    fleet, locked = problem.vehicles, list(problem.locked)
    is_under_way = fleet.is_under_way.copy()
    for vehicle, run in enumerate(problem.locked):
        if run and bare[vehicle] is None:
            locked[vehicle], is_under_way[vehicle] = (), False
            may_take[:, vehicle] = False
            stops = [stop for x in run if (stop := problem.stop_at(x)) is not None]
            may_take[stops] = False
    return Usable(
        problem=replace(
            problem,
            vehicles=replace(fleet, is_under_way=is_under_way),
            locked=tuple(locked),
        ),
        may_take=may_take,
        bare={vehicle: run for vehicle, run in bare.items() if run is not None},
    )


def _is_allowed(problem: Problem) -> BoolArray:
    """(s, v): skills, compartments, pins and opening in time, all else aside."""
    stops, fleet = problem.stops, problem.vehicles
    lacks = stops.needs.astype(np.int64) @ (~fleet.has.T).astype(np.int64) > 0
    is_pinned = stops.pinned_vehicle[:, None] >= 0
    is_mine = stops.pinned_vehicle[:, None] == np.arange(len(fleet))
    has_room = fleet.capacity_l.T[stops.stream] > 0
    opens_in_time = stops.earliest_s[:, :1] <= horizon_s(problem)
    allowed: BoolArray = ~lacks & (~is_pinned | is_mine) & has_room & opens_in_time
    return allowed


def _bound(problem: Problem) -> list[int]:
    """Return the vehicles that begin with something: locked halts, or a load."""
    fleet = problem.vehicles
    is_loaded = (fleet.aboard_l + fleet.aboard_kg + fleet.aboard_containers) > 0
    is_bound = fleet.is_under_way & (is_loaded & ~fleet.home_accepts).any(axis=1)
    for vehicle, run in enumerate(problem.locked):
        is_bound[vehicle] |= len(run) > 0
    bound: list[int] = np.flatnonzero(is_bound).tolist()
    return bound
