"""Reckon a month: what was, beside what the fixed rounds would have been."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from psycopg import Connection

from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs
from backend.planning.streets_of_day import open_day_streets
from backend.savings.driving import FixedRounds, Tariff, drive_really, sum_figures
from backend.savings.evidence import Evidence, look_back
from backend.savings.gathering import WARM_UP_DAYS, Known, fingerprint, gather
from backend.savings.method import METHOD, VERSION, Counts, list_assumptions
from backend.savings.period import DAY, choose_period
from backend.settings import Settings
from backend.store.overview import Organisation
from backend.store.savings import (
    NewSaving,
    RoundFigures,
    Saving,
    SavingDay,
    add_saving,
    load_savings,
)
from routing.arrays import BoolArray, FloatArray
from routing.baseline import follow_fill, hours_full, replay_rounds
from routing.roads import RoadNetwork

HOUR_OF_ROUND = 9
NOBODY_DUE = "no bin was due on these days"
H_PER_DAY = 24


def reckon_month(
    conn: Connection[Any],
    settings: Settings,
    organisation: Organisation,
    month: date,
) -> Saving:
    """Reckon a month and write it down; what is known already is not written again.

    Raises
    ------
    SavingsError
        If there is nothing to compare, or with nothing.
    """
    known = gather(conn, organisation, choose_period(conn, organisation, month))
    sha256 = fingerprint(known)
    before = load_savings(conn, organisation.organisation_id, month)
    if before and before[0].inputs_sha256 == sha256:
        return before[0]
    new = _reckon(conn, settings, known, sha256=sha256)
    add_saving(conn, organisation.organisation_id, new)
    return load_savings(conn, organisation.organisation_id, month)[0]


def _reckon(
    conn: Connection[Any], settings: Settings, known: Known, *, sha256: str
) -> NewSaving:
    period, inputs = known.period, known.inputs
    days = WARM_UP_DAYS + len(period.days)
    evidence = look_back(
        inputs.slots, start_h=to_hours(known.starts_at), hours=days * H_PER_DAY
    )
    roads: list[str] = []

    def streets_of(day: Inputs) -> RoadNetwork:
        streets = open_day_streets(conn, settings, day)
        roads.append(streets.label)
        return streets.network

    rounds = FixedRounds(
        like=inputs,
        days=period.days,
        tariffs=_tariffs(known),
        open_streets=streets_of,
    )
    replay = replay_rounds(
        evidence.gained,
        evidence.start_fill,
        _due(known, days),
        hour_of_day=HOUR_OF_ROUND,
        warm_up_days=WARM_UP_DAYS,
        serve=rounds,
    )
    compared = _compare(known, evidence, replay.is_emptied, fixed=rounds.driven)
    return NewSaving(
        month=period.month,
        from_day=period.from_day,
        to_day=period.to_day,
        version=VERSION,
        inputs_sha256=sha256,
        method=METHOD,
        assumptions=list_assumptions(
            period,
            Counts(
                with_round=len(inputs.slots),
                by_stream=evidence.by_stream_count,
                without_round=known.without_round_count,
                carried=int(replay.carried.sum()),
                undriven=known.undriven_run_count,
            ),
            emissions=known.emissions,
            roads=roads[0] if roads else NOBODY_DUE,
        ),
        fixed=sum_figures([each.fixed for each in compared]),
        driven=sum_figures([each.driven for each in compared]),
        days=tuple(compared),
    )


def _compare(
    known: Known,
    evidence: Evidence,
    is_emptied: BoolArray,
    *,
    fixed: dict[date, RoundFigures],
) -> list[SavingDay]:
    on_rounds = _overflow_h(evidence, is_emptied)
    really = _overflow_h(evidence, evidence.is_emptied)
    driven = drive_really(known.runs, _tariffs(known))
    return [
        SavingDay(
            day=day,
            fixed=_with_overflow(fixed.get(day), on_rounds[n]),
            driven=_with_overflow(driven.get(day), really[n]),
        )
        for n, day in enumerate(known.period.days)
    ]


def _overflow_h(evidence: Evidence, is_emptied: BoolArray) -> FloatArray:
    follow = follow_fill(evidence.gained, evidence.start_fill, is_emptied)
    return hours_full(follow, from_hour=WARM_UP_DAYS * H_PER_DAY)


def _with_overflow(figures: RoundFigures | None, overflow_h: float) -> RoundFigures:
    return replace(figures or RoundFigures(), overflow_h=float(overflow_h))


def _due(known: Known, days: int) -> BoolArray:
    """(n, days) whether the rounds emptied a bin on a day."""
    rounds = {each.slot_id: each for each in known.rounds}
    first = known.period.from_day - WARM_UP_DAYS * DAY
    return np.array(
        [
            [rounds[slot.slot_id].is_due(first + n * DAY) for n in range(days)]
            for slot in known.inputs.slots
        ],
        np.bool_,
    )


def _tariffs(known: Known) -> dict[int, Tariff]:
    factors = {each.vehicle_id: each.co2_g_per_km for each in known.emissions}
    return {
        each.vehicle_id: Tariff(vehicle=each, co2_g_per_km=factors.get(each.vehicle_id))
        for each in known.inputs.vehicles
    }
