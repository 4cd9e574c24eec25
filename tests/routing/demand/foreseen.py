"""Forecasts of made-up bins."""

import numpy as np

from routing.demand import QUANTILES, SlotForecast, SlotHistory, forecast_fill
from tests.routing.demand.bins import NOW_H, history_of

HORIZON_H = np.array([1.0, 12, 24, 48, 72])


def foresee(
    *histories: SlotHistory, now_h: float = NOW_H, horizon_h: np.ndarray = HORIZON_H
) -> list[SlotForecast]:
    return forecast_fill(histories, now_h=now_h, horizon_h=horizon_h, utc_offset_h=2.0)


def median(forecast):
    return forecast.fill_quantiles[QUANTILES.index(0.5)]


def steady(
    rate_per_day: float, *, days: float = 6, every_h: float = 1.0, **known
) -> SlotHistory:
    """Fill from empty at one rate, without noise."""
    at_h = NOW_H - np.arange(days * 24, -1e-9, -every_h)
    fill = (at_h - at_h[0]) / 24 * rate_per_day
    return history_of(measured_h=at_h, fill_fraction=fill, **known)
