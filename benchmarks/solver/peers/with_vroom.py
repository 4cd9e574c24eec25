"""VROOM: capacity, windows and different vehicles.

It only has a wall clock, and its CPU time is what the figures say it used.
"""

import time
from datetime import timedelta

import numpy as np
import vroom

from benchmarks.solver.instance import Instance
from benchmarks.solver.peers.found import Found, full_ways, refuse
from routing.solver.model import Problem
from routing.solver.problem.fields import LATEST_S, UNLIMITED

EXPLORATION_LEVEL = 5  # the most thorough
MATRIX_UP_TO = 12_000  # locations


def solve(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve; VROOM has no seed."""
    del seed
    problem = instance.problem()
    _refuse_what_it_lacks(problem)
    model = _state(problem)
    begun_s = time.process_time()
    solution = model.solve(
        exploration_level=EXPLORATION_LEVEL,
        nb_threads=1,
        timeout=timedelta(seconds=seconds),
    )
    cpu_s = time.process_time() - begun_s
    halts: list[list[int]] = [[] for _ in range(len(problem.vehicles))]
    table = solution.routes
    for vehicle, step, job in zip(
        table["vehicle_id"], table["type"], table["id"], strict=True
    ):
        if step == "job":
            halts[int(vehicle)].append(int(job))
    return Found(halts=halts, cpu_s=cpu_s)


def _refuse_what_it_lacks(problem: Problem) -> None:
    vehicles, stops = problem.vehicles, problem.stops
    refuse(
        {
            "facilities": len(problem.facilities) > 0,
            "limits of a run's time": (vehicles.max_duration_s < UNLIMITED).any(),
            "prizes": not stops.is_mandatory.all(),
            "release times": stops.release_s.any(),
            "breaks": bool(problem.rests),
            "skills": bool(problem.skills),
            f"more than {MATRIX_UP_TO} locations": len(problem.ways) > MATRIX_UP_TO,
        }
    )


def _state(problem: Problem) -> vroom.Input:
    travel_s, distance_m = full_ways(problem)
    model = vroom.Input()
    model.set_durations_matrix("car", travel_s.astype(np.uint32))
    model.set_distances_matrix("car", distance_m.astype(np.uint32))
    for v in range(len(problem.vehicles)):
        model.add_vehicle(_vehicle_of(problem, v))
    for k in range(len(problem.stops)):
        model.add_job(_job_of(problem, k))
    return model


def _vehicle_of(problem: Problem, v: int) -> vroom.Vehicle:
    vehicles = problem.vehicles
    return vroom.Vehicle(
        v,
        start=int(vehicles.depot[v]),
        end=int(vehicles.end_depot[v]),
        capacity=[round(vehicles.capacity_l[v, 0])],
        time_window=[int(vehicles.shift_start_s[v]), int(vehicles.shift_end_s[v])],
        costs=vroom.vehicle.VehicleCosts(
            fixed=int(vehicles.fixed_cents[v]),
            per_hour=0,
            per_km=round(vehicles.cents_per_km[v]),
        ),
    )


def _job_of(problem: Problem, k: int) -> vroom.Job:
    """State a stop; its number is its location."""
    stops, here = problem.stops, problem.stop_location(k)
    is_limited = int(stops.latest_s[k, -1]) < LATEST_S
    windows = np.column_stack((stops.earliest_s[k], stops.latest_s[k])).tolist()
    return vroom.Job(
        here,
        location=here,
        default_service=int(stops.work_s[k]),
        delivery=[round(stops.demand_l[k])],
        time_windows=windows if is_limited else (),
    )
