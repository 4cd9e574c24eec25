"""Selection: which bins are worth driving to, and on which day."""

from routing.selection.ahead import (
    LATER,
    OVERFLOW_H,
    Ahead,
    Ground,
    look_ahead,
    usual_detours,
    usual_iterations,
)
from routing.selection.outlook import Outlook, outlook_of
from routing.selection.prize import Prize, PrizeReason, PrizeRule, price_pickup
from routing.selection.sensor_value import value_of_sensors
from routing.selection.standing import is_standing
from routing.selection.terms import PLAIN_TERMS, SlotTerms

__all__ = [
    "LATER",
    "OVERFLOW_H",
    "PLAIN_TERMS",
    "Ahead",
    "Ground",
    "Outlook",
    "Prize",
    "PrizeReason",
    "PrizeRule",
    "SlotTerms",
    "is_standing",
    "look_ahead",
    "outlook_of",
    "price_pickup",
    "usual_detours",
    "usual_iterations",
    "value_of_sensors",
]
