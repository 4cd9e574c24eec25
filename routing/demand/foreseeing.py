"""Blend what was learned into forecasts of the usual week."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from routing.arrays import FloatArray
from routing.demand.distribution import Fills
from routing.demand.hours import Hours
from routing.demand.inner.blending import blend
from routing.demand.learned import Learned
from routing.demand.looks import KNOTS_H, LEVEL, look_at
from routing.demand.model import QUANTILES

_LEAST_DAYS, _ENOUGH_DAYS = 3.0, 14.0  # of readings, for any and for full weight


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Foreseen:
    """Quantiles (n, q, t), P(overflow before) (n, t), and weight (n,) of learning."""

    quantiles: FloatArray
    overflow: FloatArray
    weight: FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Promised:
    """What the usual week promises: at horizons (t,) and at those that were learned."""

    fills: Fills
    at_knots: Fills
    horizon_h: FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Watched:
    """What the sensors of n slots saw; None where none may be asked."""

    hours: Sequence[Hours | None]
    bad_share: FloatArray
    utc_offset_h: float


def apply_learned(
    learned: Learned, usual: Foreseen, *, promised: Promised, watched: Watched
) -> Foreseen:
    """Move the forecasts of slots with enough readings to what was learned."""
    asked = [i for i, each in enumerate(watched.hours) if each is not None]
    seen = [each for each in watched.hours if each is not None]
    if not asked:
        return usual
    looks = np.concatenate([_look_now(each, watched.utc_offset_h) for each in seen])
    span_days = np.array([len(each.fill) / 24 for each in seen])
    part = np.clip((span_days - _LEAST_DAYS) / (_ENOUGH_DAYS - _LEAST_DAYS), 0.0, 1.0)
    weight = np.zeros(len(watched.hours))
    weight[asked] = np.where(np.isfinite(looks[:, 0, LEVEL]), part, 0.0)
    fills, at_knots = promised.fills, promised.at_knots
    beyond = np.zeros((len(weight), len(QUANTILES), len(KNOTS_H)))
    said = learned.quantiles(looks, watched.bad_share[asked])
    beyond[asked] = np.nan_to_num(said) - at_knots.mean[asked][:, None, :]
    quantiles, overflow = usual.quantiles.copy(), usual.overflow.copy()
    blend(
        quantiles,
        overflow,
        fills.mean,
        fills.deviation / at_knots.deviation[:, -1:],
        promised.horizon_h,
        KNOTS_H.astype(np.float64),
        beyond,
        weight,
        ndtri(np.array(QUANTILES)),
    )
    return Foreseen(quantiles=quantiles, overflow=overflow, weight=weight)


def _look_now(hours: Hours, utc_offset_h: float) -> FloatArray:
    """(1, knots, features) at the last hour."""
    return look_at(hours, np.array([len(hours.fill) - 1]), utc_offset_h=utc_offset_h)
