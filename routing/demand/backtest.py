"""What would have been said of a slot day by day, and what came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import FloatArray
from routing.demand.calendar import NO_CALENDAR, Calendar
from routing.demand.forecast import forecast_fill
from routing.demand.learned import Learned
from routing.demand.model import QUANTILES, SlotHistory
from routing.demand.people import lay_out_words
from routing.demand.reading import read_hours

_AHEAD_H = np.arange(1.0, 25.0)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SlotBacktest:
    """Forecasts of a day ahead beside what came, where nobody emptied in between.

    Parameters
    ----------
    made_h, for_h
        (k,) when each was made, and for when; hours since 1970-01-01 UTC.
    said
        (q, k) fills at ``QUANTILES``.
    came
        (k,) fill that was measured or seen.
    """

    slot_id: int
    made_h: FloatArray
    for_h: FloatArray
    said: FloatArray
    came: FloatArray

    @property
    def mean_absolute_error(self) -> float | None:
        """Mean distance of what came from the medians; None where nothing came."""
        if not len(self.came):
            return None
        return float(np.abs(self.came - self.said[QUANTILES.index(0.5)]).mean())

    @property
    def coverage_90(self) -> float | None:
        """Share of what came that lay within nine tenths; None where nothing came."""
        if not len(self.came):
            return None
        return float(
            ((self.came >= self.said[0]) & (self.came <= self.said[-1])).mean()
        )


def backtest(
    histories: Sequence[SlotHistory],
    *,
    now_h: float,
    utc_offset_h: float,
    days: int = 28,
    calendar: Calendar = NO_CALENDAR,
    learned: Learned | None = None,
) -> list[SlotBacktest]:
    """Forecast each of the last days as it would have been, and look what came.

    Parameters
    ----------
    histories
        As for a forecast; older than the first of the days by some weeks.
    learned
        Flatters itself if it was learned from these very days.
    """
    came = [_what_came(each, now_h) for each in histories]
    rows: list[list[tuple[float, float, FloatArray, float]]] = [[] for _ in histories]
    for made_h in now_h - 24.0 * np.arange(days, 0, -1):
        forecasts = forecast_fill(
            [_until(each, float(made_h)) for each in histories],
            now_h=float(made_h),
            horizon_h=_AHEAD_H,
            utc_offset_h=utc_offset_h,
            calendar=calendar,
            learned=learned,
        )
        for i, (history, forecast) in enumerate(zip(histories, forecasts, strict=True)):
            seen = _last_seen(came[i], history, float(made_h))
            if seen is not None:
                for_h, fill = seen
                ahead = int(np.ceil(for_h - made_h)) - 1
                said = forecast.fill_quantiles[:, ahead]
                rows[i].append((float(made_h), for_h, said, fill))
    return [_collect(h, each) for h, each in zip(histories, rows, strict=True)]


def _what_came(history: SlotHistory, now_h: float) -> tuple[FloatArray, FloatArray]:
    """(k,) hours and fills, in hindsight."""
    _, hours = read_hours(history, now_h=now_h)
    hours = hours or lay_out_words(history, None, now_h=now_h)
    if hours is None:
        return np.empty(0), np.empty(0)
    known = np.flatnonzero(np.isfinite(hours.smoothed))
    at_h: FloatArray = hours.first_hour + known.astype(np.float64) + 0.5
    return at_h, hours.smoothed[known]


def _last_seen(
    came: tuple[FloatArray, FloatArray], history: SlotHistory, made_h: float
) -> tuple[float, float] | None:
    """Return the last fill of the day after, unless it was emptied before that."""
    at_h, fill = came
    is_then = (at_h > made_h) & (at_h <= made_h + _AHEAD_H[-1])
    if not is_then.any():
        return None
    for_h = float(at_h[is_then][-1])
    is_emptied = (history.emptied_h > made_h) & (history.emptied_h < for_h)
    return None if is_emptied.any() else (for_h, float(fill[is_then][-1]))


def _until(history: SlotHistory, now_h: float) -> SlotHistory:
    """Cut the readings off early, which are many; the rest the forecast does."""
    is_past = history.measured_h <= now_h
    return replace(
        history,
        measured_h=history.measured_h[is_past],
        fill_fraction=history.fill_fraction[is_past],
    )


def _collect(
    history: SlotHistory, rows: list[tuple[float, float, FloatArray, float]]
) -> SlotBacktest:
    made_h, for_h, said, came = zip(*rows, strict=True) if rows else ((), (), (), ())
    return SlotBacktest(
        slot_id=history.slot_id,
        made_h=np.array(made_h, np.float64),
        for_h=np.array(for_h, np.float64),
        said=np.array(said, np.float64).reshape(-1, len(QUANTILES)).T,
        came=np.array(came, np.float64),
    )
