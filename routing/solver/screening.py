"""Which vehicle could take which stop at all, and why no vehicle can take some."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.plan import UnservedReason


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Screening:
    """What is possible before anything is planned.

    Parameters
    ----------
    can_take
        (s, v) whether the vehicle could do the stop on an otherwise empty day.
    reasons
        For each stop that nobody can take, why.
    """

    can_take: BoolArray
    reasons: dict[int, UnservedReason]


def screen_stops(problem: Problem) -> Screening:
    """Find the stops that no vehicle can take, and the vehicles for all others."""
    possible = np.ones((len(problem.stops), len(problem.vehicles)), dtype=np.bool_)
    reasons: dict[int, UnservedReason] = {}
    for reason, test in (
        (UnservedReason.NO_COMPARTMENT, _has_compartment),
        (UnservedReason.NO_FACILITY, _has_facility),
        (UnservedReason.TOO_LARGE, _has_litres),
        (UnservedReason.TOO_HEAVY, _has_kilograms),
        (UnservedReason.OUT_OF_REACH, _is_in_reach),
    ):
        possible &= test(problem)
        for stop in np.flatnonzero(~possible.any(axis=1)):
            reasons.setdefault(int(stop), reason)
    return Screening(can_take=possible, reasons=reasons)


def _has_compartment(problem: Problem) -> BoolArray:
    return problem.vehicles.capacity_l.T[problem.stops.stream] > 0


def _has_facility(problem: Problem) -> BoolArray:
    is_accepted = np.any(problem.facilities.accepts, axis=0)[problem.stops.stream]
    return np.repeat(is_accepted[:, None], len(problem.vehicles), axis=1)


def _has_litres(problem: Problem) -> BoolArray:
    capacity_l = problem.vehicles.capacity_l.T[problem.stops.stream]
    return problem.stops.demand_l[:, None] <= capacity_l


def _has_kilograms(problem: Problem) -> BoolArray:
    return problem.stops.mass_kg[:, None] <= problem.vehicles.capacity_kg[None, :]


def _is_in_reach(problem: Problem) -> BoolArray:
    columns = [_reach_of(problem, v) for v in range(len(problem.vehicles))]
    return np.stack(columns, axis=1)


def _reach_of(problem: Problem, vehicle: int) -> BoolArray:
    """Tell which stops this vehicle can do alone: depot, stop, some facility, depot."""
    stops, facilities, fleet = problem.stops, problem.facilities, problem.vehicles
    travel_s, distance_m = problem.travel_s, problem.distance_m
    first_stop = problem.stop_location(0)
    sites = slice(problem.depot_count, first_stop)
    depot = int(fleet.depot[vehicle])
    start_s = np.maximum(
        fleet.shift_start_s[vehicle] + travel_s[depot, first_stop:], stops.earliest_s
    )
    leave_s = start_s + stops.service_s
    tip_start_s = np.maximum(
        leave_s[:, None] + travel_s[first_stop:, sites], facilities.opens_s
    )
    home_s = tip_start_s + facilities.tip_s + travel_s[sites, depot]
    way_m = (
        distance_m[depot, first_stop:, None]
        + distance_m[first_stop:, sites]
        + distance_m[sites, depot]
    )
    is_possible = (
        facilities.accepts.T[stops.stream]
        & (start_s <= stops.latest_s)[:, None]
        & (tip_start_s <= facilities.closes_s)
        & (home_s <= fleet.shift_end_s[vehicle])
        & (way_m <= fleet.max_distance_m[vehicle])
    )
    is_reachable: BoolArray = is_possible.any(axis=1) & (fleet.max_stops[vehicle] > 0)
    return is_reachable
