"""Figures of the firmware, each by a module: `scripts/bench firmware fill_error`."""

from benchmarks.firmware.bench import main

__all__ = ["main"]
