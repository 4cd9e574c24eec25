"""Waste collection with landfills and lunch: Kim, Kim and Sahoo (2006)."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.solver.text import BadFileError, numbers_of, read_lines
from routing.arrays import FloatArray, IntArray

HEADER_LINES = 5  # capacity, yards a day, stops a day, lunch in s, miles an hour
COLUMNS = 8  # id, x, y, early, late, service, load, type
DEPOT, STOP, LANDFILL = range(3)
FEET_PER_MILE = 5280
LUNCH_FROM_S, LUNCH_UNTIL_S = 11 * 3600, 12 * 3600


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class KimTask:
    """An instance in feet, yards and seconds; node 0 is the depot, landfills follow.

    Parameters
    ----------
    name
        Name of the file.
    capacity_yards, day_yards, day_stops
        Of every vehicle: on board at once, and over the whole day.
    lunch_s
        How long lunch takes; it begins between 11:00 and 12:00.
    miles_per_hour
        Speed everywhere.
    landfill_count
        How many landfills.
    x_feet, y_feet, opens_s, closes_s, service_s, load_yards
        (n,) of the nodes; loads of depot and landfills are 0.
    """

    name: str
    capacity_yards: float
    day_yards: float
    day_stops: int
    lunch_s: int
    miles_per_hour: float
    landfill_count: int
    x_feet: FloatArray
    y_feet: FloatArray
    opens_s: IntArray
    closes_s: IntArray
    service_s: IntArray
    load_yards: FloatArray

    @property
    def node_count(self) -> int:
        """Return n, depot and landfills included."""
        return len(self.x_feet)

    @property
    def first_stop(self) -> int:
        """Return the node of the first stop."""
        return 1 + self.landfill_count

    def legs_feet(self, here: IntArray, there: IntArray) -> FloatArray:
        """Return the Manhattan distance from here[i] to there[i]."""
        feet: FloatArray = np.abs(self.x_feet[here] - self.x_feet[there])
        return feet + np.abs(self.y_feet[here] - self.y_feet[there])

    def legs_s(self, here: IntArray, there: IntArray) -> IntArray:
        """Return whole seconds, rounded, from here[i] to there[i]."""
        feet_per_s = self.miles_per_hour * FEET_PER_MILE / 3600
        return np.rint(self.legs_feet(here, there) / feet_per_s).astype(np.int64)


def read_kim(path: Path) -> KimTask:
    """Read an instance; nodes are put in the order depot, landfills, stops.

    Raises
    ------
    BadFileError
        Naming the line.
    """
    lines = read_lines(path)
    header = [_first_number(path, k + 1, lines[k]) for k in range(HEADER_LINES)]
    rows = _rows_of(path, lines)
    kinds = [int(row[7]) for row in rows]
    if kinds.count(DEPOT) != 1 or LANDFILL not in kinds:
        why = "expected one depot (type 0) and at least one landfill (type 2)"
        raise BadFileError(path, len(lines), why)
    order = (DEPOT, LANDFILL, STOP)
    table = np.array(sorted(rows, key=lambda row: order.index(int(row[7]))))
    return KimTask(
        name=path.stem,
        capacity_yards=header[0],
        day_yards=header[1],
        day_stops=int(header[2]),
        lunch_s=int(header[3]),
        miles_per_hour=header[4],
        landfill_count=kinds.count(LANDFILL),
        x_feet=table[:, 1],
        y_feet=table[:, 2],
        opens_s=_seconds_of_clock(table[:, 3]),
        closes_s=_seconds_of_clock(table[:, 4]),
        service_s=table[:, 5].astype(np.int64),
        load_yards=np.where(table[:, 7] == STOP, table[:, 6], 0.0),
    )


def _first_number(path: Path, line: int, text: str) -> float:
    word = re.match(r"\s*[\d.]*", text)
    return numbers_of(path, line, [word.group().strip() if word else ""])[0]


def _rows_of(path: Path, lines: list[str]) -> list[list[float]]:
    """Read the rows below the headings, whatever their tabs and quotes."""
    rows = []
    for index, text in enumerate(lines[HEADER_LINES + 1 :], start=HEADER_LINES + 2):
        words = text.replace('"', " ").split()
        if not words:
            continue
        if len(words) != COLUMNS:
            raise BadFileError(path, index, f"{len(words)} words, expected {COLUMNS}")
        row = numbers_of(path, index, words)
        if row[7] not in (DEPOT, STOP, LANDFILL):
            raise BadFileError(path, index, f"stop type {words[7]} is not 0, 1 or 2")
        rows.append(row)
    return rows


def _seconds_of_clock(clock: FloatArray) -> IntArray:
    """Turn HHMM into seconds; 1675 is 17:15, as 2100_stop.txt has it."""
    whole = clock.astype(np.int64)
    return whole // 100 * 3600 + whole % 100 * 60
