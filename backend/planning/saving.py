"""Put a plan in force: runs, reasons and forecasts, all at once or not at all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection

from backend.planning.changes import Changes, count_changes
from backend.planning.decisions import to_decisions
from backend.planning.foresee import to_kept, to_row
from backend.planning.outcome import Drawn
from backend.planning.problem import Stated
from backend.planning.wishes import Wanted
from backend.store.history import Forecast
from backend.store.kept_forecasts import KeptForecast, keep_forecasts
from backend.store.plans import (
    NewPlan,
    keep_decisions,
    save_decisions,
    save_forecasts,
    save_plan,
    tell_plan,
)
from backend.streets import ESTIMATE
from routing.solver import Plan, explain_plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """Everything that planning a day came to; `roads` says how ways were measured."""

    plan: Plan
    stated: Stated
    wanted: Wanted
    drawn: Drawn
    roads: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanningSummary:
    """What came out, for the one who asked.

    `changes` compares with the plan that was in force; None when there was none.
    `roads` says how ways were measured.
    """

    plan_id: int
    service_day: date
    run_count: int
    planned_count: int
    left_count: int
    unserved_count: int
    changes: Changes | None
    roads: str

    @property
    def news(self) -> str:
        """What people with the old plan on screen want to know."""
        if self.changes is not None:
            return str(self.changes)
        return f"{self.planned_count} bins on {self.run_count} runs"

    def __str__(self) -> str:
        said = (
            f"plan {self.plan_id} for {self.service_day}: {self.planned_count} bins on "
            f"{self.run_count} runs, {self.left_count} can wait, "
            f"{self.unserved_count} could not be served"
        )
        changes = [] if self.changes is None else [str(self.changes)]
        is_guess = self.roads == ESTIMATE
        guess = [f"times and distances: {self.roads}"] if is_guess else []
        return "; ".join([said, *changes, *guess])


def save(conn: Connection[Any], made: Made) -> PlanningSummary:
    """Write the plan in the place of the one in force, and tell the pages."""
    stated, inputs = made.stated, made.stated.inputs
    explanations = explain_plan(stated.problem, made.plan)
    with conn.transaction():
        plan_id = save_plan(conn, _to_row(made), runs=made.drawn.runs)
        decisions = to_decisions(
            made.plan,
            stated,
            made.wanted.asked,
            plan_id=plan_id,
            explanations=explanations,
        )
        save_decisions(conn, decisions)
        kept_count = _keep_settled(conn, made, plan_id=plan_id)
        save_forecasts(conn, _foreseen(made))
        keep_forecasts(conn, _kept(made))
        tell_plan(conn, plan_id)
    outcomes = Counter(each.outcome for each in decisions)
    return PlanningSummary(
        plan_id=plan_id,
        service_day=inputs.service_day.day,
        run_count=len(made.drawn.runs),
        planned_count=outcomes["planned"] + kept_count,
        left_count=outcomes["left"],
        unserved_count=outcomes["unserved"] + outcomes["unreachable"],
        changes=count_changes(stated.days, made.drawn.runs) if inputs.runs else None,
        roads=made.roads,
    )


def _keep_settled(conn: Connection[Any], made: Made, *, plan_id: int) -> int:
    """Keep the reasons for the bins that the new plan was not asked about."""
    settled = [
        each.slot.slot_id
        for each in made.wanted.wishes
        if each not in made.wanted.asked
    ]
    before = {each.plan_id for each in made.stated.inputs.runs}
    return sum(
        keep_decisions(conn, plan_id, from_plan_id=each, slot_ids=settled)
        for each in before
    )


def _foreseen(made: Made) -> list[Forecast]:
    return [
        to_row(
            each,
            made_at=made.stated.inputs.now,
            overflow_probability=wanted.prize.overflow_probability,
        )
        for each, wanted in zip(made.wanted.forecasts, made.wanted.wishes, strict=True)
    ]


def _kept(made: Made) -> list[KeptForecast]:
    inputs = made.stated.inputs
    day = inputs.service_day.day
    return [
        to_kept(each, made_at=inputs.now, service_day=day)
        for each in made.wanted.forecasts
    ]


def _to_row(made: Made) -> NewPlan:
    inputs, cost = made.stated.inputs, made.plan.cost
    # Neither a bin that waits nor a driver's surprise is on anybody's bill.
    driving_cents = cost.total_cents - cost.prizes_left_cents - cost.moved_cents
    return NewPlan(
        organisation_id=inputs.organisation.organisation_id,
        service_day=inputs.service_day.day,
        made_at=inputs.now,
        solver=made.plan.solver.name,
        solve_s=made.plan.solver.seconds,
        cost_cents=round(made.drawn.spent_cents + driving_cents),
        roads=made.roads,
    )
