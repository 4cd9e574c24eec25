"""Instance files in folders, and what several seeds of one case come to."""

import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.solver.attempt import Attempt
from benchmarks.solver.instance import Instance, is_instance

SUFFIXES = (".vrp", ".txt")


def find_files(places: Iterable[Path]) -> list[Path]:
    """Return the instance files among and below the places, folders sorted.

    Raises
    ------
    SystemExit
        If a place is not there, or holds none.
    """
    found: list[Path] = []
    for place in places:
        if place.is_file():
            found.append(place)
            continue
        inside = [each for each in place.rglob("*") if each.suffix in SUFFIXES]
        files = sorted(each for each in inside if is_instance(each))
        if not files:
            raise SystemExit(f"no instances in {place}")
        sys.stderr.write(f"{len(files)} instances in {place}\n")
        found += files
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One instance by one solver, over all its seeds."""

    solver: str
    instance: Instance
    attempts: tuple[Attempt, ...]

    @property
    def name(self) -> str:
        """Return folder and file."""
        path = self.instance.path.resolve()
        return f"{path.parent.name}/{path.stem}"

    @property
    def family(self) -> str:
        """Return kind and folder: what means are taken over."""
        return f"{self.instance.kind} in {self.instance.path.resolve().parent.name}"

    @property
    def was_tried(self) -> bool:
        """Return whether the solver can state the instance."""
        return not any(each.lacks for each in self.attempts)

    @property
    def feasible(self) -> float:
        """Return the share of seeds with a plan that breaks no rule."""
        return statistics.fmean(each.is_feasible for each in self.attempts)

    @property
    def value(self) -> float | None:
        """Return the mean value, in the published unit, if every seed has a plan."""
        if self.feasible < 1:
            return None
        return mean_of([each.value for each in self.attempts])

    @property
    def gap_pct(self) -> float | None:
        """Return how far the mean value is above the best known."""
        if self.value is None or self.instance.bks is None:
            return None
        return 100 * (self.value / self.instance.bks - 1)

    def measured(self, name: str) -> float | None:
        """Return the mean of a field of the attempts, or of a figure of their plans.

        Figures of plans only count if every seed's plan breaks no rule.
        """
        if name in ("cpu_s", "first_plan_s", "peak_mb"):
            return mean_of([getattr(each, name) for each in self.attempts])
        if self.feasible < 1:
            return None
        return mean_of([each.figures.get(name) for each in self.attempts])


def mean_of(numbers: Sequence[float | None]) -> float | None:
    """Return the mean; None if any is missing, or there are none."""
    there = [number for number in numbers if number is not None]
    if not there or len(there) < len(numbers):
        return None
    return statistics.fmean(there)
