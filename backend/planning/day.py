"""Plan a service day, from what bins said to runs in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.planning.foresee import foresee, to_row
from backend.planning.horizon import ServiceDay
from backend.planning.inputs import PlanningError, load_inputs
from backend.planning.outcome import to_decisions, to_runs
from backend.planning.problem import Stated, price_rule, state_problem, wish
from backend.planning.streets import open_streets
from backend.settings import Settings
from backend.store.overview import Organisation, load_organisation
from backend.store.planning import has_begun, load_vehicles
from backend.store.plans import (
    NewPlan,
    save_decisions,
    save_forecasts,
    save_plan,
    tell_plan,
    tell_planning,
)
from routing import Plan, check_plan, explain_plan, solve

SEED = 1
Tell = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanningSummary:
    """What came out, for the one who asked."""

    plan_id: int
    service_day: date
    run_count: int
    planned_count: int
    left_count: int
    unserved_count: int

    def __str__(self) -> str:
        return (
            f"plan {self.plan_id} for {self.service_day}: {self.planned_count} bins on "
            f"{self.run_count} runs, {self.left_count} can wait, "
            f"{self.unserved_count} could not be served"
        )


def plan_next_day(
    conn: Connection[Any], settings: Settings, *, service_day: date | None
) -> PlanningSummary:
    """Plan a day, or the next that can be driven, and tell the pages how far it is.

    The connection must commit by itself: progress is told while the work goes on, and
    the plan is written in one transaction.

    Raises
    ------
    PlanningError
        If the day cannot be planned; the message says what to do.
    """
    organisation = load_organisation(conn)
    if organisation is None:
        raise PlanningError("nothing was set up yet: run `ullage import bins FILE`")
    day = service_day or choose_day(conn, organisation)

    def tell(step: str, fraction: float) -> None:
        tell_planning(conn, day, state="running", step=step, fraction=fraction)

    try:
        summary = _plan(conn, settings, organisation, day=day, tell=tell)
    except Exception as error:
        tell_planning(conn, day, state="failed", step=str(error), fraction=1.0)
        raise
    tell_planning(conn, day, state="saved", step=str(summary), fraction=1.0)
    return summary


def choose_day(conn: Connection[Any], organisation: Organisation) -> date:
    """Return today while it can still be driven as planned, else tomorrow."""
    zone = ZoneInfo(organisation.time_zone)
    today: date = organisation.now.astimezone(zone).date()
    vehicles = load_vehicles(conn, organisation.organisation_id)
    local = organisation.now.astimezone(zone).time()
    is_over = all(each.shift_start_local < local for each in vehicles)
    has_started = has_begun(conn, organisation.organisation_id, today)
    return today + timedelta(days=1) if is_over or has_started else today


def _plan(
    conn: Connection[Any],
    settings: Settings,
    organisation: Organisation,
    *,
    day: date,
    tell: Tell,
) -> PlanningSummary:
    service_day = ServiceDay(day=day, zone=ZoneInfo(organisation.time_zone))
    now = organisation.now
    _refuse_begun(conn, organisation, service_day, now)
    tell("reading what the bins said", 0.05)
    inputs = load_inputs(conn, organisation, service_day=service_day, now=now)
    tell(f"forecasting {len(inputs.slots)} bins", 0.15)
    forecasts = foresee(
        inputs.slots, now=now, until=inputs.next_chance_at, service_day=service_day
    )
    rule = price_rule(inputs, service_level=settings.service_level)
    wishes = [
        wish(slot, forecast, inputs, rule=rule)
        for slot, forecast in zip(inputs.slots, forecasts, strict=True)
    ]
    tell("measuring the ways between them", 0.3)
    streets = open_streets(settings.cities, organisation.city)
    stated = state_problem(inputs, wishes, network=streets.network)
    tell("choosing bins and routing trucks", 0.4)
    plan = solve(stated.problem, budget_s=settings.plan_budget_s, seed=SEED)
    _refuse_broken(stated, plan)
    tell("drawing the runs along the streets", 0.9)
    runs = to_runs(plan, stated, inputs, network=streets.network)
    explanations = explain_plan(stated.problem, plan)
    with conn.transaction():
        plan_id = save_plan(
            conn,
            NewPlan(
                organisation_id=organisation.organisation_id,
                service_day=day,
                made_at=now,
                solver=plan.solver.name,
                solve_s=plan.solver.seconds,
                cost_cents=round(plan.cost.total_cents - plan.cost.prizes_left_cents),
                roads=streets.label,
            ),
            runs=runs,
        )
        decisions = to_decisions(
            plan, stated, wishes, plan_id=plan_id, explanations=explanations
        )
        save_decisions(conn, decisions)
        save_forecasts(
            conn,
            [
                to_row(
                    each,
                    made_at=now,
                    overflow_probability=wanted.prize.overflow_probability,
                )
                for each, wanted in zip(forecasts, wishes, strict=True)
            ],
        )
        tell_plan(conn, plan_id)
    outcomes = [each.outcome for each in decisions]
    return PlanningSummary(
        plan_id=plan_id,
        service_day=day,
        run_count=len(runs),
        planned_count=outcomes.count("planned"),
        left_count=outcomes.count("left"),
        unserved_count=outcomes.count("unserved") + outcomes.count("unreachable"),
    )


def _refuse_begun(
    conn: Connection[Any],
    organisation: Organisation,
    service_day: ServiceDay,
    now: datetime,
) -> None:
    if service_day.at(0) + timedelta(days=1) < now:
        raise PlanningError(f"{service_day.day} is over")
    if has_begun(conn, organisation.organisation_id, service_day.day):
        raise PlanningError(
            f"the runs of {service_day.day} are under way: planning them anew from "
            "where the trucks are is not built yet; plan the next day instead"
        )


def _refuse_broken(stated: Stated, plan: Plan) -> None:
    violations = check_plan(stated.problem, plan)
    if violations:
        raise PlanningError(
            f"the solver's plan breaks a rule and was not saved: {violations[0]}"
        )
