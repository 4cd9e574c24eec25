"""Demand: how full each bin is and will be, and how surely."""

from routing.demand.forecast import forecast_fill
from routing.demand.model import QUANTILES, Basis, SlotForecast, SlotHistory

__all__ = [
    "QUANTILES",
    "Basis",
    "SlotForecast",
    "SlotHistory",
    "forecast_fill",
]
