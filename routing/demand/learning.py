"""Learn from all slots' past how fills differ from what the usual week promises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.demand.forests import grow_forests
from routing.demand.hours import Hours
from routing.demand.learned import (
    Learned,
    quality_class,
    raw_quantiles,
    right_shares,
)
from routing.demand.looks import KNOTS_H, LEVEL, look_at, promised
from routing.demand.model import QUANTILES, SlotHistory
from routing.demand.reading import read_hours

HISTORY_H = 400 * 24.0
LEAST_HISTORY_H = 14 * 24
SINCE_EMPTIED_H = 12
_LEAST_ROWS, _LEAST_SLOTS = 2000, 5
_MOST_ROWS = 150_000
_ORIGIN_EVERY_H = 7  # no divisor of a day: every hour of it is learned from
_FOLDS = 4
_EARLY_SHARE = 0.6
_LEAST_CLASS_ROWS = 200


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Examples:
    """Looks (m, k, f), what came (m, k; NaN: unknown); where, when, how clean."""

    looks: FloatArray
    came: FloatArray
    at_h: IntArray
    place: IntArray
    quality: IntArray


def learn(
    histories: Sequence[SlotHistory], *, now_h: float, utc_offset_h: float
) -> Learned | None:
    """Learn from all slots that a sensor watched; None where that is too little.

    Parameters
    ----------
    histories
        As long as they are kept; anything after ``now_h`` is ignored.
    """
    examples = _gather(histories, now_h=now_h, utc_offset_h=utc_offset_h)
    slots = 0 if examples is None else len(np.unique(examples.place))
    if examples is None or slots < _LEAST_SLOTS:
        return None
    values, target = _rows(examples, np.ones(len(examples.came), dtype=np.bool_))
    if len(target) < _LEAST_ROWS:
        return None
    return Learned(
        forests=grow_forests(values, target, QUANTILES),
        shift=_shift(examples),
        rows=len(target),
        slots=len(histories),
        learned_h=now_h,
    )


def _gather(
    histories: Sequence[SlotHistory], *, now_h: float, utc_offset_h: float
) -> _Examples | None:
    watched = list(_watched(histories, now_h))
    step_h = _origin_step_h(hours for _, hours, _ in watched)
    parts = []
    for number, hours, bad_share in watched:
        origins = _origins(hours, step_h)
        if not len(origins):
            continue
        looks = look_at(hours, origins, utc_offset_h=utc_offset_h)
        came = _came(hours, origins)
        quality = quality_class(np.full(len(origins), bad_share))
        at_h = hours.first_hour + origins
        parts.append((looks, came, at_h, np.full(len(origins), number), quality))
    if not parts:
        return None
    looks, came, at_h, place, quality = map(np.concatenate, zip(*parts, strict=True))
    is_seen = np.isfinite(looks[:, 0, LEVEL])
    return _Examples(
        looks=looks[is_seen],
        came=came[is_seen],
        at_h=at_h[is_seen],
        place=place[is_seen],
        quality=quality[is_seen],
    )


def _watched(
    histories: Sequence[SlotHistory], now_h: float
) -> Iterator[tuple[int, Hours, float]]:
    """Yield place, hours and share of bad readings of each slot with a sensor."""
    places: dict[object, int] = {}
    for history in histories:
        series, hours = read_hours(history, now_h=now_h, memory_h=HISTORY_H)
        if hours is None or not history.is_sensor_trusted:
            continue
        spot = (history.lat_deg, history.lon_deg)
        key = history.slot_id if None in spot else spot
        yield places.setdefault(key, len(places)), hours, series.bad_share


def _origin_step_h(watched: Iterator[Hours]) -> int:
    total_h = sum(len(hours.fill) for hours in watched)
    origins = max(1, _MOST_ROWS // len(KNOTS_H))
    return max(1, round(total_h / origins / _ORIGIN_EVERY_H)) * _ORIGIN_EVERY_H


def _origins(hours: Hours, step_h: int) -> IntArray:
    """Hours since the first, from which something can be foreseen and judged."""
    at = np.arange(LEAST_HISTORY_H, len(hours.fill) - KNOTS_H[0] - 4)
    if hours.is_sparse:
        is_asked = np.isfinite(hours.fill[at])
    else:
        is_asked = (hours.first_hour + at) % step_h == 0
    before = np.searchsorted(np.floor(hours.emptied), at, side="right")
    emptied = np.append(-np.inf, np.floor(hours.emptied))[before]
    chosen: IntArray = at[is_asked & (at - emptied >= SINCE_EMPTIED_H)]
    return chosen


def _came(hours: Hours, origins: IntArray) -> FloatArray:
    """(m, k) fill at each knot, if nobody emptied it and the hours around are known."""
    at = origins[:, None] + KNOTS_H[None, :]
    is_known = at + 4 < len(hours.fill)
    at = np.minimum(at, len(hours.fill) - 1)
    is_same = hours.cycle[at] == hours.cycle[origins][:, None]
    return np.where(is_known & is_same, hours.smoothed[at], np.nan)


def _rows(examples: _Examples, is_asked: BoolArray) -> tuple[FloatArray, FloatArray]:
    """(r, f) values, and (r,) what came beyond what the usual week promised.

    A sensor sees no further than full: a full bin is at least as full as that.
    """
    looks, came = examples.looks[is_asked], examples.came[is_asked]
    base = promised(looks)
    is_known = np.isfinite(came)
    values = np.ascontiguousarray(looks[is_known])
    came, base = came[is_known], base[is_known]
    came = np.where(came >= 1.0, np.maximum(came, np.minimum(base, 1.3)), came)
    return values, came - base


def _shift(examples: _Examples) -> FloatArray:
    """Learn from the earlier part of other places, and see how far off that is later.

    Fold by fold of places: neither the place nor the season was learned from.
    """
    said = np.full((len(examples.came), len(QUANTILES), len(KNOTS_H)), np.nan)
    fold = examples.place % _FOLDS
    is_early = examples.at_h <= np.quantile(examples.at_h, _EARLY_SHARE)
    for each in np.unique(fold):
        values, target = _rows(examples, (fold != each) & is_early)
        forests = grow_forests(values, target, QUANTILES)
        is_out = (fold == each) & ~is_early
        said[is_out] = np.sort(raw_quantiles(forests, examples.looks[is_out]), axis=1)
    shift = np.zeros((2, len(KNOTS_H), len(QUANTILES)))
    for quality in range(2):
        for knot in range(len(KNOTS_H)):
            is_here = np.isfinite(examples.came[:, knot]) & ~is_early
            is_class = is_here & (examples.quality == quality)
            if is_class.sum() >= _LEAST_CLASS_ROWS:
                is_here = is_class
            shift[quality, knot] = right_shares(
                said[is_here, :, knot],
                examples.came[is_here, knot],
                least_rows=_LEAST_CLASS_ROWS,
            )
    return shift
