"""Figures of the firmware, each by a module of its name here."""

from benchmarks.firmware.bench import main

__all__ = ["main"]
