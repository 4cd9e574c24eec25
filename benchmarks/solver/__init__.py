"""Public instances for the solver: read, posed, solved, judged by their own numbers."""

from benchmarks.solver.bench import main
from benchmarks.solver.instance import Instance, load

__all__ = ["Instance", "load", "main"]
