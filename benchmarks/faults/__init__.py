"""What is lost, doubled or sent again while everything is killed."""

from benchmarks.faults.bench import main

__all__ = ["main"]
