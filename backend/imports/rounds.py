"""Take in the fixed rounds that an operator drove before."""

from datetime import date
from typing import Any

from psycopg import Connection

from backend.imports.errors import BadRow, Problem
from backend.imports.evidence import MAX_CODE, RowsTaken, keep_known
from backend.imports.fields import line_of_text, whole
from backend.imports.rows import Row, parse_day, parse_weekdays, read_rows
from backend.imports.table import Columns
from backend.store.evidence import find_slots
from backend.store.fixed_rounds import FixedRound, set_fixed_rounds

MAX_EVERY_DAYS = 366
ROUNDS = Columns(
    what="bin", required=("code",), optional=("weekdays", "every_days", "from_day")
)
PARSERS = {
    "code": line_of_text(MAX_CODE),
    "weekdays": parse_weekdays,
    "every_days": whole(1, MAX_EVERY_DAYS),
    "from_day": parse_day,
}
ONE_OF_TWO = "either weekdays or every_days must be given, and not both"


def take_in_rounds(
    conn: Connection[Any], text: str, owner: int, *, today: date
) -> RowsTaken:
    """Store on which days each bin was emptied; every so many days from today."""
    file = read_rows(text, ROUNDS, PARSERS)
    known = find_slots(conn, owner, [each.values["code"] for each in file.rows])
    file = keep_known(file, known)
    good = [each for each in file.rows if _says_one(each)]
    set_fixed_rounds(
        conn,
        [_to_round(each, known[each.values["code"]], today) for each in good],
    )
    bad = [_unclear(each) for each in file.rows if not _says_one(each)]
    return RowsTaken(
        count=len(good),
        bad=tuple(sorted((*file.bad, *bad), key=lambda each: each.line)),
        unknown_columns=file.unknown_columns,
    )


def _says_one(row: Row) -> bool:
    return ("weekdays" in row.values) != ("every_days" in row.values)


def _unclear(row: Row) -> BadRow:
    problem = Problem(field="every_days", reason=ONE_OF_TWO)
    return BadRow(line=row.line, problems=(problem,))


def _to_round(row: Row, slot_id: int, today: date) -> FixedRound:
    every_days = row.values.get("every_days")
    from_day = row.values.get("from_day", today)
    return FixedRound(
        slot_id=slot_id,
        code=row.values["code"],
        weekdays=row.values.get("weekdays"),
        every_days=every_days,
        from_day=None if every_days is None else from_day,
    )
