"""What runs cost, in cents."""

from collections.abc import Iterable

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.plan import PlanCost, Run, StepKind, Unserved

_METRES_PER_KM = 1000
_SECONDS_PER_HOUR = 3600


def price_plan(
    problem: Problem, runs: Iterable[Run], unserved: Iterable[Unserved]
) -> PlanCost:
    """Add up every run and every prize that is left."""
    runs, fleet = tuple(runs), problem.vehicles
    vehicle = np.array([run.vehicle for run in runs], dtype=np.int64)
    distance_km = np.array([run.distance_m for run in runs]) / _METRES_PER_KM
    duration_h = np.array([run.duration_s for run in runs]) / _SECONDS_PER_HOUR
    left = np.array([each.stop for each in unserved], dtype=np.int64)
    return PlanCost(
        distance_cents=float(fleet.cents_per_km[vehicle] @ distance_km),
        time_cents=float(fleet.cents_per_hour[vehicle] @ duration_h),
        fixed_cents=float(fleet.fixed_cents[vehicle].sum()),
        tip_cents=float(sum(_tip_cents(problem, run) for run in runs)),
        prizes_left_cents=float(problem.stops.prize_cents[left].sum()),
    )


def mandatory_cents(problem: Problem) -> int:
    """Return more than any plan can cost: no saving pays for a mandatory stop."""
    fleet = problem.vehicles
    shift_h = (fleet.shift_end_s - fleet.shift_start_s) / _SECONDS_PER_HOUR
    days_cents = (fleet.fixed_cents + fleet.cents_per_hour * shift_h).sum()
    ways_km = 2 * problem.distance_m.max(axis=1).sum() / _METRES_PER_KM
    ways_cents = ways_km * fleet.cents_per_km.max()
    tips_cents = len(problem.stops) * problem.facilities.tip_cents.sum()
    prizes_cents = problem.stops.prize_cents.sum()
    return int(days_cents + ways_cents + tips_cents + prizes_cents) + 1


def cents_of(
    problem: Problem, vehicle: int, *, distance_m: IntArray, duration_s: IntArray
) -> FloatArray:
    """Return what driving distances and spending times costs with a vehicle."""
    per_metre = problem.vehicles.cents_per_km[vehicle] / _METRES_PER_KM
    per_second = problem.vehicles.cents_per_hour[vehicle] / _SECONDS_PER_HOUR
    cents: FloatArray = per_metre * distance_m + per_second * duration_s
    return cents


def _tip_cents(problem: Problem, run: Run) -> int:
    tips = [step.location for step in run.steps if step.kind is StepKind.TIP]
    facilities = [location - problem.depot_count for location in tips]
    return sum(int(problem.facilities.tip_cents[f]) for f in facilities)
