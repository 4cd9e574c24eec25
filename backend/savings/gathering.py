"""Everything that goes into a month of the ledger, and its fingerprint."""

import hashlib
import json
from bisect import bisect_right
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.planning.horizon import ServiceDay, to_hours
from backend.planning.inputs import Inputs, PlanningError, load_inputs
from backend.savings.method import VERSION
from backend.savings.period import DAY, NO_ROUNDS, Period, SavingsError
from backend.store.driven import (
    DrivenRun,
    Emission,
    count_planned_runs,
    load_driven_runs,
    load_emissions,
)
from backend.store.fixed_rounds import FixedRound, load_fixed_rounds
from backend.store.overview import Organisation
from backend.store.planning import PlannedSlot

WARM_UP_DAYS = 28
# What came in at first is known from readings before it.
LOOK_BACK = timedelta(days=14)
H_PER_DAY = 24.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Everything that goes into a month."""

    period: Period
    inputs: Inputs
    rounds: list[FixedRound]
    runs: list[DrivenRun]
    emissions: list[Emission]
    without_round_count: int
    undriven_run_count: int
    starts_at: datetime


def gather(conn: Connection[Any], owner: Organisation, period: Period) -> Known:
    """Read what goes into the days compared, and nothing of later days.

    Raises
    ------
    SavingsError
        If there are no fixed rounds, or nobody to drive them.
    """
    rounds = load_fixed_rounds(conn, owner.organisation_id)
    if not rounds:
        raise SavingsError(NO_ROUNDS)
    zone = ZoneInfo(owner.time_zone)
    first = ServiceDay(day=period.from_day - WARM_UP_DAYS * DAY, zone=zone)
    on_day = ServiceDay(day=period.to_day, zone=zone)
    since = first.midnight_at - LOOK_BACK
    try:
        inputs = load_inputs(conn, owner, service_day=on_day, since=since)
    except PlanningError as error:
        raise SavingsError(str(error)) from error
    with_round = {each.slot_id for each in rounds}
    end_h = to_hours(on_day.at(0)) + H_PER_DAY
    kept = [_until(each, end_h) for each in inputs.slots if each.slot_id in with_round]
    if not kept:
        raise SavingsError(NO_ROUNDS)
    span = {"from_day": period.from_day, "to_day": period.to_day}
    runs = load_driven_runs(conn, owner.organisation_id, **span)
    planned_count = count_planned_runs(conn, owner.organisation_id, **span)
    return Known(
        period=period,
        inputs=replace(inputs, slots=kept, runs=[], stops=[], origins={}),
        rounds=rounds,
        runs=runs,
        emissions=load_emissions(conn, owner.organisation_id),
        without_round_count=len(inputs.slots) - len(kept),
        undriven_run_count=planned_count - len(runs),
        starts_at=first.midnight_at,
    )


def _until(slot: PlannedSlot, end_h: float) -> PlannedSlot:
    """Forget what came after the last day compared: a later look finds the same."""
    measured, emptied, observed = (
        bisect_right(each, end_h)
        for each in (slot.measured_h, slot.emptied_h, slot.observed_h)
    )
    return replace(
        slot,
        measured_h=slot.measured_h[:measured],
        fill_fraction=slot.fill_fraction[:measured],
        emptied_h=slot.emptied_h[:emptied],
        observed_h=slot.observed_h[:observed],
        observed_fill=slot.observed_fill[:observed],
        observed_deviation=slot.observed_deviation[:observed],
    )


def fingerprint(known: Known) -> str:
    """Hash everything that goes in: the proof of what a row was made from."""
    facts = {
        "version": VERSION,
        "period": asdict(known.period),
        "slots": [_to_facts(each) for each in known.inputs.slots],
        "rounds": [asdict(each) for each in known.rounds],
        "runs": [asdict(each) for each in known.runs],
        "vehicles": [asdict(each) for each in known.inputs.vehicles],
        "facilities": [asdict(each) for each in known.inputs.facilities],
        "emissions": [asdict(each) for each in known.emissions],
        "city": known.inputs.organisation.city,
    }
    text = json.dumps(facts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _to_facts(slot: PlannedSlot) -> list[Any]:
    place = (slot.slot_id, slot.stream, slot.lat_deg, slot.lon_deg, slot.volume_l)
    work = (slot.density_kg_per_l, slot.service_s)
    seen = (slot.observed_h, slot.observed_fill, slot.observed_deviation)
    measured = (slot.measured_h, slot.fill_fraction, slot.emptied_h)
    return [*place, *work, *measured, *seen]
