"""An instance on a plane, as a `Problem`: one cent is the smallest unit of its value.

Distances and times are the same whole units; the problem calls them metres and seconds.
Demands are litres of one stream; a run may come home loaded, as deliveries do the other
way round. A reload depot is a facility at the depot's place where a tip takes no time.
"""

import math

import numpy as np

from benchmarks.solver.conventions import Kind
from benchmarks.solver.euclid import EuclidTask
from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.fields import UNLIMITED
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays, Ways, plane_ways

FULL_WAYS_UP_TO = 5000
HORIZON_S = 10**9  # of instances without windows; sums of it still fit 32 bits


def nodes_of(task: EuclidTask) -> IntArray:
    """Return the file's node at every location: depots, reload depots, stops."""
    stops = range(task.depot_count, task.node_count)
    return np.array([*range(task.depot_count), *task.reload_depots, *stops])


def to_problem(task: EuclidTask) -> Problem:
    """Pose the instance."""
    skills, needs, has = _skills_of(task)
    return Problem(
        streams=("load",),
        depot_count=task.depot_count,
        facilities=_facilities_of(task),
        stops=_stops_of(task, needs),
        vehicles=_vehicles_of(task, has),
        ways=_ways_of(task),
        skills=skills,
    )


def kept_vehicles(task: EuclidTask) -> IntArray:
    """Return which of the file's vehicles are posed, ascending.

    "Unlimited" fleets repeat a type once for each node. More of a type than carry
    everything at three quarters full are never used, and are left out.
    """
    total = float(task.demand.sum())
    types = np.column_stack(
        (task.capacity, task.depot, task.max_duration, task.fixed_cost, task.unit_cost)
    )
    if task.kind is not Kind.FLEET:
        return np.arange(task.vehicle_count)
    _, type_of = np.unique(types, axis=0, return_inverse=True)
    kept = []
    for each in range(int(type_of.max()) + 1):
        same = np.flatnonzero(type_of == each)
        plenty = math.ceil(1.3 * total / task.capacity[same[0]]) + 5
        kept.extend(same[:plenty].tolist())
    return np.array(sorted(kept), np.int64)


def _facilities_of(task: EuclidTask) -> Facilities:
    reload = list(task.reload_depots)
    return Facilities(
        accepts=np.ones((len(reload), 1), np.bool_),
        opens_s=_times(task, task.opens)[reload],
        closes_s=_times(task, task.closes)[reload],
    )


def _stops_of(task: EuclidTask, needs: BoolArray) -> Stops:
    first = task.depot_count
    prize = task.convention.whole(task.prize)[first:]
    return Stops(
        demand_l=task.demand[first:],
        service_s=_times(task, task.service)[first:],
        earliest_s=_times(task, task.opens)[first:],
        latest_s=_times(task, task.closes)[first:],
        release_s=_times(task, task.release)[first:],
        prize_cents=prize,
        is_mandatory=prize == 0,
        needs=needs[first:],
    )


def _vehicles_of(task: EuclidTask, has: BoolArray) -> Vehicles:
    kept = kept_vehicles(task)
    depot = task.depot[kept]
    # Unit costs of the fleet instances are cents for 1000 thousandths, that is a "km".
    cents_per_km = task.unit_cost[kept] * (1 if task.kind is Kind.FLEET else 1000)
    max_duration = task.max_duration[kept]
    is_limited = np.isfinite(max_duration)
    max_duration_s = np.full(len(kept), UNLIMITED)
    max_duration_s[is_limited] = task.convention.whole(max_duration[is_limited])
    return Vehicles(
        capacity_l=task.capacity[kept][:, None],
        shift_start_s=_times(task, task.opens)[depot],
        shift_end_s=_times(task, task.closes)[depot],
        max_duration_s=max_duration_s,
        depot=depot,
        home_accepts=np.ones((len(kept), 1), np.bool_),
        cents_per_km=cents_per_km,
        fixed_cents=task.fixed_cost[kept].astype(np.int64),
        has=has[kept],
    )


def _times(task: EuclidTask, times: "np.typing.NDArray[np.float64]") -> IntArray:
    is_limited = np.isfinite(times)
    whole = np.full(len(times), HORIZON_S)
    whole[is_limited] = task.convention.whole(times[is_limited])
    return whole


def _ways_of(task: EuclidTask) -> Ways:
    nodes = nodes_of(task)
    if task.node_count > FULL_WAYS_UP_TO and not task.convention.truncates:
        scale = float(task.convention.scale)
        return plane_ways(
            task.x[nodes],
            task.y[nodes],
            metres_per_unit=scale,
            seconds_per_unit=scale if _has_clock(task) else 0.0,
        )
    legs = task.legs(nodes[:, None], nodes[None, :])
    return FullWays(travel_s=legs, distance_m=legs)


def _has_clock(task: EuclidTask) -> bool:
    """Tell whether the file limits any time."""
    return bool(np.isfinite([*task.closes, *task.max_duration]).any())


def _skills_of(task: EuclidTask) -> tuple[tuple[str, ...], BoolArray, BoolArray]:
    """Return a skill for every set of vehicles to which some nodes are restricted."""
    if task.may_visit is None:
        none = np.zeros((1, 0), np.bool_)
        return (), none.repeat(task.node_count, 0), none.repeat(task.vehicle_count, 0)
    has, group = np.unique(task.may_visit, axis=1, return_inverse=True)
    needs = np.arange(has.shape[1]) == group.reshape(-1, 1)
    return tuple(f"site {k}" for k in range(has.shape[1])), needs, has
