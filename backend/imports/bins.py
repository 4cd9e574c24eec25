"""From the text of a file to bins: each row good, or bad with its reasons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backend.imports.csv_file import read_csv
from backend.imports.errors import BadRow, Problem, UnusableFileError
from backend.imports.fields import FieldError, Parse, Value, parsers_for, shorten
from backend.imports.geojson_file import read_geojson
from backend.imports.table import BINS, RawRow
from backend.store.imports import BinRow

#: what may stand in a file once only
UNIQUE = ("code", "device")
LEAST_SPAN_KG = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class BinFile:
    """A file read: the bins, the rows that are none, columns that mean nothing."""

    rows: tuple[BinRow, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]


def decode(data: bytes) -> str:
    """Read UTF-8, with or without a byte order mark.

    Raises
    ------
    UnusableFileError
        If it is something else.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFileError(
            f"is not UTF-8 text (byte {error.start + 1}): save it as CSV UTF-8 or "
            "GeoJSON"
        ) from error


def read_bins(text: str, *, streams: Collection[str]) -> BinFile:
    """Read bins from CSV or GeoJSON, told apart by the first character.

    Raises
    ------
    UnusableFileError
        If it is neither, empty, or lacks a required column.
    """
    is_json = text.lstrip().startswith(("{", "["))
    table = read_geojson(text) if is_json else read_csv(text, BINS)
    parsers = parsers_for(streams)
    seen: dict[tuple[str, str], str] = {}
    named = ((each, f"{table.row_word} {each.line}") for each in table.rows)
    read = [
        _read_row(each, place=place, parsers=parsers, seen=seen)
        for each, place in named
    ]
    bad = [*table.bad, *(each for each in read if isinstance(each, BadRow))]
    return BinFile(
        rows=tuple(each for each in read if isinstance(each, BinRow)),
        bad=tuple(sorted(bad, key=lambda each: each.line)),
        unknown_columns=table.unknown_columns,
    )


def _read_row(
    raw: RawRow,
    *,
    place: str,
    parsers: Mapping[str, Parse],
    seen: dict[tuple[str, str], str],
) -> BinRow | BadRow:
    values: dict[str, Any] = {}
    problems = [
        Problem(field=name, reason="is missing")
        for name in BINS.required
        if name not in raw.cells
    ]
    for name, parse in parsers.items():
        if name in raw.cells:
            try:
                values[name] = parse(raw.cells[name])
            except FieldError as error:
                problems.append(Problem(field=name, reason=str(error)))
    problems += _find_duplicates(raw, place, seen=seen)
    problems += _judge_calibration(raw, values)
    if problems:
        return BadRow(line=raw.line, problems=tuple(problems))
    return BinRow(line=raw.line, **values)


def _find_duplicates(
    raw: RawRow, place: str, *, seen: dict[tuple[str, str], str]
) -> list[Problem]:
    """Name what stood in the file before, and remember what did not."""
    problems = []
    for name in UNIQUE:
        if name not in raw.cells:
            continue
        first = seen.setdefault((name, raw.cells[name]), place)
        if first != place:
            reason = f"{shorten(raw.cells[name])} is on {first} already"
            problems.append(Problem(field=name, reason=reason))
    return problems


def _judge_calibration(raw: RawRow, values: Mapping[str, Value]) -> list[Problem]:
    """Say what is wrong with what empty and full measure, or weigh."""
    problems = []
    for empty, full in (("empty_mm", "full_mm"), ("empty_kg", "full_kg")):
        given = {empty, full} & raw.cells.keys()
        if len(given) == 1:
            missing = ({empty, full} - given).pop()
            reason = f"is missing: {empty} and {full} come together"
            problems.append(Problem(field=missing, reason=reason))
    empty_mm, full_mm = values.get("empty_mm"), values.get("full_mm")
    if isinstance(empty_mm, int) and isinstance(full_mm, int) and empty_mm <= full_mm:
        reason = f"{empty_mm} must be more than full_mm, {full_mm}: both are distances"
        problems.append(Problem(field="empty_mm", reason=f"{reason} from the sensor"))
    empty_kg, full_kg = values.get("empty_kg"), values.get("full_kg")
    if (
        isinstance(empty_kg, float)
        and isinstance(full_kg, float)
        and empty_kg + LEAST_SPAN_KG > full_kg
    ):
        reason = f"{full_kg:g} must be 1 more than empty_kg, {empty_kg:g}, at least"
        problems.append(Problem(field="full_kg", reason=reason))
    return problems
