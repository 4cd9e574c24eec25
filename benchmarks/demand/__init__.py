"""How well fills are foreseen: real glass banks by the hour, street bins by the day."""

from benchmarks.demand.measure import main

__all__ = ["main"]
