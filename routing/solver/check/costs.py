"""What the plan costs, part by part."""

from dataclasses import fields

from routing.solver.check.loads import aboard_at_start, carry
from routing.solver.check.rules import Found, Rule
from routing.solver.check.shape import pickups_of
from routing.solver.check.times import leg_lengths
from routing.solver.model import Problem
from routing.solver.plan import Plan, PlanCost, Run, StepKind

_TOLERANCE_CENTS = 0.01
_HOUR_S, _KM_M, _TONNE_KG = 3600, 1000, 1000


def cost_faults(problem: Problem, plan: Plan) -> Found:
    """Find parts of the cost that are not what the plan adds up to."""
    expected: dict[str, float] = dict.fromkeys(
        (each.name for each in fields(PlanCost)), 0.0
    )
    for run in plan.runs:
        for part, cents in (
            *_way_and_time(problem, run),
            *_tips(problem, run),
            *_whose_stop(problem, run),
        ):
            expected[part] += cents
    expected["prizes_left_cents"] = _prizes_left(problem, plan)
    for part, cents in expected.items():
        given = float(getattr(plan.cost, part))
        if abs(given - cents) > _TOLERANCE_CENTS:
            yield Rule.COST, f"{part} is {given:.2f}, expected {cents:.2f}"


def _way_and_time(problem: Problem, run: Run) -> list[tuple[str, float]]:
    fleet, v = problem.vehicles, run.vehicle
    distance_m = sum(leg_lengths(problem, run)[1])
    departs_s, returns_s = run.steps[0].depart_s, run.steps[-1].arrive_s
    duration_s = returns_s - departs_s
    late_s = max(0, returns_s - int(fleet.shift_end_s[v]))
    unfair_s = max(0, duration_s - int(fleet.fair_duration_s[v]))
    return [
        ("distance_cents", float(fleet.cents_per_km[v]) * distance_m / _KM_M),
        ("time_cents", float(fleet.cents_per_hour[v]) * duration_s / _HOUR_S),
        ("fixed_cents", float(fleet.fixed_cents[v])),
        (
            "overtime_cents",
            float(fleet.overtime_cents_per_hour[v]) * late_s / _HOUR_S,
        ),
        (
            "balance_cents",
            float(fleet.unfair_cents_per_hour[v]) * unfair_s / _HOUR_S,
        ),
    ]


def _tips(problem: Problem, run: Run) -> list[tuple[str, float]]:
    """Each tip has its price, and so has every kilogram that it takes off board."""
    facilities, found = problem.facilities, []
    aboard = aboard_at_start(problem, run.vehicle)
    for step in run.steps:
        before_kg = [*aboard.kilograms]
        carry(problem, step, aboard)
        if step.kind is not StepKind.TIP:
            continue
        facility = step.location - problem.depot_count
        found.append(("tip_cents", float(facilities.tip_cents[facility])))
        for stream, kilograms in enumerate(before_kg):
            tipped_kg = kilograms - aboard.kilograms[stream]
            price = float(facilities.cents_per_tonne[facility, stream])
            found.append(("tonnage_cents", price * tipped_kg / _TONNE_KG))
    return found


def _whose_stop(problem: Problem, run: Run) -> list[tuple[str, float]]:
    stops, fleet, v = problem.stops, problem.vehicles, run.vehicle
    found = []
    for _, stop in pickups_of(problem, run):
        if int(stops.planned_vehicle[stop]) not in (-1, v):
            found.append(("moved_cents", float(stops.move_cents[stop])))
        zones = int(stops.zone[stop]), int(fleet.zone[v])
        if min(zones) >= 0 and zones[0] != zones[1]:
            found.append(("foreign_cents", float(fleet.foreign_cents[v])))
    return found


def _prizes_left(problem: Problem, plan: Plan) -> float:
    """Every unserved stop leaves its prize; an alternative once, if none is served."""
    stops, total_cents, settled = problem.stops, 0.0, set()
    for run in plan.runs:
        for _, stop in pickups_of(problem, run):
            settled.add(int(stops.alternative[stop]))
    settled.discard(-1)
    left = {each.stop for each in plan.unserved if 0 <= each.stop < len(stops)}
    for stop in sorted(left):
        group = int(stops.alternative[stop])
        if group in settled:
            continue
        if group >= 0:
            settled.add(group)
        total_cents += float(stops.prize_cents[stop])
    return total_cents
