"""PyVRP: facilities are its reload depots."""

import sys
import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pyvrp

from benchmarks.solver.instance import Instance
from benchmarks.solver.kim import KimTask
from benchmarks.solver.peers.found import Found, allowed_stops, full_ways, refuse
from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.problem.fields import UNLIMITED

FORBIDDEN = 2**40  # a way that no plan drives; PyVRP's own limit is higher
MATRIX_UP_TO = 12_000  # locations: 1.2 GB


@dataclass(frozen=True, kw_only=True, slots=True)
class Scales:
    """PyVRP's whole units in a cent and in a litre.

    It wants a whole cost of a metre. Loads are scaled as its own reader does: its
    penalties have a largest size, so an excess of load must not be a small number.
    """

    money: int
    load: int


def solve(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve; stops by the CPU time of this process."""
    problem = instance.problem()
    _refuse_what_it_lacks(problem)
    data, types = _state(problem, _scales_of(instance, problem))
    begun_s = time.process_time()
    first_s: float | None = None

    def is_over(best_cost: float) -> bool:
        nonlocal first_s
        used_s = time.process_time() - begun_s
        if first_s is None and best_cost < sys.maxsize:
            first_s = used_s
        return used_s >= seconds

    result = pyvrp.solve(
        data, stop=is_over, seed=seed, collect_stats=False, display=False
    )
    cpu_s = time.process_time() - begun_s
    is_plan = result.best.is_feasible()
    halts = _halts_of(problem, result.best, types) if is_plan else None
    return Found(halts=halts, cpu_s=cpu_s, first_plan_s=first_s)


def _refuse_what_it_lacks(problem: Problem) -> None:
    vehicles, stops = problem.vehicles, problem.stops
    refuse(
        {
            "several streams": len(problem.streams) > 1,
            "breaks": bool(problem.rests),
            "limits of a day": (vehicles.day_l < UNLIMITED).any()
            or (vehicles.max_stops < UNLIMITED).any(),
            "coming home empty": not vehicles.home_accepts.all(),
            "several windows": stops.earliest_s.shape[1] > 1,
            "locks": any(problem.locked),
            "groups": bool(problem.same_vehicle or problem.precedence)
            or (stops.alternative >= 0).any(),
            f"more than {MATRIX_UP_TO} locations": len(problem.ways) > MATRIX_UP_TO,
        }
    )


def _state(
    problem: Problem, scales: Scales
) -> tuple[pyvrp.ProblemData, list[list[int]]]:
    """Return PyVRP's data, and for each of its vehicle types our vehicles."""
    travel_s, distance_m = full_ways(problem)
    profiles = np.unique(allowed_stops(problem), axis=0)
    far = [_forbid(problem, distance_m, each) for each in profiles]
    types = _types_of(problem, profiles)
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in distance_m],
        _clients_of(problem, scales),
        _depots_of(problem),
        [_type_of(problem, same, profile, scales) for profile, same in types],
        far,
        [travel_s] * len(far),
    )
    return data, [same for _, same in types]


def _scales_of(instance: Instance, problem: Problem) -> Scales:
    per_km = problem.vehicles.cents_per_km
    return Scales(
        money=1 if (per_km % 1000 == 0).all() else 1000,
        load=1
        if isinstance(instance.task, KimTask)
        else instance.task.convention.scale,
    )


def _forbid(problem: Problem, distance_m: IntArray, allowed: BoolArray) -> IntArray:
    if allowed.all():
        return distance_m
    barred = np.flatnonzero(~allowed) + problem.stop_location(0)
    distance_m = distance_m.copy()
    distance_m[:, barred] = distance_m[barred, :] = FORBIDDEN
    np.fill_diagonal(distance_m, 0)
    return distance_m


def _clients_of(problem: Problem, scales: Scales) -> list[pyvrp.Client]:
    stops = problem.stops
    return [
        pyvrp.Client(
            problem.stop_location(k),
            delivery=[round(stops.demand_l[k]) * scales.load],
            service_duration=int(stops.work_s[k]),
            tw_early=int(stops.earliest_s[k, 0]),
            tw_late=int(stops.latest_s[k, 0]),
            release_time=int(stops.release_s[k]),
            prize=int(stops.prize_cents[k]) * scales.money,
            required=bool(stops.is_mandatory[k]),
        )
        for k in range(len(stops))
    ]


def _depots_of(problem: Problem) -> list[pyvrp.Depot]:
    depots = [pyvrp.Depot(k) for k in range(problem.depot_count)]
    facilities = problem.facilities
    return depots + [
        pyvrp.Depot(
            problem.facility_location(k),
            tw_early=int(facilities.opens_s[k, 0]),
            tw_late=int(facilities.closes_s[k, 0]),
            service_duration=int(facilities.tip_s[k]),
        )
        for k in range(len(facilities))
    ]


def _types_of(problem: Problem, profiles: BoolArray) -> list[tuple[int, list[int]]]:
    """Group the vehicles that are alike, each group with its profile."""
    vehicles = problem.vehicles
    columns: tuple[IntArray | FloatArray, ...] = (
        *(vehicles.depot, vehicles.end_depot, vehicles.capacity_l[:, 0]),
        *(vehicles.shift_start_s, vehicles.shift_end_s, vehicles.max_duration_s),
        *(vehicles.fixed_cents, vehicles.cents_per_km, vehicles.max_distance_m),
    )
    alike: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for v, allowed in enumerate(allowed_stops(problem)):
        profile = int(np.flatnonzero((profiles == allowed).all(axis=1))[0])
        alike[profile, *(float(column[v]) for column in columns)].append(v)
    return [(int(key[0]), same) for key, same in alike.items()]


def _type_of(
    problem: Problem, same: list[int], profile: int, scales: Scales
) -> pyvrp.VehicleType:
    vehicles, v = problem.vehicles, same[0]
    return pyvrp.VehicleType(
        len(same),
        [round(vehicles.capacity_l[v, 0]) * scales.load],
        start_depot=int(vehicles.depot[v]),
        end_depot=int(vehicles.end_depot[v]),
        fixed_cost=int(vehicles.fixed_cents[v]) * scales.money,
        tw_early=int(vehicles.shift_start_s[v]),
        tw_late=int(vehicles.shift_end_s[v]),
        shift_duration=int(vehicles.max_duration_s[v]),
        max_distance=int(vehicles.max_distance_m[v]),
        unit_distance_cost=round(vehicles.cents_per_km[v] * scales.money / 1000),
        profile=profile,
        reload_depots=[
            problem.facility_location(k) for k in range(len(problem.facilities))
        ],
    )


def _halts_of(
    problem: Problem, best: pyvrp.Solution, types: list[list[int]]
) -> list[list[int]]:
    """Translate: its depots are our depots and facilities, its clients our stops."""
    halts: list[list[int]] = [[] for _ in range(len(problem.vehicles))]
    free = [iter(same) for same in types]
    for route in best.routes():
        halts[next(free[route.vehicle_type()])] = [
            each.idx if each.is_depot() else problem.stop_location(each.idx)
            for each in list(route)[1:-1]
        ]
    return halts
