"""How long to search, and who is told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import perf_counter, process_time
from typing import Literal, Protocol

_CHUNK_S = 0.02  # between two looks at the clock
_FIRST_CHUNK = 50
_CHUNKS = 500  # of a budget counted in iterations
_LEAST_CHUNK = 20  # what asking costs is little beside it


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """How hard to search: the first limit that is reached ends it.

    Parameters
    ----------
    seconds
        Of the clock: ``wall``, or ``cpu`` of this process.
    iterations
        Of ruin and recreate: the same plan on every machine, as long as ``seconds`` is
        not given or ample.
    threads
        How many searches at once. Large problems are split between them; of a small
        one's searches the best wins.
    """

    seconds: float | None = None
    iterations: int | None = None
    clock: Literal["wall", "cpu"] = "wall"
    threads: int = 1

    def __post_init__(self) -> None:
        if self.seconds is None and self.iterations is None:
            raise ValueError("budget not understood: needs seconds or iterations")
        if self.seconds is not None and not self.seconds > 0:
            raise ValueError(f"budget.seconds = {self.seconds} not understood: <= 0")
        if self.threads < 1:
            raise ValueError(f"budget.threads = {self.threads} not understood: < 1")
        if self.iterations is not None and self.iterations < 0:
            raise ValueError(
                f"budget.iterations = {self.iterations} not understood: < 0"
            )


class Progress(Protocol):
    """Told of every better plan.

    The cents fall, but for plans that serve more of the mandatory stops: these are
    better whatever they cost.
    """

    def __call__(self, *, seconds: float, cents: float, bound_cents: float) -> None:
        """Hear seconds so far, the plan's cost, and a cost no plan can be below."""


class Clock:
    """Measures the budget out, and passes better plans on."""

    def __init__(
        self,
        budget: Budget,
        *,
        progress: Progress | None,
        stop: Callable[[], bool] | None,
        bound: Callable[[int], float],
    ) -> None:
        self._now = perf_counter if budget.clock == "wall" else process_time
        self._began_s = self._now()
        self._budget, self._progress, self._stop = budget, progress, stop
        self._bound, self._lowest = cache(bound), (float("inf"), float("inf"))

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return self._now() - self._began_s

    def left_s(self) -> float:
        """Return the seconds that are left, infinite if they are not limited."""
        if self._budget.seconds is None:
            return float("inf")
        return max(0.0, self._budget.seconds - self.seconds())

    def is_stopped(self) -> bool:
        """Tell whether the caller wants no more."""
        return self._stop is not None and self._stop()

    def bound_cents(self, left: int) -> float:
        """Return a cost that no plan that leaves so many mandatory stops is below."""
        return self._bound(left)

    def hear(self, left: int, cents: float) -> None:
        """Pass a plan on if it leaves fewer mandatory stops, or costs less."""
        if self._progress is not None and (left, cents) < self._lowest:
            self._lowest = left, cents
            self._progress(
                seconds=self.seconds(), cents=cents, bound_cents=self.bound_cents(left)
            )

    def pace(self, share: float = 1.0) -> "SearchPace":
        """Return a pace that ends when this share of the whole budget is spent."""
        return SearchPace(self, self._budget, share)


class SearchPace:
    """The pace of one search, see `routing.solver.improver.improve.Pace`."""

    def __init__(self, clock: Clock, budget: Budget, share: float) -> None:
        self._clock, self._began_s = clock, clock.seconds()
        self._iterations = budget.iterations
        self._seconds: float | None = None
        if budget.seconds is not None:
            self._seconds = max(1e-9, share * budget.seconds - self._began_s)

    def spent(self, iterations: int) -> float:
        """Return the share that is spent after so many iterations."""
        if self._clock.is_stopped():
            return 1.0
        by_count = by_time = 0.0
        if self._iterations is not None:
            by_count = 1.0 if not self._iterations else iterations / self._iterations
        if self._seconds is not None:
            by_time = (self._clock.seconds() - self._began_s) / self._seconds
        return max(by_count, by_time)

    def chunk(self, iterations: int) -> int:
        """Return how many iterations to run before asking again."""
        if self._iterations is not None:
            return min(
                max(_LEAST_CHUNK, self._iterations // _CHUNKS),
                self._iterations - iterations,
            )
        spent_s = self._clock.seconds() - self._began_s
        if not iterations or spent_s <= 0:
            return _FIRST_CHUNK
        return max(1, min(4 * iterations, int(iterations / spent_s * _CHUNK_S)))

    def affordable(self, iterations: int) -> float:
        """Return how many iterations the whole budget allows, judged by the first."""
        if self._iterations is not None:
            return float(self._iterations)
        spent_s = self._clock.seconds() - self._began_s
        if self._seconds is None or not iterations:
            return 0.0
        return iterations / max(spent_s, 1e-9) * self._seconds
