"""Simulate the operator's own bins: as they are served today, and as somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from psycopg import Connection

from backend.planning.foresee import to_history
from backend.planning.horizon import ServiceDay, to_hours
from backend.planning.inputs import HISTORY, PlanningError
from backend.planning.learning import load_learned
from backend.planning.service_days import to_calendar
from backend.settings import Settings
from backend.simulation.bins import WEEK_AHEAD_H, know_bins
from backend.simulation.figures import compare, mean_figures
from backend.simulation.groups import Group, Split, split_terms
from backend.simulation.information import rank_sensors
from backend.simulation.living import Span, Tell, live
from backend.simulation.result import Aim, Answer, CurvePoint, Figures, SensorValue
from backend.simulation.terms import Terms, change_terms
from backend.simulation.what_if import WhatIf
from backend.store.collection_rules import load_service_days, load_service_level
from backend.store.driven import load_emissions
from backend.store.known_events import load_known_events
from backend.store.overview import Organisation, load_organisation
from backend.store.planning import (
    load_facilities,
    load_plan_at,
    load_slots,
    load_usual_detour_cents,
    load_vehicles,
)
from backend.streets import open_streets, profile_of
from routing.arrays import FloatArray
from routing.demand import forecast_fill

LEVELS = (0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
"""Service levels at which the curve is computed, beside the aim itself."""
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
    service = load_service_days(conn, owner)
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
        calendar=to_calendar(service.days_off, load_known_events(conn, owner)),
        learned=load_learned(conn, owner),
    )
    plan_at = load_plan_at(conn, owner)
    terms = Terms(
        bins=know_bins(slots, forecasts, now_h=to_hours(now)),
        vehicles=tuple(vehicles),
        facilities=tuple(facilities),
        plan_h=plan_at.hour + plan_at.minute / 60,
        weekdays=frozenset(each - 1 for each in service.weekdays),
        aim=load_aim(conn, settings, owner),
        detour_cents=load_usual_detour_cents(conn, owner),
        co2_kg_per_km={
            each.vehicle_id: each.co2_g_per_km / 1000
            for each in load_emissions(conn, owner)
            if each.co2_g_per_km is not None
        },
    )
    return terms, to_hours(day.midnight_at)


def load_aim(conn: Connection[Any], settings: Settings, organisation_id: int) -> Aim:
    """Load how dear an overflow is today."""
    level = load_service_level(conn, organisation_id)
    if level is None:
        return Aim(overflow_weight=settings.overflow_weight)
    return Aim(service_level=level)


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
    aims = [Aim(service_level=each) for each in LEVELS]
    aims += [each for each in (after.aim,) if each not in aims]
    part = 0.8 / (len(aims) + 1)
    before = live(
        split,
        question.span,
        terms=today,
        aim=today.aim,
        tell=lambda share: tell("living on as today", 0.1 + part * share),
    )
    curve: dict[Aim, list[Figures]] = {}
    for number, aim in enumerate(aims, start=1):
        if not asked.changes_anything and aim == today.aim:
            curve[aim] = before
            continue
        step = f"trying service levels, {number} of {len(aims)}"
        told = partial(_tell_part, tell, step, 0.1 + part * number, part)
        curve[aim] = live(other, question.span, terms=after, aim=aim, tell=told)
    points = [
        CurvePoint(aim=aim, figures=mean_figures(each)) for aim, each in curve.items()
    ]
    return Answer(
        bins=sum(len(each.bins) for each in other.groups) + len(other.stranded),
        days=question.span.days,
        warm_up_days=question.span.warm_up_days,
        seeds=question.span.seeds,
        roads="",
        notes=list(other.notes),
        aim_today=today.aim,
        aim_then=after.aim,
        differences=compare(before, curve[after.aim]),
        curve=sorted(points, key=lambda each: each.figures.pickups),
        sensors=_sensors(question, other, curve[after.aim], tell)
        if asked.with_sensors
        else [],
    )


def _tell_part(tell: Tell, step: str, begun: float, part: float, share: float) -> None:
    tell(step, begun + part * share)


def _sensors(
    question: _Question, split: Split, figures: Sequence[Figures], tell: Tell
) -> list[SensorValue]:
    tell("finding out where a sensor pays", 0.92)
    mean = mean_figures(figures)
    cents = mean.cents / max(mean.pickups, 1.0)
    found = [
        value
        for group in split.groups
        for value in rank_sensors(
            group.bins,
            _visit_cents(group, cents),
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
