"""How full a slot is now: what sensor and people say, and whom to believe."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand.model import Basis, SlotHistory
from routing.demand.series import Series

_RECENT_READINGS = 5
_RECENT_H = 24.0
_SENSOR_DEVIATION = 0.03  # what is left of calibration and surface when noise is gone
_EMPTIED_DEVIATION = 0.04
_SEEN_DEVIATION = 0.10  # a driver's glance: 0, 25, 50, 75, 100 %
_CONTRADICTED_BY = 0.35  # fill between a person's word and the readings that follow
_CONTRADICTED_WITHIN_H = 12.0
_WORST_BAD_SHARE, _BAD_SHARE_RANGE = 0.15, 0.12
_STALE_H = 7 * 24.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """That a slot was this full at a time, give or take a standard deviation."""

    at_h: float
    fill: float
    deviation: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What is known of a slot's level.

    Parameters
    ----------
    said, measured
        The last word of a person, and of the sensor; None where there is none.
    quality
        0..1, how clean the sensor is; 1/2 where only people's word counts.
    """

    said: Statement | None
    measured: Statement | None
    quality: float

    def basis(self, now_h: float) -> Basis:
        """Return what carries the estimate."""
        if self.measured is not None and (
            self.said is None or now_h - self.measured.at_h < _STALE_H
        ):
            return Basis.SENSOR
        return Basis.PRIOR if self.said is None else Basis.OBSERVATIONS


def weigh_evidence(
    history: SlotHistory,
    series: Series,
    *,
    emptied_h: FloatArray,
    misfit: float,
    now_h: float,
) -> Evidence:
    """Take the last word of people and of the sensor since the last emptying.

    A sensor that contradicts the person who was just there is not asked again until
    the next emptying.
    """
    said = _last_word(history, now_h=now_h)
    last_h = emptied_h[-1] if len(emptied_h) else -np.inf
    is_current = ~series.is_outlier & (series.at_h > last_h)
    at_h, fill = series.at_h[is_current], series.fill[is_current]
    if said is not None and said.at_h < last_h:
        said = None
    if said is not None and _is_contradicted(said, at_h, fill):
        return Evidence(said=said, measured=None, quality=0.5)
    measured = _last_level(at_h, fill, np.hypot(series.noise, misfit))
    quality = 0.5 if measured is None else _cleanness(series.bad_share)
    return Evidence(said=said, measured=measured, quality=quality)


def _cleanness(bad_share: float) -> float:
    """Good glass-bank sensors had a share of .01, bad ones of .06 (medians)."""
    return float(np.clip((_WORST_BAD_SHARE - bad_share) / _BAD_SHARE_RANGE, 0.0, 1.0))


def _last_word(history: SlotHistory, *, now_h: float) -> Statement | None:
    """Return the last emptying or observation; the bin is empty after an emptying."""
    emptied_h = np.asarray(history.emptied_h, dtype=np.float64)
    observed_h = np.asarray(history.observed_h, dtype=np.float64)
    observed = np.asarray(history.observed_fill, dtype=np.float64)
    emptied_h = emptied_h[emptied_h <= now_h]
    is_usable = (observed_h <= now_h) & np.isfinite(observed)
    observed_h, observed = observed_h[is_usable], observed[is_usable]
    last_emptied_h = emptied_h.max(initial=-np.inf)
    if len(observed_h) and observed_h.max() > last_emptied_h:
        i = int(observed_h.argmax())
        return Statement(
            at_h=float(observed_h[i]),
            fill=float(max(observed[i], 0.0)),
            deviation=_SEEN_DEVIATION,
        )
    if not len(emptied_h):
        return None
    return Statement(at_h=float(last_emptied_h), fill=0.0, deviation=_EMPTIED_DEVIATION)


def _is_contradicted(said: Statement, at_h: FloatArray, fill: FloatArray) -> bool:
    after_h = at_h - said.at_h
    soon = fill[(after_h > 0) & (after_h <= _CONTRADICTED_WITHIN_H)]
    if not len(soon):
        return False
    return abs(float(np.median(soon)) - said.fill) > _CONTRADICTED_BY


def _last_level(at_h: FloatArray, fill: FloatArray, error: float) -> Statement | None:
    if not len(at_h):
        return None
    is_recent = at_h > at_h[-1] - _RECENT_H
    recent = fill[is_recent][-_RECENT_READINGS:]
    recent_h = at_h[is_recent][-_RECENT_READINGS:]
    return Statement(
        at_h=float(np.median(recent_h)),
        fill=float(np.median(recent)),
        deviation=float(np.hypot(_SENSOR_DEVIATION, error)),
    )
