"""The savings ledger: a month beside the same month on the fixed rounds of before."""

from backend.savings.period import SavingsError, last_month, month_of
from backend.savings.reckoning import reckon_month
from backend.savings.watching import keep_savings

__all__ = [
    "SavingsError",
    "keep_savings",
    "last_month",
    "month_of",
    "reckon_month",
]
