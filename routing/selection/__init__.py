"""Selection: which bins are worth driving to, and on which day."""

from routing.selection.prize import Prize, PrizeReason, PrizeRule, price_pickup
from routing.selection.terms import PLAIN_TERMS, SlotTerms

__all__ = [
    "PLAIN_TERMS",
    "Prize",
    "PrizeReason",
    "PrizeRule",
    "SlotTerms",
    "price_pickup",
]
