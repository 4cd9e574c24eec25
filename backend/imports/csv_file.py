"""CSV with a header, comma or semicolon, one line a row.

No cell may hold a line break: so a quote that is never closed costs its own line and
not the rest of the file, and a row's number is the line an editor shows.
"""

import csv

from backend.imports.errors import BadRow, Problem, UnusableFileError
from backend.imports.table import (
    Columns,
    RawRow,
    Table,
    list_unknown,
    normalise_column,
    require_columns,
)

DELIMITERS = ",;"


def read_csv(text: str, known: Columns) -> Table:
    """Read a table from CSV.

    Raises
    ------
    UnusableFileError
        If there is no header that names the required columns, or nothing below it.
    """
    lines = [
        (number, line)
        for number, line in enumerate(_split_lines(text), start=1)
        if line.strip(DELIMITERS + " \t")
    ]
    if not lines:
        raise UnusableFileError("is empty")
    delimiter, columns = _read_header(lines[0][1], known)
    if len(lines) == 1:
        raise UnusableFileError("has a header and no rows")
    read = [
        _read_row(line, number=number, columns=columns, delimiter=delimiter)
        for number, line in lines[1:]
    ]
    return Table(
        row_word="line",
        rows=tuple(each for each in read if isinstance(each, RawRow)),
        bad=tuple(each for each in read if isinstance(each, BadRow)),
        unknown_columns=list_unknown(known, (name for name in columns if name)),
    )


def _split_lines(text: str) -> list[str]:
    # str.splitlines() also breaks at form feeds and the like, which editors do not.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _read_header(line: str, known: Columns) -> tuple[str, list[str]]:
    try:
        candidates = {each: _read_columns(line, each) for each in DELIMITERS}
    except csv.Error as error:
        raise UnusableFileError(f"is not CSV: its header has {error}") from error
    names = set(known.known)
    delimiter = max(DELIMITERS, key=lambda each: len(names & {*candidates[each]}))
    columns = candidates[delimiter]
    if not names & set(columns):
        raise UnusableFileError(
            "is neither GeoJSON nor CSV with a header: its first line must name the "
            f"columns {', '.join(known.required)}"
        )
    require_columns(known, columns)
    for name in known.known:
        if columns.count(name) > 1:
            raise UnusableFileError(f"has the column {name} twice")
    return delimiter, columns


def _read_columns(line: str, delimiter: str) -> list[str]:
    return [normalise_column(name) for name in _split_cells(line, delimiter)]


def _split_cells(line: str, delimiter: str) -> list[str]:
    (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
    return cells


def _read_row(
    line: str, *, number: int, columns: list[str], delimiter: str
) -> RawRow | BadRow:
    try:
        cells = [cell.strip() for cell in _split_cells(line, delimiter)]
    except csv.Error:
        return _bad(number, 'a quote (") is not closed on this line')
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    if len(cells) != len(columns):
        return _bad(
            number,
            f"{len(cells)} cells where the header has {len(columns)}: "
            f"put text that holds a {delimiter} in quotes",
        )
    named = zip(columns, cells, strict=True)
    return RawRow(line=number, cells={name: cell for name, cell in named if cell})


def _bad(number: int, reason: str) -> BadRow:
    return BadRow(line=number, problems=(Problem(field="row", reason=reason),))
