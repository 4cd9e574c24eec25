"""What written-down runs cost, the plain way: one sum for each part."""

from routing.solver.model import Problem
from routing.solver.plan import PlanCost, Run, Step, StepKind


def cost_of(problem: Problem, runs: tuple[Run, ...]) -> PlanCost:
    fleet = problem.vehicles
    fleet_of = [(run, run.vehicle) for run in runs]
    return PlanCost(
        distance_cents=sum(
            run.distance_m * float(fleet.cents_per_km[v]) / 1000 for run, v in fleet_of
        ),
        time_cents=sum(
            run.duration_s * float(fleet.cents_per_hour[v]) / 3600
            for run, v in fleet_of
        ),
        fixed_cents=float(sum(fleet.fixed_cents[v] for _, v in fleet_of)),
        overtime_cents=sum(
            max(0, run.steps[-1].arrive_s - int(fleet.shift_end_s[v]))
            * float(fleet.overtime_cents_per_hour[v])
            / 3600
            for run, v in fleet_of
        ),
        balance_cents=sum(
            max(0, run.duration_s - int(fleet.fair_duration_s[v]))
            * float(fleet.unfair_cents_per_hour[v])
            / 3600
            for run, v in fleet_of
        ),
        tip_cents=float(
            sum(
                problem.facilities.tip_cents[problem.facility_at(step.location)]
                for run in runs
                for step in run.steps
                if step.kind is StepKind.TIP
            )
        ),
        tonnage_cents=sum(tonnage_cents(problem, run) for run in runs),
        moved_cents=float(
            sum(
                problem.stops.move_cents[stop]
                for run in runs
                for stop in stops_of(problem, run)
                if problem.stops.planned_vehicle[stop] not in (-1, run.vehicle)
            )
        ),
        foreign_cents=float(
            sum(
                fleet.foreign_cents[run.vehicle]
                for run in runs
                for stop in stops_of(problem, run)
                if is_foreign(problem, run.vehicle, stop)
            )
        ),
        prizes_left_cents=prizes_left_cents(
            problem, {stop for run in runs for stop in stops_of(problem, run)}
        ),
    )


def stops_of(problem: Problem, run: Run) -> list[int]:
    return [
        step.location - problem.stop_location(0)
        for step in run.steps
        if step.kind is StepKind.PICKUP
    ]


def is_foreign(problem: Problem, vehicle: int, stop: int) -> bool:
    mine, theirs = problem.vehicles.zone[vehicle], problem.stops.zone[stop]
    return bool(mine >= 0 and theirs >= 0 and mine != theirs)


def tonnage_cents(problem: Problem, run: Run) -> float:
    """Price the kilograms that are gone after each tip."""

    def price(before: Step, tip: Step) -> float:
        prices = problem.facilities.cents_per_tonne[problem.facility_at(tip.location)]
        gone_kg = [a - b for a, b in zip(before.load_kg, tip.load_kg, strict=True)]
        return sum(a * float(b) / 1000 for a, b in zip(gone_kg, prices, strict=True))

    return sum(
        price(run.steps[i - 1], step)
        for i, step in enumerate(run.steps)
        if step.kind is StepKind.TIP
    )


def prizes_left_cents(problem: Problem, served: set[int]) -> float:
    """Prize of every unserved stop; of an alternative without any, one prize."""
    prizes, groups = problem.stops.prize_cents, problem.stops.alternative.tolist()
    alone = [s for s, group in enumerate(groups) if group < 0 and s not in served]
    left = {group: s for s, group in enumerate(groups) if group >= 0}
    for stop in served:
        left.pop(groups[stop], None)
    return float(sum(int(prizes[stop]) for stop in [*alone, *left.values()]))
