"""Selection: which bins are worth driving to, and on which day."""

from routing.selection.ahead import (
    CHANCES,
    LATER,
    OVERFLOW_H,
    Ahead,
    look_ahead,
    usual_detours,
    usual_iterations,
)
from routing.selection.ground import Ground, UsualVehicle, lay_ground
from routing.selection.outlook import (
    LEAST_DISPERSION,
    LEAST_PER_DAY,
    Outlook,
    expected_full_h,
    outlook_of,
)
from routing.selection.prize import Prize, PrizeReason, PrizeRule, price_pickup
from routing.selection.sensor_value import value_of_sensors
from routing.selection.terms import PLAIN_TERMS, SlotTerms

__all__ = [
    "CHANCES",
    "LATER",
    "LEAST_DISPERSION",
    "LEAST_PER_DAY",
    "OVERFLOW_H",
    "PLAIN_TERMS",
    "Ahead",
    "Ground",
    "Outlook",
    "Prize",
    "PrizeReason",
    "PrizeRule",
    "SlotTerms",
    "UsualVehicle",
    "expected_full_h",
    "lay_ground",
    "look_ahead",
    "outlook_of",
    "price_pickup",
    "usual_detours",
    "usual_iterations",
    "value_of_sensors",
]
