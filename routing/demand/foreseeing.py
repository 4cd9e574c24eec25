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


def apply_learned(
    learned: Learned,
    usual: Foreseen,
    *,
    fills: Fills,
    at_knots: Fills,
    horizon_h: FloatArray,
    hours: Sequence[Hours | None],
    bad_share: FloatArray,
    utc_offset_h: float,
) -> Foreseen:
    """Move the forecasts of slots with enough readings to what was learned.

    Parameters
    ----------
    fills, at_knots
        What the usual week promises, at the horizons and where was learned.
    hours
        (n,) what the sensors saw; None where none may be asked.
    """
    asked = [i for i, each in enumerate(hours) if each is not None]
    weight = np.zeros(len(hours))
    if not asked:
        return usual
    looks = np.concatenate(
        [
            look_at(each, np.array([len(each.fill) - 1]), utc_offset_h=utc_offset_h)
            for each in hours
            if each is not None
        ]
    )
    span_days = np.array([len(each.fill) / 24 for each in hours if each is not None])
    part = np.clip((span_days - _LEAST_DAYS) / (_ENOUGH_DAYS - _LEAST_DAYS), 0.0, 1.0)
    weight[asked] = np.where(np.isfinite(looks[:, 0, LEVEL]), part, 0.0)
    knots = KNOTS_H.astype(np.float64)
    beyond = np.zeros((len(hours), len(QUANTILES), len(knots)))
    said = learned.quantiles(looks, bad_share[asked])
    beyond[asked] = np.nan_to_num(said) - at_knots.mean[asked][:, None, :]
    quantiles, overflow = usual.quantiles.copy(), usual.overflow.copy()
    blend(
        quantiles,
        overflow,
        fills.mean,
        fills.deviation / at_knots.deviation[:, -1:],
        horizon_h,
        knots,
        beyond,
        weight,
        ndtri(np.array(QUANTILES)),
    )
    return Foreseen(quantiles=quantiles, overflow=overflow, weight=weight)
