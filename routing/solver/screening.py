"""Which vehicle could take which stop at all, and why no vehicle can take some."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.plan import UnservedReason


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Screening:
    """What is possible before anything is planned.

    Parameters
    ----------
    can_take
        (s, v) whether the vehicle could do the stop on an otherwise empty day. Only
        what rules it out for sure is looked at.
    reasons
        For each stop that nobody can take, why.
    """

    can_take: BoolArray
    reasons: dict[int, UnservedReason]


def screen_stops(problem: Problem) -> Screening:
    """Find the stops that no vehicle can take, and the vehicles for all others.

    Vehicles that are alike are looked at once.
    """
    sample, row_of = _alike(problem)
    possible = np.ones((len(problem.stops), len(sample)), np.bool_)
    reasons: dict[int, UnservedReason] = {}
    for reason, test in _TESTS:
        for column, vehicle in enumerate(sample):
            possible[:, column] &= test(problem, vehicle)
        for stop in np.flatnonzero(~possible.any(axis=1)):
            reasons.setdefault(int(stop), reason)
    return Screening(can_take=possible[:, row_of], reasons=reasons)


def _alike(problem: Problem) -> tuple[list[int], IntArray]:
    """Return one vehicle of each kind, and the kind of every vehicle."""
    fleet, count = problem.vehicles, len(problem.vehicles)
    columns = [
        getattr(fleet, name).reshape(count, -1)
        for name in fleet.__slots__
        if name not in ("fixed_cents", "cents_per_km", "cents_per_hour")
    ]
    table = np.hstack(columns).astype(float)
    pinned = np.zeros((count, 1))
    used = problem.stops.pinned_vehicle[problem.stops.pinned_vehicle >= 0]
    pinned[used, 0] = used + 1
    _, first, row_of = np.unique(
        np.hstack([table, pinned]), axis=0, return_index=True, return_inverse=True
    )
    return first.tolist(), row_of.reshape(-1)


def _is_allowed(problem: Problem, v: int) -> BoolArray:
    stops = problem.stops
    pinned = (stops.pinned_vehicle < 0) | (stops.pinned_vehicle == v)
    lacks = stops.needs & ~problem.vehicles.has[v]
    is_allowed: BoolArray = pinned & ~lacks.any(axis=1)
    return is_allowed


def _has_compartment(problem: Problem, v: int) -> BoolArray:
    has_compartment: BoolArray = (
        problem.vehicles.capacity_l[v, problem.stops.stream] > 0
    )
    return has_compartment


def _has_facility(problem: Problem, v: int) -> BoolArray:
    is_accepted = np.any(problem.facilities.accepts, axis=0)
    is_accepted |= problem.vehicles.home_accepts[v]
    has_facility: BoolArray = is_accepted[problem.stops.stream]
    return has_facility


def _has_litres(problem: Problem, v: int) -> BoolArray:
    stops, fleet = problem.stops, problem.vehicles
    litres = np.minimum(fleet.capacity_l[v], fleet.day_l[v])[stops.stream]
    containers = min(fleet.capacity_containers[v], fleet.day_containers[v])
    has_room: BoolArray = (stops.demand_l <= litres) & (stops.containers <= containers)
    return has_room


def _has_kilograms(problem: Problem, v: int) -> BoolArray:
    fleet = problem.vehicles
    most_kg = min(fleet.capacity_kg[v], fleet.day_kg[v])
    can_carry: BoolArray = problem.stops.mass_kg <= most_kg
    return can_carry


def _is_in_reach(problem: Problem, v: int) -> BoolArray:
    """Tell which stops the vehicle can do alone: start, stop, some facility, end."""
    fleet, stops = problem.vehicles, problem.stops
    count, first = len(stops), problem.stop_location(0)
    here = first + np.arange(count)
    start = np.full(count, fleet.depot[v])
    out_s, out_m = problem.ways.legs(start, here)
    arrive_s = _arrive(problem, v, out_s)
    start_s = _begin(stops.earliest_s, stops.latest_s, arrive_s)
    leave_s = start_s + stops.work_s
    end_s, way_m, busy_s = _home(problem, v, leave_s, (out_s + stops.work_s, out_m))
    is_reachable: BoolArray = (
        (start_s < _NEVER)
        & (end_s <= fleet.latest_end_s[v])
        & (way_m <= fleet.max_distance_m[v])
        & (busy_s <= fleet.max_duration_s[v])
        & bool(fleet.max_stops[v] > 0)
    )
    return is_reachable


_NEVER = 2**60


def _arrive(problem: Problem, v: int, out_s: IntArray) -> IntArray:
    """(s,): earliest arrivals from the start, or from a tip after the release."""
    fleet, stops = problem.vehicles, problem.stops
    begins_s, count = int(fleet.shift_start_s[v]), len(stops)
    arrive_s = np.maximum(begins_s, stops.release_s) + out_s
    if fleet.is_under_way[v]:
        arrive_s = np.where(stops.release_s > begins_s, _NEVER, arrive_s)
    here = problem.stop_location(0) + np.arange(count)
    for f in range(len(problem.facilities)):
        place = np.full(count, problem.facility_location(f))
        to_s, _ = problem.ways.legs(np.full(count, fleet.depot[v]), place)
        on_s, _ = problem.ways.legs(place, here)
        left_s = begins_s + to_s + problem.facilities.tip_s[f]
        arrive_s = np.minimum(arrive_s, np.maximum(left_s, stops.release_s) + on_s)
    return arrive_s


def _begin(opens_s: IntArray, closes_s: IntArray, arrive_s: IntArray) -> IntArray:
    """(s,): when work may begin after arriving, never if it is too late."""
    begin = np.full(len(arrive_s), _NEVER)
    for w in range(opens_s.shape[1] - 1, -1, -1):
        is_on_time = arrive_s <= closes_s[:, w]
        begin = np.where(is_on_time, np.maximum(arrive_s, opens_s[:, w]), begin)
    return begin


def _home(
    problem: Problem, v: int, leave_s: IntArray, out: tuple[IntArray, IntArray]
) -> tuple[IntArray, IntArray, IntArray]:
    """(s,): earliest end, shortest way and time, over home at once and every facility.

    `out`: seconds and metres until the stop is left, without waits.
    """
    fleet, stops, sites = problem.vehicles, problem.stops, problem.facilities
    count, first = len(stops), problem.stop_location(0)
    here, end = first + np.arange(count), np.full(count, fleet.end_depot[v])
    back_s, back_m = problem.ways.legs(here, end)
    may_end = fleet.home_accepts[v, stops.stream]
    end_s = np.where(may_end, leave_s + back_s, _NEVER)
    busy_s = np.where(may_end, out[0] + back_s, _NEVER)
    way_m = np.where(may_end, out[1] + back_m, _NEVER)
    for f in range(len(sites)):
        place = np.full(count, problem.facility_location(f))
        to_s, to_m = problem.ways.legs(here, place)
        home_s, home_m = problem.ways.legs(place, end)
        opens_s = np.repeat(sites.opens_s[f][None], count, 0)
        closes_s = np.repeat(sites.closes_s[f][None], count, 0)
        tip_s = _begin(opens_s, closes_s, leave_s + to_s) + sites.tip_s[f]
        is_taken = sites.accepts[f, stops.stream]
        end_s = np.minimum(end_s, np.where(is_taken, tip_s + home_s, _NEVER))
        way_m = np.minimum(way_m, np.where(is_taken, out[1] + to_m + home_m, _NEVER))
        spent_s = out[0] + to_s + sites.tip_s[f] + home_s
        busy_s = np.minimum(busy_s, np.where(is_taken, spent_s, _NEVER))
    return end_s, way_m, busy_s


_TESTS: tuple[tuple[UnservedReason, Callable[[Problem, int], BoolArray]], ...] = (
    (UnservedReason.NO_VEHICLE, _is_allowed),
    (UnservedReason.NO_COMPARTMENT, _has_compartment),
    (UnservedReason.NO_FACILITY, _has_facility),
    (UnservedReason.TOO_LARGE, _has_litres),
    (UnservedReason.TOO_HEAVY, _has_kilograms),
    (UnservedReason.OUT_OF_REACH, _is_in_reach),
)
