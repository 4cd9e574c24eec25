"""The digital year: what planning by forecasts saves against the best fixed rounds."""

from benchmarks.year.bench import main

__all__ = ["main"]
