"""What the budget says, in words and tables, as the documentation has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

from hardware.budget.board import translate
from hardware.budget.lasting import Answer, Budget, Choice
from hardware.budget.metered import Day, find_day
from hardware.budget.tolerance import Tolerance, weigh

# 15 minutes and 6 reports a day, on one 18650: what bins are sold with.
USUAL, HOURLY = "6 reports a day", "hourly reports"
SHOWN_COSTS = 12


class Report:
    """Answers from metered days, both estimates of each."""

    def __init__(self, days: Mapping[str, Day], budget: Budget) -> None:
        self._days, self._budget = days, budget
        self._boards = budget.typical.boards
        self._batteries = budget.typical.batteries
        self._climates = budget.typical.climates

    def answers(self, day_name: str) -> list[Answer]:
        """Answer for every board, battery and climate."""
        day = self._day(day_name)
        return [
            self._budget.answer(
                day, Choice(board=board, battery=battery, climate=climate)
            )
            for board, battery, climate in product(
                self._boards, self._batteries, self._climates
            )
        ]

    def claim(self) -> str:
        """Say what one 18650 does, climate by climate, and with all tolerances."""
        found = {name: self.tolerance(name) for name in self._climates}
        first, *others = (
            f"{each.typical_years:.1f}{{}} in {self._climates[name].title}"
            for name, each in found.items()
        )
        typical = [first.format(" years on one 18650"), *(o.format("") for o in others)]
        low = [f"{each.likely_low_years:.1f}" for each in found.values()]
        return (
            f"{', '.join(typical)}, at 15 minutes and 6 reports a day"
            f" (with tolerances {', '.join(low)})"
        )

    def tolerance(self, climate: str) -> Tolerance:
        """Weigh the assumptions behind the claim."""
        return weigh(self._day(USUAL), Choice(climate=climate))

    def years_table(self, day_name: str) -> str:
        """Write the years of every board and battery, climate by climate."""
        answers = iter(self.answers(day_name))
        headings = ["board", "battery", *(c.title for c in self._climates.values())]
        rows = (
            [
                self._boards[board].title,
                self._batteries[battery].title,
                *(self._years(next(answers)) for _ in self._climates),
            ]
            for board, battery in product(self._boards, self._batteries)
        )
        return _table(headings, rows)

    def days_table(self) -> str:
        """Write what each day takes, and the years on an ESP32 in a mild climate."""
        titles = [each.title for each in self._batteries.values()]
        rows = (
            [
                day.name,
                f"{day.mah:.2f}",
                *(
                    self._years(self._budget.answer(day, Choice(battery=name)))
                    for name in self._batteries
                ),
            ]
            for day in self._days.values()
        )
        return _table(["asked for", "mAh/day, metered", *titles], rows)

    def shown(self) -> str:
        """Write what the picture shows."""
        boards = self._boards.values()
        days = [
            f"{board.title}, {day.name}: {translate(day, board).mah:.2f} mAh"
            for day in map(self._day, (USUAL, HOURLY))
            for board in boards
        ]
        return "\n".join([self.years_table(USUAL), *days])

    def costs_table(self) -> str:
        """Write which assumptions matter, by what their worse ends cost."""
        columns = [self.tolerance(name).costs for name in self._climates]
        cost_years = [{cost.path: cost.years for cost in each} for each in columns]
        paths = _dearest(cost_years)
        headings = ["at its worse end", *(c.title for c in self._climates.values())]
        rows = ([f"`{path}`", *_costs(path, cost_years)] for path in paths)
        return _table(headings, rows)

    def as_json(self) -> list[dict[str, Any]]:
        """Give all answers as plain values."""
        return [asdict(each) for name in self._days for each in self.answers(name)]

    def _day(self, name: str) -> Day:
        return find_day(self._days, name)

    def _years(self, answer: Answer) -> str:
        return f"{write_years(answer, self._budget)} ({answer.low_years:.1f})"


def write_years(answer: Answer, budget: Budget) -> str:
    """Write the typical years; 15+ if the battery may not get older than that."""
    longest_years = budget.typical.batteries[answer.choice.battery].longest_years
    is_longest = answer.typical_years == longest_years
    return f"{longest_years:g}+" if is_longest else f"{answer.typical_years:.1f}"


def _dearest(cost_years: Sequence[Mapping[str, float]]) -> list[str]:
    """Pick the assumptions that cost most; one of a climate stands for all three."""
    worst: dict[str, float] = {}
    for each in cost_years:
        for path, years in each.items():
            worst[_plain(path)] = max(years, worst.get(_plain(path), 0.0))
    return sorted(worst, key=lambda path: -worst[path])[:SHOWN_COSTS]


def _costs(path: str, cost_years: Sequence[Mapping[str, float]]) -> Iterator[str]:
    for each in cost_years:
        (years,) = (years for key, years in each.items() if _plain(key) == path)
        yield f"{-years:.2f}"


def _plain(path: str) -> str:
    """Leave out which climate."""
    kind, name, *rest = path.split(".")
    return ".".join([kind, *rest] if kind == "climates" else [kind, name, *rest])


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines) + "\n"
