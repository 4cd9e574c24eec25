"""Demand: how full each bin is and will be, how surely, what emptying is worth."""

from routing.demand.forecast import forecast_fill
from routing.demand.model import QUANTILES, Basis, SlotForecast, SlotHistory
from routing.demand.prize import Prize, PrizeReason, PrizeRule, price_pickup

__all__ = [
    "QUANTILES",
    "Basis",
    "Prize",
    "PrizeReason",
    "PrizeRule",
    "SlotForecast",
    "SlotHistory",
    "forecast_fill",
    "price_pickup",
]
