"""Which assumptions matter: what each of them costs at its worse end, alone."""

from dataclasses import dataclass
from math import hypot

from hardware.budget.assumptions import list_spans, load
from hardware.budget.lasting import Choice, last
from hardware.budget.metered import Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """How many years a number costs at its worse end."""

    path: str
    years: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Tolerance:
    """The typical years, and what the assumptions may cost, the dearest first."""

    typical_years: float
    costs: tuple[Cost, ...]

    @property
    def likely_low_years(self) -> float:
        """Take all costs off as if they were independent: by the root of squares."""
        return self.typical_years - hypot(*(each.years for each in self.costs))


def weigh(day: Day, choice: Choice) -> Tolerance:
    """Live once more for each number that has a worse end."""
    typical_years = last(day, choice, load()).mean_years
    costs = (
        Cost(path=path, years=typical_years - _years_with(path, day, choice))
        for path in dict.fromkeys(list_spans())
        if _concerns(path, choice)
    )
    dearest_first = sorted(costs, key=lambda cost: -cost.years)
    return Tolerance(typical_years=typical_years, costs=tuple(dearest_first))


def _years_with(path: str, day: Day, choice: Choice) -> float:
    return last(day, choice, load(path.__eq__)).mean_years


def _concerns(path: str, choice: Choice) -> bool:
    kind, name, *_ = path.split(".")
    mine = {
        "boards": choice.board,
        "batteries": choice.battery,
        "climates": choice.climate,
    }
    return mine.get(kind, name) == name
