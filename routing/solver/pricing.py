"""What runs cost, in cents."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from routing.solver.model import Problem
from routing.solver.plan import PlanCost, Run, StepKind, Unserved

_METRES_PER_KM = 1000
_SECONDS_PER_HOUR = 3600
_KG_PER_TONNE = 1000


def price_plan(
    problem: Problem, runs: Iterable[Run], unserved: Iterable[Unserved]
) -> PlanCost:
    """Add up every run, and every prize that is left."""
    costs = [price_run(problem, run) for run in runs]
    left_cents = prizes_left_cents(problem, [each.stop for each in unserved])
    parts = dict.fromkeys(PlanCost.__slots__, 0.0)
    for cost in costs:
        for name in parts:
            parts[name] += getattr(cost, name)
    return PlanCost(**parts | {"prizes_left_cents": left_cents})


def price_run(problem: Problem, run: Run) -> PlanCost:
    """Return what one run costs."""
    fleet, v = problem.vehicles, run.vehicle
    home_s, hour = run.steps[-1].arrive_s, _SECONDS_PER_HOUR
    over_s = max(0, home_s - int(fleet.shift_end_s[v]))
    unfair_s = max(0, run.duration_s - int(fleet.fair_duration_s[v]))
    stops = [
        stop
        for step in run.steps
        if step.kind is StepKind.PICKUP
        and (stop := problem.stop_at(step.location)) is not None
    ]
    tips = [
        step.location - problem.depot_count
        for step in run.steps
        if step.kind is StepKind.TIP
    ]
    return PlanCost(
        distance_cents=float(fleet.cents_per_km[v]) * run.distance_m / _METRES_PER_KM,
        time_cents=float(fleet.cents_per_hour[v]) * run.duration_s / hour,
        fixed_cents=float(fleet.fixed_cents[v]),
        overtime_cents=float(fleet.overtime_cents_per_hour[v]) * over_s / hour,
        balance_cents=float(fleet.unfair_cents_per_hour[v]) * unfair_s / hour,
        tip_cents=float(problem.facilities.tip_cents[tips].sum()),
        tonnage_cents=_tonnage_cents(problem, run),
        moved_cents=_moved_cents(problem, v, stops),
        foreign_cents=_foreign_cents(problem, v, stops),
    )


def prizes_left_cents(problem: Problem, unserved: Sequence[int]) -> float:
    """Add up the prizes of unserved stops; of an alternative once, if all are left."""
    stops, left = problem.stops, set(unserved)
    total, groups = 0.0, set()
    for stop in left:
        group = int(stops.alternative[stop])
        if group < 0:
            total += float(stops.prize_cents[stop])
        else:
            groups.add(group)
    for group in groups:
        members = [s for s in range(len(stops)) if stops.alternative[s] == group]
        if left.issuperset(members):
            total += float(stops.prize_cents[members[0]])
    return total


def _tonnage_cents(problem: Problem, run: Run) -> float:
    sites, total = problem.facilities, 0.0
    for before, step in pairwise(run.steps):
        if step.kind is StepKind.TIP:
            rates = sites.cents_per_tonne[step.location - problem.depot_count]
            gone = [a - b for a, b in zip(before.load_kg, step.load_kg, strict=True)]
            total += float(rates @ gone) / _KG_PER_TONNE
    return total


def _moved_cents(problem: Problem, vehicle: int, served: list[int]) -> float:
    stops = problem.stops
    return float(
        sum(
            stops.move_cents[s]
            for s in served
            if stops.planned_vehicle[s] not in (-1, vehicle)
        )
    )


def _foreign_cents(problem: Problem, vehicle: int, served: list[int]) -> float:
    zone = problem.vehicles.zone[vehicle]
    if zone < 0:
        return 0.0
    is_foreign = [problem.stops.zone[s] not in (-1, zone) for s in served]
    return float(problem.vehicles.foreign_cents[vehicle] * sum(is_foreign))
