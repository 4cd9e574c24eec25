"""What was said of a bin's fill, and what came: its forecasts judged."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import time, timedelta
from statistics import fmean, median
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from psycopg import Connection

from backend.planning.foresee import to_history, to_kept
from backend.planning.horizon import ServiceDay, from_hours, to_hours
from backend.planning.inputs import HISTORY
from backend.planning.judged import Backtest, JudgedForecast
from backend.store.kept_forecasts import (
    KEPT_AHEAD_H,
    KeptForecast,
    load_kept_forecasts,
)
from backend.store.overview import Organisation
from backend.store.planning import PlannedSlot, load_plan_at, load_slot
from routing.demand import forecast_fill

# Readings so near to a time say together what the fill was then.
AROUND_H = 1.5
# Where nothing was measured at that very time, what a person saw will do so much
# sooner or later, in parts of the time ahead.
SOONER, LATER = 0.5, 1.5
# A forecast needs something to learn from before it is fair to judge it.
LEARNED_H = 72.0
# Nobody can see by how much a bin is more than full.
FULL = 1.0
DAY = timedelta(days=1)


def judge_forecasts(
    conn: Connection[Any], organisation: Organisation, slot_id: int, *, ahead_h: float
) -> Backtest | None:
    """Judge a bin's forecasts of the last weeks; None where there is no such bin."""
    now = organisation.now
    since = now - HISTORY
    slot = load_slot(conn, organisation.organisation_id, slot_id, since=since)
    if slot is None:
        return None
    kept = load_kept_forecasts(conn, slot_id, since=since)
    plan_at = load_plan_at(conn, organisation.organisation_id)
    mornings = _mornings(slot, kept, organisation)
    said = [(each, True) for each in kept]
    said += [(each, False) for each in foresee_again(slot, mornings, plan_at=plan_at)]
    said.sort(key=lambda each: each[0].made_at)
    points = list(judge(said, slot, ahead_h=ahead_h))
    errors = [abs(each.fill_middle - each.came) for each in points]
    return Backtest(
        slot_id=slot_id,
        ahead_h=ahead_h,
        from_at=since,
        to_at=now,
        points=points,
        mean_error=fmean(errors) if errors else None,
        within_share=fmean(each.is_within for each in points) if points else None,
    )


def _mornings(
    slot: PlannedSlot,
    kept: Sequence[KeptForecast],
    organisation: Organisation,
) -> list[ServiceDay]:
    """List the days since something is known of which no forecast was kept."""
    zone = ZoneInfo(organisation.time_zone)
    known_h = min(
        (at for each in (slot.measured_h, slot.observed_h) for at in each), default=None
    )
    if known_h is None:
        return []
    today = organisation.now.astimezone(zone).date()
    first = from_hours(known_h + LEARNED_H).astimezone(zone).date() + DAY
    spoken = {each.service_day for each in kept}
    days = [today - count * DAY for count in range((today - first).days + 1)]
    return [ServiceDay(day=each, zone=zone) for each in days if each not in spoken]


def foresee_again(
    slot: PlannedSlot, mornings: Sequence[ServiceDay], *, plan_at: time
) -> Iterator[KeptForecast]:
    """Say what would have been foreseen on mornings, from what was known then."""
    history = to_history(slot)
    for each in mornings:
        made_at = each.at(each.seconds(plan_at))
        (forecast,) = forecast_fill(
            [history],
            now_h=to_hours(made_at),
            horizon_h=np.array([0.0, *KEPT_AHEAD_H]),
            utc_offset_h=each.utc_offset_h(),
        )
        yield to_kept(forecast, made_at=made_at, service_day=each.day)


def judge(
    said: Iterable[tuple[KeptForecast, bool]], slot: PlannedSlot, *, ahead_h: float
) -> Iterator[JudgedForecast]:
    """Judge what was said wherever it is known what came; True: it was kept."""
    for each, is_kept in said:
        made_h = to_hours(each.made_at)
        found = _find_fill(slot, made_h=made_h, ahead_h=ahead_h)
        if found is not None:
            at_h, came = found
            low, middle, high = (
                min(FULL, float(np.interp(at_h - made_h, KEPT_AHEAD_H, said)))
                for said in (each.fill_low, each.fill_middle, each.fill_high)
            )
            yield JudgedForecast(
                made_at=each.made_at,
                for_at=from_hours(at_h),
                fill_low=low,
                fill_middle=middle,
                fill_high=high,
                came=min(FULL, came),
                is_kept=is_kept,
            )


def _find_fill(
    slot: PlannedSlot, *, made_h: float, ahead_h: float
) -> tuple[float, float] | None:
    """Find a fill that the bin had about so far ahead; none once it was emptied."""
    emptied_h = min((at for at in slot.emptied_h if at > made_h), default=np.inf)
    for_h = made_h + ahead_h
    if for_h < emptied_h:
        near = [
            fill
            for at_h, fill in zip(slot.measured_h, slot.fill_fraction, strict=True)
            if abs(at_h - for_h) <= AROUND_H
        ]
        if near:
            return for_h, median(near)
    # What a driver saw when he emptied it was there before.
    seen = [
        (at_h, fill)
        for at_h, fill in zip(slot.observed_h, slot.observed_fill, strict=True)
        if SOONER * ahead_h <= at_h - made_h <= LATER * ahead_h and at_h <= emptied_h
    ]
    return min(seen, key=lambda each: abs(each[0] - for_h), default=None)
