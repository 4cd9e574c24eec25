"""A day of a town's collection: made from a seed, the same on every machine."""

from benchmarks.day.morning import Morning, make_morning
from benchmarks.day.noon import Noon, look_at_noon

__all__ = ["Morning", "Noon", "look_at_noon", "make_morning"]
