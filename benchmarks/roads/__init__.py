"""How good the roads are: on any OSM extract, beside the law, SciPy and OSRM."""

from benchmarks.roads.bench import main

__all__ = ["main"]
