"""Demand: how full each bin is and will be, and how surely."""

from routing.demand.calendar import NO_CALENDAR, Calendar
from routing.demand.forecast import forecast_fill
from routing.demand.learned import Learned
from routing.demand.learning import learn
from routing.demand.model import QUANTILES, Basis, SlotForecast, SlotHistory

__all__ = [
    "NO_CALENDAR",
    "QUANTILES",
    "Basis",
    "Calendar",
    "Learned",
    "SlotForecast",
    "SlotHistory",
    "forecast_fill",
    "learn",
]
