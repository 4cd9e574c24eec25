"""How long to search, and who is told."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from routing.solver.ruin import Pace

Progress = Callable[[float, float], None]
"""Told (seconds so far, cents of the best plan so far) at every better plan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """How hard to search.

    Parameters
    ----------
    budget_s
        Wall seconds, all of which are used.
    solution_limit
        Stop after so many solutions, None for no such limit.
    heard
        Told the cents of every better plan.
    """

    budget_s: float
    seed: int
    solution_limit: int | None
    heard: Callable[[float], None]


class Clock:
    """Measures out the budget, and passes on better plans."""

    def __init__(
        self, budget_s: float, iteration_limit: int | None, progress: Progress | None
    ) -> None:
        self.started_s = perf_counter()
        self.budget_s, self.iteration_limit = budget_s, iteration_limit
        self.progress, self.lowest_cents = progress, float("inf")
        self.iterations = 0

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return perf_counter() - self.started_s

    def left_s(self) -> float:
        """Return what is left of the budget."""
        return self.budget_s - self.seconds()

    def left(self, share: float) -> float:
        """Return what is left of a share of the whole budget."""
        return max(0.0, share - self.seconds() / self.budget_s)

    def phase(self, share: float) -> Pace:
        """Start a phase that may take a share of the whole budget."""
        started_s, limit = self.seconds(), self.iteration_limit

        def spent(iteration: int) -> float:
            self.iterations += iteration > 0
            by_time = (self.seconds() - started_s) / max(self.budget_s * share, 1e-9)
            if limit is None or by_time >= 1:
                return by_time
            return iteration / limit

        return spent

    def hear(self, cents: float) -> None:
        """Pass a plan on if it is the best so far."""
        if self.progress is not None and cents < self.lowest_cents:
            self.lowest_cents = cents
            self.progress(self.seconds(), cents)
