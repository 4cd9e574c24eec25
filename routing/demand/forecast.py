"""From what is known of slots to how full they will be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand.distribution import add_gains
from routing.demand.emptyings import all_emptyings
from routing.demand.growth import Growth, measure_growth
from routing.demand.level import Evidence, Statement, weigh_evidence
from routing.demand.model import QUANTILES, SlotForecast, SlotHistory
from routing.demand.rates import Rates, learn_rates
from routing.demand.series import MEMORY_H, read_series

_FULL = 1.0
_UNKNOWN_FILL, _UNKNOWN_DEVIATION = 0.5, 0.3  # anything between empty and full
_USELESS_DEVIATION = 0.4  # a level so much in doubt is worth nothing
_FURTHEST_H = 366 * 24.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Slot:
    emptied_h: FloatArray
    growth: Growth
    evidence: Evidence


def forecast_fill(
    histories: Sequence[SlotHistory],
    *,
    now_h: float,
    horizon_h: FloatArray,
    utc_offset_h: float,
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
    """
    if not histories:
        return []
    horizon_h = _checked_horizon(horizon_h)
    slots = [_look_at(history, now_h, utc_offset_h) for history in histories]
    rates = learn_rates(histories, [slot.growth for slot in slots])
    local_now_h = now_h + utc_offset_h
    level, deviation = _levels(slots, rates, now_h=now_h, utc_offset_h=utc_offset_h)
    until_h = np.broadcast_to(local_now_h + horizon_h, (len(slots), len(horizon_h)))
    gain = rates.gain(np.full((len(slots), 1), local_now_h), until_h)
    fills = add_gains(level, deviation, gain, rates.variance(gain))
    quantiles = fills.quantiles(QUANTILES)
    overflow = fills.probability_above(_FULL)
    full_in_h = _full_in_h(rates, _FULL - level[:, 0], local_now_h)
    return [
        SlotForecast(
            slot_id=history.slot_id,
            fill_fraction=float(level[i, 0]),
            fill_deviation=float(deviation[i, 0]),
            rate_per_day=float(24 * rates.per_h[i].mean()),
            emptied_h=float(slot.emptied_h[-1]) if len(slot.emptied_h) else None,
            horizon_h=horizon_h,
            fill_quantiles=quantiles[i],
            overflow_probability=overflow[i],
            full_h=float(now_h + full_in_h[i]) if full_in_h[i] < _FURTHEST_H else None,
            trust=slot.evidence.quality * _sureness(float(deviation[i, 0])),
            basis=slot.evidence.basis(now_h),
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


def _look_at(history: SlotHistory, now_h: float, utc_offset_h: float) -> _Slot:
    """Filter the readings, find the emptyings, measure the growth between them."""
    series = read_series(history, now_h=now_h)
    known_h = np.asarray(history.emptied_h, dtype=np.float64)
    known_h = known_h[known_h <= now_h]
    at_h, fill = series.at_h[~series.is_outlier], series.fill[~series.is_outlier]
    emptied_h = all_emptyings(known_h, at_h, fill)
    if not len(at_h):
        at_h, fill = _seen_by_people(history, now_h)
    growth = measure_growth(at_h, fill, emptied_h=emptied_h, utc_offset_h=utc_offset_h)
    evidence = weigh_evidence(
        history, series, emptied_h=emptied_h, misfit=growth.misfit, now_h=now_h
    )
    return _Slot(emptied_h=emptied_h, growth=growth, evidence=evidence)


def _seen_by_people(
    history: SlotHistory, now_h: float
) -> tuple[FloatArray, FloatArray]:
    """Return what was seen, and the empty bin just after every emptying."""
    emptied_h = np.asarray(history.emptied_h, dtype=np.float64)
    just_after_h = np.nextafter(emptied_h, np.inf)
    at_h = np.concatenate([history.observed_h, just_after_h])
    fill = np.concatenate([history.observed_fill, np.zeros(len(emptied_h))])
    is_usable = (at_h > now_h - MEMORY_H) & (at_h <= now_h) & np.isfinite(fill)
    order = np.argsort(at_h[is_usable], kind="stable")
    return at_h[is_usable][order], fill[is_usable][order]


def _levels(
    slots: Sequence[_Slot], rates: Rates, *, now_h: float, utc_offset_h: float
) -> tuple[FloatArray, FloatArray]:
    """Carry every statement to now, weigh them by precision; both (n, 1)."""
    unknown = Statement(at_h=now_h, fill=_UNKNOWN_FILL, deviation=_UNKNOWN_DEVIATION)
    said = [slot.evidence.said or unknown for slot in slots]
    measured = [
        slot.evidence.measured or statement
        for slot, statement in zip(slots, said, strict=True)
    ]
    at_h, fill, deviation = np.array(
        [
            [[s.at_h, m.at_h], [s.fill, m.fill], [s.deviation, m.deviation]]
            for s, m in zip(said, measured, strict=True)
        ]
    ).transpose(1, 0, 2)
    gain = rates.gain(at_h + utc_offset_h, np.full_like(at_h, now_h + utc_offset_h))
    variance = deviation**2 + rates.variance(gain)
    weight = 1 / variance
    level = ((fill + gain) * weight).sum(axis=1) / weight.sum(axis=1)
    return level[:, None], np.sqrt(1 / weight.sum(axis=1))[:, None]


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
