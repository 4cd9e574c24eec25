"""From the text of a CSV to rows of values, for files that are about known bins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.imports.csv_file import read_csv
from backend.imports.errors import BadRow, Problem
from backend.imports.fields import FieldError, shorten
from backend.imports.table import Columns, RawRow

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: its line, and the values that it states."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFile:
    """A file read: rows, the rows that are none, columns that mean nothing."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]


def read_rows(text: str, columns: Columns, parsers: Mapping[str, Any]) -> RowFile:
    """Read rows from CSV, each good or bad with its reasons.

    Raises
    ------
    UnusableFileError
        If it is no CSV with the required columns, or has no rows.
    """
    table = read_csv(text, columns)
    read = [_read_row(each, columns, parsers) for each in table.rows]
    bad = [*table.bad, *(each for each in read if isinstance(each, BadRow))]
    return RowFile(
        rows=tuple(each for each in read if isinstance(each, Row)),
        bad=tuple(sorted(bad, key=lambda each: each.line)),
        unknown_columns=table.unknown_columns,
    )


def _read_row(
    raw: RawRow, columns: Columns, parsers: Mapping[str, Any]
) -> Row | BadRow:
    problems = [
        Problem(field=name, reason="is missing")
        for name in columns.required
        if name not in raw.cells
    ]
    values = {}
    for name in columns.known:
        if name in raw.cells:
            try:
                values[name] = parsers[name](raw.cells[name])
            except FieldError as error:
                problems.append(Problem(field=name, reason=str(error)))
    if problems:
        return BadRow(line=raw.line, problems=tuple(problems))
    return Row(line=raw.line, values=values)


def parse_time(text: str) -> datetime:
    """Read a time with its offset, as 2026-11-23T06:30+02:00."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise FieldError(
            f"{shorten(text)} not understood: a time with its offset is wanted, such "
            "as 2026-11-23T06:30+02:00 or 2026-11-23T04:30Z"
        )
    return at


def parse_day(text: str) -> date:
    """Read a day, as 2026-11-23."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(
            f"{shorten(text)} not understood: a day is wanted, such as 2026-11-23"
        ) from None


def parse_weekdays(text: str) -> list[int]:
    """Read weekdays, as `mon thu` or `mon-fri`; 1 is Monday."""
    found: set[int] = set()
    for word in text.lower().replace(",", " ").split():
        first, dash, last = word.partition("-")
        found |= set(range(_weekday(first), _weekday(last if dash else first) + 1))
    if not found:
        raise FieldError(f"{shorten(text)} not understood: such as mon thu, or mon-fri")
    return sorted(found)


def _weekday(word: str) -> int:
    if word[:3] not in WEEKDAYS:
        raise FieldError(
            f"{shorten(word)} not understood: known are {', '.join(WEEKDAYS)}"
        )
    return WEEKDAYS.index(word[:3]) + 1
