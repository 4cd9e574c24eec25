"""From a problem to halts: broken locks aside, a first plan, guided local search."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.closing import Run, bare_run
from routing.solver.or_tools.draft import draft_plan
from routing.solver.or_tools.locks import Halts
from routing.solver.or_tools.search import Effort, Heard, first_sound, search
from routing.solver.or_tools.state import Stated, state
from routing.solver.or_tools.times import horizon_s


def route(  # noqa: PLR0913
    problem: Problem,
    can_take: BoolArray,
    halts: Halts | None,
    *,
    seconds: float,
    seed: int = 0,
    solution_limit: int | None = None,
    heard: Heard | None = None,
) -> list[list[int]] | None:
    """Look for the cheapest plan by guided local search, under every rule.

    Parameters
    ----------
    can_take
        (s, v) which vehicle may take which stop at all.
    halts
        For each vehicle the locations of the stops and facilities of a plan to go on
        from; None to start afresh, which also happens where the plan breaks a rule.
    seconds
        Wall seconds after which to stop.
    solution_limit
        Stop after so many solutions.
    heard
        Told the cents of every better plan, as OR-Tools counts them: leaving out what
        is mandatory has a price far above everything else.

    Returns
    -------
    For each vehicle the locations of its halts, breaks left aside; None if nothing was
    found.
    """
    effort = Effort(
        until_s=perf_counter() + seconds,
        seed=seed,
        solution_limit=solution_limit,
        heard=heard,
    )
    may_take = can_take & _is_allowed(problem)
    bare = {v: bare_run(problem, may_take, v) for v in _bound(problem)}
    problem, may_take = _without_broken(problem, may_take, bare)
    stated = None if halts is None else _holding(problem, may_take, halts)
    if stated is None:
        halts = _first_plan(problem, may_take, bare, effort)
        stated = state(problem, may_take, halts=halts or ())
    found = None if stated is None else search(stated, halts, effort)
    return None if found is None else [list(run) for run in found]


def _holding(problem: Problem, may_take: BoolArray, halts: Halts) -> Stated | None:
    """State the problem so that a plan can be gone on from; None: it breaks a rule."""
    stated = state(problem, may_take, halts=halts)
    if stated is None or first_sound(stated, [halts]) is None:
        return None
    return stated


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


def _without_broken(
    problem: Problem, may_take: BoolArray, bare: dict[int, Run | None]
) -> tuple[Problem, BoolArray]:
    """Leave out vehicles whose locked beginning cannot be driven, and its stops."""
    fleet, locked, is_left = problem.vehicles, list(problem.locked), may_take.copy()
    is_under_way = fleet.is_under_way.copy()
    for vehicle, run in enumerate(problem.locked):
        if run and bare[vehicle] is None:
            locked[vehicle], is_under_way[vehicle] = (), False
            is_left[:, vehicle] = False
            stops = [stop for x in run if (stop := problem.stop_at(x)) is not None]
            is_left[stops] = False
    fleet = replace(fleet, is_under_way=is_under_way)
    return replace(problem, vehicles=fleet, locked=tuple(locked)), is_left


def _first_plan(
    problem: Problem,
    may_take: BoolArray,
    bare: dict[int, Run | None],
    effort: Effort,
) -> Halts | None:
    sure = {vehicle: run for vehicle, run in bare.items() if run is not None}
    first = replace(effort, solution_limit=1, heard=None)
    return draft_plan(problem, may_take, bare=sure, effort=first)
