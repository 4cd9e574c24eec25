"""How long a board lasts on a battery, in a climate, doing what it is asked to."""

from dataclasses import dataclass

from hardware.budget.assumptions import Assumptions, load, worse
from hardware.budget.battery import Battery
from hardware.budget.board import Board, translate
from hardware.budget.climate import Climate
from hardware.budget.life import Lives, live_anywhen
from hardware.budget.metered import Day
from hardware.budget.names import pick
from hardware.budget.supply import draw_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a budget is asked about, by the names of `hardware/budget.toml`."""

    board: str = "esp32"
    battery: str = "li_ion"
    climate: str = "mild"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The years of a battery.

    Parameters
    ----------
    day
        What the bin is asked to do.
    typical_years
        In the mean of the twelve months in which it may be fitted.
    low_years
        With every number at its worse end at once, from the worst of these months on.
    ended_by, lowest_v
        What ends the shortest of the typical lives, and the lowest voltage under the
        radio's peak before that.
    """

    day: str
    choice: Choice
    typical_years: float
    low_years: float
    ended_by: str
    lowest_v: float


class Budget:
    """Both estimates; reads its assumptions once."""

    def __init__(self) -> None:
        self.typical, self.low = load(), load(worse)

    def answer(self, day: Day, choice: Choice) -> Answer:
        """Answer for a metered day; UnknownNameError for a choice that is none."""
        lives = last(day, choice, self.typical)
        return Answer(
            day=day.name,
            choice=choice,
            typical_years=lives.mean_years,
            low_years=last(day, choice, self.low).shortest.years,
            ended_by=lives.shortest.ended_by,
            lowest_v=lives.shortest.lowest_v,
        )


def last(day: Day, choice: Choice, assumptions: Assumptions) -> Lives:
    """Live the batteries of a choice to their ends."""
    board, battery, climate = find(choice, assumptions)
    draw = draw_of(
        translate(day, board),
        board,
        supply=assumptions.supply,
        beside_ua=battery.beside_ua,
    )
    return live_anywhen(draw, battery, climate)


def find(choice: Choice, assumptions: Assumptions) -> tuple[Board, Battery, Climate]:
    """Find what the names of a choice mean."""
    return (
        pick(assumptions.boards, choice.board, what="board"),
        pick(assumptions.batteries, choice.battery, what="battery"),
        pick(assumptions.climates, choice.climate, what="climate"),
    )
