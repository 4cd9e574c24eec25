"""Take in what was seen of known bins, and what their counters said."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from backend.imports.errors import BadRow, Problem
from backend.imports.fields import decimal, line_of_text, one_of, whole
from backend.imports.rows import Row, RowFile, parse_time, read_rows
from backend.imports.table import Columns
from backend.store.evidence import (
    DepositReport,
    NewObservation,
    find_slots,
    store_deposits,
    store_observation,
)

MAX_CODE = 64
MAX_DEPOSITS = 1_000_000
MAX_FILL = 2.0
DEPOSITS = Columns(what="report", required=("code", "reported_at", "deposits"))
OBSERVATIONS = Columns(
    what="observation",
    required=("code", "observed_at", "fill_fraction"),
    optional=("source", "fill_deviation"),
)
PARSERS = {
    "code": line_of_text(MAX_CODE),
    "reported_at": parse_time,
    "observed_at": parse_time,
    "deposits": whole(0, MAX_DEPOSITS),
    "fill_fraction": decimal(0, MAX_FILL),
    "fill_deviation": decimal(0.01, 1),
    "source": one_of(("driver", "citizen", "schedule", "import")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsTaken:
    """How many rows went in, and which did not."""

    count: int
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]


def take_in_deposits(conn: Connection[Any], text: str, owner: int) -> RowsTaken:
    """Store counters' reports; the same time of a bin again corrects it."""
    file, known = _read(conn, text, owner, DEPOSITS)
    reports = [
        DepositReport(
            slot_id=known[each.values["code"]],
            reported_at=each.values["reported_at"],
            deposits=each.values["deposits"],
        )
        for each in file.rows
    ]
    store_deposits(conn, reports)
    return _taken(file)


def take_in_observations(conn: Connection[Any], text: str, owner: int) -> RowsTaken:
    """Store what was seen; without a source as an import."""
    file, known = _read(conn, text, owner, OBSERVATIONS)
    for each in file.rows:
        facts = {"source": "import"} | {**each.values}
        slot_id = known[facts.pop("code")]
        store_observation(conn, slot_id, NewObservation(**facts))
    return _taken(file)


def _read(
    conn: Connection[Any], text: str, owner: int, columns: Columns
) -> tuple[RowFile, dict[str, int]]:
    file = read_rows(text, columns, PARSERS)
    known = find_slots(conn, owner, [each.values["code"] for each in file.rows])
    return keep_known(file, known), known


def keep_known(file: RowFile, known: dict[str, int]) -> RowFile:
    """Set aside the rows of bins that nobody knows."""
    strangers = [each for each in file.rows if each.values["code"] not in known]
    return RowFile(
        rows=tuple(each for each in file.rows if each.values["code"] in known),
        bad=(*file.bad, *(_stranger(each) for each in strangers)),
        unknown_columns=file.unknown_columns,
    )


def _stranger(row: Row) -> BadRow:
    reason = f"there is no bin {row.values['code']}"
    return BadRow(line=row.line, problems=(Problem(field="code", reason=reason),))


def _taken(file: RowFile) -> RowsTaken:
    return RowsTaken(
        count=len(file.rows), bad=file.bad, unknown_columns=file.unknown_columns
    )
