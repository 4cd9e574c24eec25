"""How full a slot is now: what sensor, people and counters say, and whom to believe."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand.deposits import Counted
from routing.demand.model import Basis, SlotHistory
from routing.demand.rates import Rates
from routing.demand.series import Series, median

_RECENT_READINGS = 5
_RECENT_H = 24.0
_SENSOR_DEVIATION = 0.03  # what is left of calibration and surface when noise is gone
_EMPTIED_DEVIATION = 0.04
_SEEN_DEVIATION = 0.10  # a driver's glance: 0, 25, 50, 75, 100 %
_CONTRADICTED_BY = 0.35  # fill between a person's word and the readings that follow
_CONTRADICTED_WITHIN_H = 12.0
_WORST_BAD_SHARE, _BAD_SHARE_RANGE = 0.15, 0.12
_SETTLED = 6  # readings after an emptying
_STALE_H = 7 * 24.0
_MOST_STATEMENTS = 8
_SAYS_NOTHING = 1e6
_UNKNOWN_FILL, _UNKNOWN_DEVIATION = 0.5, 0.3  # anything between empty and full


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """That a slot was this full at a time, give or take a standard deviation."""

    at_h: float
    fill: float
    deviation: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What is known of a slot's level since it was last emptied.

    Parameters
    ----------
    said
        The emptying and what people saw and counters counted since, in order of time.
    measured
        The last word of the sensor; None where there is none.
    quality
        0..1, how clean the sensor is; 1/2 where only people's word counts.
    is_contradicted
        A person saw something else than the sensor says.
    """

    said: tuple[Statement, ...]
    measured: Statement | None
    quality: float
    is_contradicted: bool

    def basis(self, history: SlotHistory, now_h: float) -> Basis:
        """Return what carries the estimate."""
        if not history.is_sensor_trusted:
            return Basis.UNTRUSTED
        if self.measured is not None and (
            not self.said or now_h - self.measured.at_h < _STALE_H
        ):
            return Basis.SENSOR
        return Basis.OBSERVATIONS if self.said else Basis.PRIOR

    @property
    def statements(self) -> list[Statement]:
        """All of it, in order of time."""
        measured = [] if self.measured is None else [self.measured]
        return sorted([*self.said, *measured], key=lambda each: each.at_h)


def weigh_evidence(
    history: SlotHistory,
    series: Series,
    *,
    emptied_h: FloatArray,
    misfit: float,
    counted: Counted | None,
    now_h: float,
) -> Evidence:
    """Take what people and counters said since the last emptying, and the sensor.

    A sensor that contradicts the person who was just there is not asked again until
    the next emptying.
    """
    last_h = float(emptied_h[-1]) if len(emptied_h) else -np.inf
    said = _words(history, last_h=last_h, now_h=now_h)
    is_current = ~series.is_outlier & (series.at_h > last_h)
    at_h, fill = series.at_h[is_current], series.fill[is_current]
    is_contradicted = bool(said) and _is_contradicted(said[-1], at_h, fill)
    if counted is not None and counted.at_h[-1] > last_h:
        said.append(
            Statement(
                at_h=float(counted.at_h[-1]),
                fill=float(counted.fill[-1]),
                deviation=counted.deviation,
            )
        )
    measured = None
    if not is_contradicted:
        measured = _last_level(at_h, fill, float(np.hypot(series.noise, misfit)))
    if measured is not None:
        # What came since an emptying the sensor knows better than the usual week.
        said = [each for each in said if each.at_h > last_h or len(at_h) < _SETTLED]
    return Evidence(
        said=tuple(said),
        measured=measured,
        quality=0.5 if measured is None else _cleanness(series.bad_share),
        is_contradicted=is_contradicted,
    )


