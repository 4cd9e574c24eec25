"""The savings ledger: month by month what was, beside what fixed rounds had been."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from fastapi import APIRouter, HTTPException, Query, Response, status
from pydantic import ConfigDict

from backend.savings.period import month_of
from backend.store.driven import find_first_driven_day
from backend.store.fixed_rounds import load_fixed_rounds
from backend.store.savings import (
    RoundFigures,
    Saving,
    SavingRequest,
    load_requests,
    load_savings,
    request_saving,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["savings"])

SIDES: tuple[Literal["fixed", "driven"], ...] = ("fixed", "driven")
FIGURES = tuple(RoundFigures.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """What holds of each month, the newest first, and what is missing for more.

    `round_count` is how many bins have a fixed round to compare with; `first_day` the
    first that was driven by plan, null before it; `requests` are the months that
    somebody asked for, with why one could not be reckoned.
    """

    savings: list[Saving]
    round_count: int
    first_day: date | None
    requests: list[SavingRequest]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReckonRequest:
    """A day of the month to reckon, by the days of it that are over."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    month: date


@router.get("/savings")
def show_ledger(database: Database) -> Ledger:
    """Show the ledger. Saved is `fixed` less `driven`."""
    owner = require_organisation(database).organisation_id
    return Ledger(
        savings=load_savings(database, owner),
        round_count=len(load_fixed_rounds(database, owner)),
        first_day=find_first_driven_day(database, owner),
        requests=load_requests(database, owner),
    )


@router.post("/savings", status_code=status.HTTP_202_ACCEPTED)
def reckon(database: Database, asked: ReckonRequest) -> None:
    """Let a worker reckon a month, or anew; the ledger shows when it has."""
    owner = require_organisation(database).organisation_id
    request_saving(database, owner, month_of(asked.month))


@router.get("/savings/{month}")
def show_corrections(database: Database, month: date) -> list[Saving]:
    """Show all that was ever reckoned of a month, the newest first."""
    owner = require_organisation(database).organisation_id
    found = load_savings(database, owner, month_of(month))
    if not found:
        raise HTTPException(404, f"{month:%B %Y} was not reckoned")
    return found


@router.get("/savings.csv", responses={200: {"content": {"text/csv": {}}}})
def export_ledger(
    database: Database, by: Annotated[Literal["month", "day"], Query()] = "month"
) -> Response:
    """Export the ledger, a row a month or a day."""
    owner = require_organisation(database).organisation_id
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            *("month", "from_day", "to_day"),
            *(f"{side}_{figure}" for side in SIDES for figure in FIGURES),
            *("saving_id", "corrects_id", "made_at", "version", "inputs_sha256"),
        ]
    )
    for each in load_savings(database, owner):
        writer.writerows(_rows(each, by))
    return Response(text.getvalue(), media_type="text/csv")


def _rows(saving: Saving, by: Literal["month", "day"]) -> Iterator[list[object]]:
    proof = [
        saving.saving_id,
        saving.corrects_id,
        saving.made_at.isoformat(),
        saving.version,
        saving.inputs_sha256,
    ]
    if by == "month":
        span = [saving.month, saving.from_day, saving.to_day]
        yield [*span, *_cells(saving.fixed), *_cells(saving.driven), *proof]
        return
    for each in saving.days:
        cells = [*_cells(each.fixed), *_cells(each.driven)]
        yield [saving.month, each.day, each.day, *cells, *proof]


def _cells(figures: RoundFigures) -> list[object]:
    return list(asdict(figures).values())
