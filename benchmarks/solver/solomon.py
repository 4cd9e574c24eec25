"""Solomon's text (1987), also that of Gehring and Homberger's originals."""

from pathlib import Path

import numpy as np

from benchmarks.solver.conventions import Kind
from benchmarks.solver.euclid import EuclidTask
from benchmarks.solver.text import BadFileError, numbers_of, read_lines

COLUMNS = 7  # number, x, y, demand, ready time, due date, service time


def read_solomon(path: Path) -> EuclidTask:
    """Read an instance.

    Raises
    ------
    BadFileError
        Naming the line.
    """
    lines = read_lines(path)
    vehicles, capacity = _fleet_of(path, lines)
    table = _nodes_of(path, lines)
    number, x, y, demand, opens, closes, service = np.array(table).T
    n = len(number)
    return EuclidTask(
        kind=Kind.VRPTW,
        name=lines[0].strip(),
        x=x,
        y=y,
        depot_count=1,
        demand=demand,
        service=service,
        release=np.zeros(n),
        prize=np.zeros(n),
        opens=opens,
        closes=closes,
        has_windows=True,
        capacity=np.full(vehicles, capacity),
        depot=np.zeros(vehicles, np.int64),
        max_duration=np.full(vehicles, np.inf),
        fixed_cost=np.zeros(vehicles),
        unit_cost=np.ones(vehicles),
    )


def _find(path: Path, lines: list[str], word: str) -> int:
    for index, text in enumerate(lines):
        if text.split()[:1] == [word]:
            return index
    raise BadFileError(path, len(lines), f"the heading {word} is missing")


def _fleet_of(path: Path, lines: list[str]) -> tuple[int, float]:
    index = _find(path, lines, "NUMBER") + 1
    numbers = numbers_of(path, index + 1, lines[index].split())
    if len(numbers) != 2:
        raise BadFileError(path, index + 1, "expected number and capacity of vehicles")
    return int(numbers[0]), numbers[1]


def _nodes_of(path: Path, lines: list[str]) -> list[list[float]]:
    table: list[list[float]] = []
    for index in range(_find(path, lines, "CUST") + 1, len(lines)):
        words = lines[index].split()
        if not words:
            continue
        if len(words) != COLUMNS:
            why = f"{len(words)} numbers, expected {COLUMNS}"
            raise BadFileError(path, index + 1, why)
        row = numbers_of(path, index + 1, words)
        if row[0] != len(table):
            why = f"customer {words[0]}, expected {len(table)}"
            raise BadFileError(path, index + 1, why)
        table.append(row)
    if len(table) < 2:
        raise BadFileError(path, len(lines), "no customers")
    return table
