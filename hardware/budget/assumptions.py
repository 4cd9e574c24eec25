"""Everything that the budget assumes, from `hardware/budget.toml`.

A number that is a table of `typical` and `worse` is one or the other, as asked.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hardware.budget.asleep import SleepCurrent, add_up
from hardware.budget.battery import Battery
from hardware.budget.board import Board, Factor
from hardware.budget.climate import Climate
from hardware.budget.supply import Supply
from hardware.design import board
from hardware.design.placed import load_sources, place
from hardware.design.sleep import list_sleepers

FILE = Path(__file__).parents[1] / "budget.toml"
SPAN = {"typical", "worse"}
# Boards for other batteries take as much asleep.
ANY_BATTERY = "li_ion"

# Whether a number, by its path in the file (`climates.hot.sun_k`), is at its worse end.
IsWorse = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumptions:
    """What a budget is made of, beside the metered days."""

    supply: Supply
    boards: Mapping[str, Board]
    batteries: Mapping[str, Battery]
    climates: Mapping[str, Climate]


def typical(_path: str) -> bool:
    """Take every number as it is typical."""
    return False


def worse(_path: str) -> bool:
    """Take every number at its worse end, all at once."""
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Files:
    """What is read, once for all choices of ends."""

    content: Mapping[str, Any]
    board: board.Board
    asleep: Mapping[str, SleepCurrent]


@cache
def _read() -> _Files:
    sources = load_sources()
    read = board.read_board(sources.board)
    return _Files(
        content=tomllib.loads(FILE.read_text("utf-8")),
        board=read,
        asleep={
            name: add_up(
                list_sleepers(place(sources, module=name, battery=ANY_BATTERY))
            )
            for name in read.modules
        },
    )


def load(is_worse: IsWorse = typical) -> Assumptions:
    """Assume everything, each number at the end that is asked for."""
    content = _choose(_read().content, is_worse)
    return Assumptions(
        supply=Supply(**content["supply"]),
        boards={
            name: _read_board(name, each, content["asleep"])
            for name, each in content["boards"].items()
        },
        batteries={
            name: _read_battery(name, each, content["watch"])
            for name, each in content["batteries"].items()
        },
        climates={
            name: Climate(name=name, **each)
            for name, each in content["climates"].items()
        },
    )


def list_spans() -> list[str]:
    """List the paths of all numbers that have a worse end."""
    found: list[str] = []

    def note(path: str) -> bool:
        found.append(path)
        return False

    _choose(_read().content, note)
    return found


def _choose(value: Any, is_worse: IsWorse, path: str = "") -> Any:  # noqa: ANN401
    """Put one number in the place of each span; a curve has one path for all of it."""
    if isinstance(value, list):
        return [_choose(each, is_worse, path) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == SPAN:
        return value["worse" if is_worse(path) else "typical"]
    return {
        key: _choose(each, is_worse, f"{path}.{key}" if path else key)
        for key, each in value.items()
    }


def _read_battery(
    name: str, content: Mapping[str, Any], watch: Mapping[str, float]
) -> Battery:
    """Read one; when it is let go is the board's to say."""
    own = dict(content)
    of_board = _read().board.batteries[own.pop("board")]
    radio_min_v = of_board.settings["radio_min_mv"] / 1000
    return Battery(
        name=name,
        radio_min_v=radio_min_v + watch["radio_early_v"],
        cut_off_v=of_board.cut_off_v * watch["cut_off_more"],
        **own,
    )


def _read_board(
    name: str, content: Mapping[str, Any], asleep: Mapping[str, Any]
) -> Board:
    factors = {key: Factor(**each) for key, each in content["factors"].items()}
    current, more = _read().asleep[name], asleep["more"]
    return Board(
        name=name,
        title=content["title"],
        peak_ma=content["peak_ma"],
        asleep=SleepCurrent(
            behind_ua=current.behind_ua * more, straight_ua=current.straight_ua * more
        ),
        asleep_doubles_k=asleep["doubles_k"],
        factors=factors,
    )
