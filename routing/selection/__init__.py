"""Selection: which bins are worth driving to, and on which day."""

from routing.selection.ahead import LATER, Ahead, Ground, look_ahead, usual_detours
from routing.selection.outlook import Outlook, outlook_of
from routing.selection.prize import Prize, PrizeReason, PrizeRule, price_pickup
from routing.selection.sensor_value import value_of_sensors
from routing.selection.standing import is_standing
from routing.selection.terms import PLAIN_TERMS, SlotTerms

__all__ = [
    "LATER",
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
    "value_of_sensors",
]
