"""What was said of a bin's fill, and what came: its forecasts judged."""

from collections.abc import Iterator, Sequence
from statistics import fmean, median
from typing import Any

import numpy as np
from psycopg import Connection

from backend.planning.horizon import from_hours, to_hours
from backend.planning.inputs import HISTORY
from backend.planning.judged import Backtest, JudgedForecast
from backend.store.kept_forecasts import (
    KEPT_AHEAD_H,
    KeptForecast,
    load_kept_forecasts,
)
from backend.store.overview import Organisation
from backend.store.planning import PlannedSlot, load_slot

# Readings so near to a time say together what the fill was then.
AROUND_H = 1.5
# Where nothing was measured at that very time, what a person saw will do so much
# sooner or later, in parts of the time ahead.
SOONER, LATER = 0.5, 1.5


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
    points = list(judge_kept(kept, slot, ahead_h=ahead_h))
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


def judge_kept(
    kept: Sequence[KeptForecast], slot: PlannedSlot, *, ahead_h: float
) -> Iterator[JudgedForecast]:
    """Judge what was said when days were planned, wherever it is known what came."""
    for each in kept:
        made_h = to_hours(each.made_at)
        found = _find_fill(slot, made_h=made_h, ahead_h=ahead_h)
        if found is not None:
            at_h, came = found
            low, middle, high = (
                float(np.interp(at_h - made_h, KEPT_AHEAD_H, said))
                for said in (each.fill_low, each.fill_middle, each.fill_high)
            )
            yield JudgedForecast(
                made_at=each.made_at,
                for_at=from_hours(at_h),
                fill_low=low,
                fill_middle=middle,
                fill_high=high,
                came=came,
                is_kept=True,
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
