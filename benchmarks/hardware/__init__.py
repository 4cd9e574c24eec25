"""The hardware's figures: `scripts/bench hardware`."""

from benchmarks.hardware.bench import main

__all__ = ["main"]
