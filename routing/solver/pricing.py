"""What runs cost, in cents."""

from __future__ import annotations

from collections.abc import Iterable

from routing.solver.model import Problem
from routing.solver.plan import PlanCost, Run, StepKind, Unserved

_METRES_PER_KM = 1000
_SECONDS_PER_HOUR = 3600


def price_plan(
    problem: Problem, runs: Iterable[Run], unserved: Iterable[Unserved]
) -> PlanCost:
    """Add up every run and every prize that is left."""
    runs = tuple(runs)
    fleet, prizes = problem.vehicles, problem.stops.prize_cents
    return PlanCost(
        distance_cents=sum(
            distance_cents(problem, run.vehicle, run.distance_m) for run in runs
        ),
        time_cents=sum(time_cents(problem, run.vehicle, run.duration_s) for run in runs),
        fixed_cents=float(sum(int(fleet.fixed_cents[run.vehicle]) for run in runs)),
        tip_cents=float(sum(_tip_cents(problem, run) for run in runs)),
        prizes_left_cents=float(sum(int(prizes[left.stop]) for left in unserved)),
    )


def price_run(problem: Problem, run: Run) -> float:
    """Return what one run costs."""
    return price_plan(problem, [run], []).total_cents


def distance_cents(problem: Problem, vehicle: int, distance_m: int) -> float:
    """Return what driving a distance costs with a vehicle."""
    return float(problem.vehicles.cents_per_km[vehicle]) * distance_m / _METRES_PER_KM


def time_cents(problem: Problem, vehicle: int, duration_s: int) -> float:
    """Return what a vehicle and its driver cost for a time."""
    cents_per_hour = float(problem.vehicles.cents_per_hour[vehicle])
    return cents_per_hour * duration_s / _SECONDS_PER_HOUR


def _tip_cents(problem: Problem, run: Run) -> int:
    tips = [step.location for step in run.steps if step.kind is StepKind.TIP]
    facilities = [location - problem.depot_count for location in tips]
    return sum(int(problem.facilities.tip_cents[f]) for f in facilities)
