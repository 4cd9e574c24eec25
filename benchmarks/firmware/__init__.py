"""The firmware's figures: `scripts/bench firmware`, or one module's: `… fill_error`."""

from benchmarks.firmware.bench import main

__all__ = ["main"]
