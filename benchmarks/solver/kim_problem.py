"""A waste-collection instance as a `Problem`: vehicles count first, then miles."""

import math

import numpy as np

from benchmarks.solver.kim import LUNCH_FROM_S, LUNCH_UNTIL_S, KimTask
from routing.arrays import IntArray
from routing.solver.model import Problem
from routing.solver.problem.breaks import Break, Rest
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays

# A cubic yard is 764.55 l. A whole number keeps sums of halves and tenths exact, and
# only ratios of litres matter here.
LITRES_PER_YARD = 760
METRES_PER_FOOT = 0.3048
CENTS_PER_KM = 100
# 20,000 km: no vehicle is bought for shorter ways.
FIXED_CENTS = 2_000_000
TRIPS_A_DAY = 3


def to_problem(task: KimTask) -> Problem:
    """Pose the instance."""
    everywhere = np.arange(task.node_count)
    here, there = everywhere[:, None], everywhere[None, :]
    metres = np.rint(task.legs_feet(here, there) * METRES_PER_FOOT)
    vehicles = _vehicles_of(task)
    lunch = Break(
        earliest_s=LUNCH_FROM_S, latest_s=LUNCH_UNTIL_S, length_s=task.lunch_s
    )
    return Problem(
        streams=("waste",),
        depot_count=1,
        facilities=_facilities_of(task),
        stops=_stops_of(task),
        vehicles=vehicles,
        ways=FullWays(
            travel_s=task.legs_s(here, there), distance_m=metres.astype(np.int64)
        ),
        rests=(Rest(breaks=(lunch,)),) * len(vehicles),
    )


def kept_vehicles(task: KimTask) -> IntArray:
    """Return the numbers of the vehicles: more than any sensible plan uses."""
    work_s = int(task.service_s[task.first_stop :].sum())
    shift_s = int(task.closes_s[0] - task.opens_s[0]) - task.lunch_s
    yards = float(task.load_yards.sum())
    needed = max(
        yards / min(task.day_yards, TRIPS_A_DAY * task.capacity_yards),
        (task.node_count - task.first_stop) / task.day_stops,
        work_s / shift_s,
    )
    return np.arange(math.ceil(1.6 * needed) + 4)


def _facilities_of(task: KimTask) -> Facilities:
    landfills = slice(1, task.first_stop)
    return Facilities(
        accepts=np.ones((task.landfill_count, 1), np.bool_),
        tip_s=task.service_s[landfills],
        opens_s=task.opens_s[landfills],
        closes_s=task.closes_s[landfills],
    )


def _stops_of(task: KimTask) -> Stops:
    stops = slice(task.first_stop, None)
    return Stops(
        demand_l=task.load_yards[stops] * LITRES_PER_YARD,
        service_s=task.service_s[stops],
        earliest_s=task.opens_s[stops],
        latest_s=task.closes_s[stops],
    )


def _vehicles_of(task: KimTask) -> Vehicles:
    count = len(kept_vehicles(task))
    return Vehicles(
        capacity_l=np.full((count, 1), task.capacity_yards * LITRES_PER_YARD),
        day_l=np.full(count, task.day_yards * LITRES_PER_YARD),
        max_stops=np.full(count, task.day_stops),
        shift_start_s=np.full(count, task.opens_s[0]),
        shift_end_s=np.full(count, task.closes_s[0]),
        cents_per_km=np.full(count, CENTS_PER_KM, np.float64),
        fixed_cents=np.full(count, FIXED_CENTS),
    )
