"""From what is known of slots to how full they will be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.calendar import NO_CALENDAR, Calendar
from routing.demand.deposits import count_deposits
from routing.demand.distribution import Fills, add_gains
from routing.demand.foreseeing import Foreseen, Promised, Watched, apply_learned
from routing.demand.growth import Growth, measure_growth
from routing.demand.hours import Hours
from routing.demand.learned import Learned
from routing.demand.level import Evidence, levels_now, weigh_evidence
from routing.demand.looks import KNOTS_H
from routing.demand.model import QUANTILES, Basis, SlotForecast, SlotHistory
from routing.demand.people import lay_out_words
from routing.demand.rates import Rates, learn_rates
from routing.demand.reading import read_hours

_FULL = 1.0
_USELESS_DEVIATION = 0.4  # a level so much in doubt is worth nothing
_UNTRUSTED_DEVIATION = 0.15  # what a sensor that is not trusted adds to any doubt
_FURTHEST_H = 366 * 24.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Slot:
    emptied_h: FloatArray
    hours: Hours | None
    growth: Growth
    evidence: Evidence
    bad_share: float


def forecast_fill(
    histories: Sequence[SlotHistory],
    *,
    now_h: float,
    horizon_h: FloatArray,
    utc_offset_h: float,
    calendar: Calendar = NO_CALENDAR,
    learned: Learned | None = None,
) -> list[SlotForecast]:
    """Foresee the fill of every slot, if nobody empties it.

    Parameters
    ----------
    histories
        What is known; anything after ``now_h`` is ignored.
    now_h
        Hours since 1970-01-01 UTC.
    horizon_h
        (t,) hours ahead of now, ascending.
    utc_offset_h
        Local time less UTC, for the hours of the week.
    learned
        What was learned from many slots' past; without it every slot is foreseen from
        its usual week alone.
    """
    if not histories:
        return []
    horizon_h = _checked_horizon(horizon_h)
    slots = [_look_at(each, now_h, utc_offset_h, calendar) for each in histories]
    rates = learn_rates(histories, [slot.growth for slot in slots], calendar=calendar)
    level, deviation, third = levels_now(
        [slot.evidence for slot in slots],
        rates,
        now_h=now_h,
        utc_offset_h=utc_offset_h,
    )
    is_trusted = np.array([[each.is_sensor_trusted] for each in histories])
    deviation = np.where(
        is_trusted, deviation, np.hypot(deviation, _UNTRUSTED_DEVIATION)
    )
    local_now_h = np.full((len(slots), 1), now_h + utc_offset_h)

    def fills_at(ahead_h: FloatArray | IntArray) -> Fills:
        gain = rates.gain(local_now_h, local_now_h + ahead_h)
        return add_gains(level, deviation, gain, rates.variance(gain), third=third)

    fills = fills_at(horizon_h)
    foreseen = Foreseen(
        quantiles=fills.quantiles(QUANTILES),
        overflow=fills.probability_above(_FULL),
        weight=np.zeros(len(slots)),
    )
    if learned is not None:
        foreseen = apply_learned(
            learned,
            foreseen,
            promised=Promised(
                fills=fills, at_knots=fills_at(KNOTS_H), horizon_h=horizon_h
            ),
            watched=Watched(
                hours=[_learnable(slot) for slot in slots],
                bad_share=np.array([slot.bad_share for slot in slots]),
                utc_offset_h=utc_offset_h,
            ),
        )
    full_in_h = _full_in_h(rates, _FULL - level[:, 0], float(local_now_h[0, 0]))
    return [
        SlotForecast(
            slot_id=history.slot_id,
            fill_fraction=float(level[i, 0]),
            fill_deviation=float(deviation[i, 0]),
            rate_per_day=float(24 * rates.per_h[i].mean()),
            emptied_h=float(slot.emptied_h[-1]) if len(slot.emptied_h) else None,
            horizon_h=horizon_h,
            fill_quantiles=foreseen.quantiles[i],
            overflow_probability=foreseen.overflow[i],
            full_h=float(now_h + full_in_h[i]) if full_in_h[i] < _FURTHEST_H else None,
            trust=slot.evidence.quality * _sureness(float(deviation[i, 0])),
            basis=Basis.LEARNED
            if foreseen.weight[i] > 0
            else slot.evidence.basis(history, now_h),
        )
        for i, (history, slot) in enumerate(zip(histories, slots, strict=True))
    ]


def _checked_horizon(horizon_h: FloatArray) -> FloatArray:
    horizon_h = np.array(horizon_h, dtype=np.float64)
    is_rising = bool((np.diff(horizon_h, prepend=0.0) >= 0).all())
    if horizon_h.ndim != 1 or not len(horizon_h) or not is_rising:
        raise ValueError(
            f"horizon_h = {horizon_h} not understood: hours ahead of now, ascending"
        )
    horizon_h.setflags(write=False)
    return horizon_h


def _look_at(
    history: SlotHistory, now_h: float, utc_offset_h: float, calendar: Calendar
) -> _Slot:
    """Filter the readings, count the deposits, measure the growth between emptyings."""
    series, hours = read_hours(history, now_h=now_h)
    seen_h, seen_fill = history.observed_h, history.observed_fill
    counted = count_deposits(history, seen_h=seen_h, seen_fill=seen_fill, now_h=now_h)
    growing = hours or lay_out_words(history, counted, now_h=now_h)
    growth = measure_growth(growing, utc_offset_h=utc_offset_h, calendar=calendar)
    evidence = weigh_evidence(
        history,
        series,
        misfit=growth.misfit,
        counted=counted,
        now_h=now_h,
    )
    return _Slot(
        emptied_h=series.emptied_h,
        hours=hours,
        growth=growth,
        evidence=evidence,
        bad_share=series.bad_share,
    )


def _learnable(slot: _Slot) -> Hours | None:
    """Return what boosted quantiles may look at: readings that nobody contradicts."""
    evidence = slot.evidence
    is_believed = not evidence.is_contradicted and evidence.is_sensor_latest
    return slot.hours if is_believed else None


def _full_in_h(rates: Rates, missing: FloatArray, local_now_h: float) -> FloatArray:
    """(n,): hours until the mean gain makes up for what is missing."""
    hours = np.arange(169.0)
    start_h = np.full((len(missing), 1), local_now_h)
    until_h = np.broadcast_to(local_now_h + hours, (len(missing), len(hours)))
    gained = rates.gain(start_h, until_h)
    weeks, rest = np.divmod(np.maximum(missing, 0.0), gained[:, -1])
    within_week = [np.interp(r, g, hours) for r, g in zip(rest, gained, strict=True)]
    full_in_h: FloatArray = weeks * hours[-1] + np.array(within_week)
    return full_in_h


def _sureness(deviation: float) -> float:
    return max(0.0, 1.0 - deviation / _USELESS_DEVIATION)