def levels_now(
    evidences: Sequence[Evidence], rates: Rates, *, now_h: float, utc_offset_h: float
) -> tuple[FloatArray, FloatArray]:
    """Carry what is known to now, statement by statement (Kalman); both (n, 1).

    What comes between two statements is the usual, in doubt as the rate is.
    """
    at_h, fill, deviation = _table(evidences, now_h)
    level, variance = fill[:, :1], deviation[:, :1] ** 2
    local_h = np.column_stack([at_h, np.full(len(at_h), now_h)]) + utc_offset_h
    for i in range(at_h.shape[1]):
        gain = rates.gain(local_h[:, i : i + 1], local_h[:, i + 1 : i + 2])
        level, variance = level + gain, variance + rates.variance(gain)
        if i + 1 < at_h.shape[1]:
            trust = variance / (variance + deviation[:, i + 1 : i + 2] ** 2)
            level = level + trust * (fill[:, i + 1 : i + 2] - level)
            variance = (1 - trust) * variance
    return level, np.sqrt(variance)


def _table(
    evidences: Sequence[Evidence], now_h: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Three of (n, k): times, fills, deviations, those of each slot to the right."""
    lists = [each.statements[-_MOST_STATEMENTS:] for each in evidences]
    width = max(1, *(len(each) for each in lists))
    at_h = np.full((len(lists), width), now_h)
    fill = np.full((len(lists), width), _UNKNOWN_FILL)
    deviation = np.full((len(lists), width), _SAYS_NOTHING)
    deviation[:, 0] = _UNKNOWN_DEVIATION
    for i, each in enumerate(lists):
        if each:
            pad = width - len(each)
            at_h[i] = [each[0].at_h] * pad + [s.at_h for s in each]
            fill[i] = [each[0].fill] * pad + [s.fill for s in each]
            deviation[i] = [_SAYS_NOTHING] * pad + [s.deviation for s in each]
    return at_h, fill, deviation


def _cleanness(bad_share: float) -> float:
    """Good glass-bank sensors had a share of .01, bad ones of .06 (medians)."""
    return float(np.clip((_WORST_BAD_SHARE - bad_share) / _BAD_SHARE_RANGE, 0.0, 1.0))


def _words(history: SlotHistory, *, last_h: float, now_h: float) -> list[Statement]:
    """Return a person's emptying, after which a bin is empty, and what was seen since.

    An observation at the time of the emptying was before it.
    """
    known_h = history.emptied_h[history.emptied_h <= now_h]
    words = []
    if len(known_h):
        words.append(
            Statement(at_h=float(known_h.max()), fill=0.0, deviation=_EMPTIED_DEVIATION)
        )
    observed_h, observed = history.observed_h, history.observed_fill
    is_usable = (observed_h > last_h) & (observed_h <= now_h) & np.isfinite(observed)
    deviation = history.observed_deviation
    if deviation is None:
        deviation = np.full(len(observed), _SEEN_DEVIATION)
    order = np.flatnonzero(is_usable)[np.argsort(observed_h[is_usable], kind="stable")]
    words.extend(
        Statement(
            at_h=float(observed_h[i]),
            fill=max(float(observed[i]), 0.0),
            deviation=max(float(np.nan_to_num(deviation[i], nan=0.3)), 0.02),
        )
        for i in order
    )
    return words


def _is_contradicted(said: Statement, at_h: FloatArray, fill: FloatArray) -> bool:
    after_h = at_h - said.at_h
    soon = fill[(after_h > 0) & (after_h <= _CONTRADICTED_WITHIN_H)]
    if not len(soon):
        return False
    return abs(median(soon) - said.fill) > _CONTRADICTED_BY


def _last_level(at_h: FloatArray, fill: FloatArray, error: float) -> Statement | None:
    if not len(at_h):
        return None
    is_recent = at_h > at_h[-1] - _RECENT_H
    recent = fill[is_recent][-_RECENT_READINGS:]
    recent_h = at_h[is_recent][-_RECENT_READINGS:]
    return Statement(
        at_h=median(recent_h),
        fill=median(recent),
        deviation=float(np.hypot(_SENSOR_DEVIATION, error)),
    )
