"""The product's own functions on glass banks: learned from some, asked of others."""

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.demand.frankfurt import HORIZONS_H, TESTED_FROM_H, Chamber
from benchmarks.demand.research import Rows
from routing.arrays import BoolArray, FloatArray
from routing.demand import Learned, SlotForecast, SlotHistory, forecast_fill, learn

UTC_OFFSET_H = 1.0
_ASKED_H = 60 * 24.0
_JUST_BEFORE_H = 0.01  # the hour in which an emptying shows begins with it


def to_history(chamber: Chamber, number: int, place: int) -> SlotHistory:
    """Turn a chamber's hourly readings into what the product knows of a slot.

    Addresses have no coordinates here: each gets a spot of its own.
    """
    is_there = ~np.isnan(chamber.raw_cm)
    hours = chamber.start_h + np.flatnonzero(is_there).astype(np.float64)
    return SlotHistory(
        slot_id=number,
        volume_l=2500.0,
        stream=chamber.stream,
        measured_h=hours + 0.5,
        fill_fraction=chamber.fill(chamber.raw_cm[is_there]) / 100,
        emptied_h=chamber.emptied_h - _JUST_BEFORE_H,
        observed_h=np.empty(0),
        observed_fill=np.empty(0),
        lat_deg=50.0 + place / 100,
        lon_deg=8.0,
    )


def to_histories(chambers: Sequence[Chamber]) -> list[SlotHistory]:
    """Turn chambers into slots, those of one address to one spot."""
    places = sorted({each.place for each in chambers})
    return [
        to_history(each, number, places.index(each.place))
        for number, each in enumerate(chambers)
    ]


def learn_from(chambers: Sequence[Chamber]) -> Learned:
    """Learn from what was before the test began."""
    learned = learn(
        to_histories(chambers), now_h=TESTED_FROM_H, utc_offset_h=UTC_OFFSET_H
    )
    if learned is None:
        raise ValueError("too little to learn from")
    return learned


def foresee_rows(
    rows: Rows,
    is_asked: BoolArray,
    chambers: Sequence[Chamber],
    learned: Learned | None,
) -> FloatArray:
    """(m, q) quantiles in per cent of the rows asked for, from the past alone."""
    histories = to_histories(chambers)
    said = np.full((int(is_asked.sum()), 7), np.nan)
    origin_h, number = rows.origin_h[is_asked], rows.chamber[is_asked]
    horizon = np.searchsorted(HORIZONS_H, rows.horizon_h[is_asked])
    for hour in np.unique(origin_h):
        at = np.flatnonzero(origin_h == hour)
        answers = answers_at(histories, int(hour), learned)
        for i in at:
            forecast = answers[int(number[i])]
            said[i] = 100 * forecast.fill_quantiles[:, horizon[i]]
    return said


def answers_at(
    histories: Sequence[SlotHistory], hour: int, learned: Learned | None
) -> Mapping[int, SlotForecast]:
    """Ask for all slots at the end of an hour."""
    now_h = hour + 0.99
    answers = forecast_fill(
        [past_of(each, now_h) for each in histories],
        now_h=now_h,
        horizon_h=np.array(HORIZONS_H, np.float64),
        utc_offset_h=UTC_OFFSET_H,
        learned=learned,
    )
    return {each.slot_id: each for each in answers}


def past_of(history: SlotHistory, now_h: float) -> SlotHistory:
    """Cut off what comes later, and what is longer ago than anybody looks."""
    is_past = (history.measured_h <= now_h) & (history.measured_h > now_h - _ASKED_H)
    return SlotHistory(
        slot_id=history.slot_id,
        volume_l=history.volume_l,
        stream=history.stream,
        measured_h=history.measured_h[is_past],
        fill_fraction=history.fill_fraction[is_past],
        emptied_h=history.emptied_h[history.emptied_h <= now_h],
        observed_h=history.observed_h,
        observed_fill=history.observed_fill,
        lat_deg=history.lat_deg,
        lon_deg=history.lon_deg,
    )
