"""Simulate the operator's own bins: as they are served today, and as somebody asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from psycopg import Connection

from backend.planning.foresee import to_history
from backend.planning.horizon import ServiceDay, to_hours
from backend.planning.inputs import HISTORY, PlanningError
from backend.settings import Settings
from backend.simulation.bins import WEEK_AHEAD_H, know_bins
from backend.simulation.figures import compare, mean_figures
from backend.simulation.groups import Group, Split, split_terms
from backend.simulation.information import rank_sensors
from backend.simulation.living import Span, Tell, live
from backend.simulation.result import Answer, CurvePoint, Figures, SensorValue
from backend.simulation.terms import Terms, change_terms
from backend.simulation.what_if import WhatIf
from backend.store.overview import Organisation, load_organisation
from backend.store.planning import (
    load_facilities,
    load_plan_at,
    load_slots,
    load_vehicles,
)
from backend.streets import open_streets, profile_of
from routing.arrays import FloatArray
from routing.demand import forecast_fill

CURVE_STEPS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Weights of an overflow at which the curve is computed, over today's."""
MOST_WARM_UP_DAYS = 7
MOST_SENSORS = 20
_DAY = timedelta(days=1)


def simulate_own(
    conn: Connection[Any], settings: Settings, asked: WhatIf, *, tell: Tell
) -> Answer:
    """Answer a question from what the database knows; `tell` hears how far it is.

    Raises
    ------
    PlanningError
        If there is nothing to simulate yet.
    SimulationError
        If the terms make no sense.
    """
    organisation = load_organisation(conn)
    if organisation is None:
        raise PlanningError("nothing was set up yet: run `ullage import bins FILE`")
    tell("reading what the bins said", 0.0)
    today, start_h = load_terms(conn, settings, organisation)
    after = change_terms(today, asked)
    tell("measuring the ways", 0.08)
    profiles = [profile_of(each) for each in today.vehicles]
    streets = open_streets(settings, organisation.city, profiles)
    split = split_terms(today, streets.network)
    other = split_terms(after, streets.network) if asked.changes_anything else split
    span = Span(
        days=asked.days,
        warm_up_days=min(asked.days, MOST_WARM_UP_DAYS),
        seeds=asked.seeds,
        start_h=start_h,
    )
    result = _answer(_Question(asked, today, after, span), split, other, tell=tell)
    return replace(result, roads=streets.label)


def load_terms(
    conn: Connection[Any], settings: Settings, organisation: Organisation
) -> tuple[Terms, float]:
    """Load today's terms; and when the simulation begins, in hours since 1970.

    That is the first local midnight to come, from which the bins' week counts.
    """
    owner, now = organisation.organisation_id, organisation.now
    slots = load_slots(conn, owner, since=now - HISTORY)
    vehicles = load_vehicles(conn, owner)
    facilities = load_facilities(conn, owner)
    for what, found in (("bins", slots), ("vehicle", vehicles)):
        if not found:
            raise PlanningError(f"there is no {what} to simulate")
    day = _tomorrow(now, ZoneInfo(organisation.time_zone))
    ahead_h = to_hours(day.midnight_at) - to_hours(now)
    forecasts = forecast_fill(
        [to_history(each) for each in slots],
        now_h=to_hours(now),
        horizon_h=np.append(0.0, ahead_h + WEEK_AHEAD_H),
        utc_offset_h=day.utc_offset_h(),
    )
    plan_at = load_plan_at(conn, owner)
    terms = Terms(
        bins=know_bins(slots, forecasts, now_h=to_hours(now)),
        vehicles=tuple(vehicles),
        facilities=tuple(facilities),
        plan_h=plan_at.hour + plan_at.minute / 60,
        rho=settings.service_level,
    )
    return terms, to_hours(day.midnight_at)


def _tomorrow(now: datetime, zone: ZoneInfo) -> ServiceDay:
    return ServiceDay(day=now.astimezone(zone).date() + _DAY, zone=zone)


@dataclass(frozen=True, slots=True)
class _Question:
    asked: WhatIf
    today: Terms
    after: Terms
    span: Span


def _answer(question: _Question, split: Split, other: Split, *, tell: Tell) -> Answer:
    asked, today, after = question.asked, question.today, question.after
    levels = sorted({each * (today.rho or 1.0) for each in CURVE_STEPS} | {after.rho})
    lives = len(levels) + 1
    part = 0.8 / lives

    def live_at(split: Split, terms: Terms, rho: float, number: int,
                what: str) -> list[Figures]:  # fmt: skip
        return live(
            split,
            question.span,
            rho=rho,
            must_go_probability=terms.must_go_probability,
            tell=lambda share: tell(what, 0.1 + part * (number + share)),
        )

    before = live_at(split, today, today.rho, 0, "living on as today")
    curve: dict[float, list[Figures]] = {}
    for number, rho in enumerate(levels, start=1):
        is_known = not asked.changes_anything and rho == today.rho
        curve[rho] = before if is_known else live_at(
            other, after, rho, number,
            f"trying service levels, {number} of {len(levels)}",
        )  # fmt: skip
    chosen = choose_level(curve, asked.service_pct, after.rho)
    return Answer(
        bins=sum(len(each.bins) for each in other.groups) + len(other.stranded),
        days=question.span.days,
        warm_up_days=question.span.warm_up_days,
        seeds=question.span.seeds,
        roads="",
        notes=list(other.notes),
        today_level=today.rho,
        service_level=chosen,
        differences=compare(before, curve[chosen]),
        curve=[
            CurvePoint(service_level=rho, figures=mean_figures(each))
            for rho, each in curve.items()
        ],
        sensors=_sensors(question, other, curve[chosen], tell) if asked.with_sensors
        else [],
    )  # fmt: skip


def choose_level(
    curve: dict[float, list[Figures]], service_pct: float | None, rho: float
) -> float:
    """Find the least weight that reaches a service; the greatest, if none does."""
    if service_pct is None:
        return rho
    reached = [
        each
        for each, figures in curve.items()
        if mean_figures(figures).service_pct >= service_pct
    ]
    return min(reached, default=max(curve))


def _sensors(
    question: _Question,
    split: Split,
    figures: Sequence[Figures],
    tell: Callable[[str, float], None],
) -> list[SensorValue]:
    tell("finding out where a sensor pays", 0.92)
    mean = mean_figures(figures)
    cents = mean.cents / max(mean.pickups, 1.0)
    terms = question.after
    found = [
        value
        for group in split.groups
        for value in rank_sensors(
            group.bins,
            _visit_cents(group, cents),
            rho=terms.rho,
            must_go=terms.must_go_probability,
            most=MOST_SENSORS,
        )
    ]
    return sorted(found, key=lambda each: -each.saved_cents)[:MOST_SENSORS]


def _visit_cents(group: Group, mean_cents: float) -> FloatArray:
    """(n,): what a pickup costs; more where the neighbours are far away."""
    first = 1 + group.facility_count
    between = np.sort(group.travel_s[first:, first:], axis=1)[:, 1:4]
    seconds = group.bins.service_s + (between.mean(axis=1) if between.size else 0.0)
    cents: FloatArray = mean_cents * seconds / seconds.mean()
    return cents
