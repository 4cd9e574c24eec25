"""Plan a service day, from what bins said to runs in force."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.planning.choosing import Tell, choose_plan
from backend.planning.coming_days import look_at_coming_days
from backend.planning.horizon import ServiceDay
from backend.planning.inputs import PlanningError, load_inputs
from backend.planning.outcome import draw_runs
from backend.planning.problem import state_problem
from backend.planning.saving import Made, PlanningSummary, save
from backend.planning.streets_of_day import open_day_streets
from backend.planning.under_way import VehicleDay, look_at_vehicles
from backend.planning.which_day import choose_day, refuse_past
from backend.planning.wishes import wish_for_bins
from backend.settings import Settings
from backend.store.overview import Organisation, load_organisation
from backend.store.plans import tell_planning
from backend.streets import OsrmError, UnknownProfileError
from routing.roads import UnusableExtractError

# Drivers wait for a day that is under way; it changes little, so little is enough.
UNDER_WAY_BUDGET_S = 2.0


def plan_next_day(
    conn: Connection[Any], settings: Settings, *, service_day: date | None
) -> PlanningSummary:
    """Plan a day, or the next that can be driven, and tell the pages how far it is.

    A day that is under way goes on from where its vehicles are. The connection must
    commit by itself: progress is told while the work goes on, and the plan is written
    in one transaction.

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
        with _streets_that_answer():
            summary = _plan(conn, settings, organisation, day=day, tell=tell)
    except Exception as error:
        tell_planning(conn, day, state="failed", step=str(error), fraction=1.0)
        raise
    tell_planning(conn, day, state="saved", step=summary.news, fraction=1.0)
    return summary


def _plan(
    conn: Connection[Any],
    settings: Settings,
    organisation: Organisation,
    *,
    day: date,
    tell: Tell,
) -> PlanningSummary:
    service_day = ServiceDay(day=day, zone=ZoneInfo(organisation.time_zone))
    refuse_past(service_day, organisation.now)
    tell("reading what the bins said", 0.05)
    inputs = load_inputs(conn, organisation, service_day=service_day)
    tell(f"forecasting {len(inputs.slots)} bins", 0.15)
    wanted = wish_for_bins(inputs, overflow_weight=settings.overflow_weight)
    tell("measuring the ways between them", 0.3)
    streets = open_day_streets(conn, settings, inputs)
    days = look_at_vehicles(inputs)
    stated = state_problem(inputs, wanted.asked, days, network=streets.network)
    tell("looking at the coming days", 0.35)
    stated, wanted = look_at_coming_days(stated, wanted)
    plan = choose_plan(
        stated,
        seconds=_budget_s(settings, days),
        threads=settings.plan_threads,
        tell=tell,
    )
    tell("drawing the runs along the streets", 0.9)
    drawn = draw_runs(plan, stated, network=streets.network)
    made = Made(
        plan=plan, stated=stated, wanted=wanted, drawn=drawn, roads=streets.label
    )
    return save(conn, made)


@contextmanager
def _streets_that_answer() -> Iterator[None]:
    """Let a map or a server that fails be a reason not to plan, not a fault."""
    try:
        yield
    except (UnusableExtractError, UnknownProfileError, OsrmError) as error:
        raise PlanningError(str(error)) from error


def _budget_s(settings: Settings, days: Sequence[VehicleDay]) -> float:
    if any(each.has_begun for each in days):
        return min(UNDER_WAY_BUDGET_S, settings.plan_budget_s)
    return settings.plan_budget_s
