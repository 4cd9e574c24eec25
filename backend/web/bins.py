"""Bins: all on the map, one in detail, one through time, its forecasts judged.

What forecasts is imported by the first request that needs it: its libraries take a
second to load.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import AwareDatetime

from backend.planning.judged import Backtest
from backend.store.bins import Bin, load_bins
from backend.store.history import (
    Decision,
    Forecast,
    History,
    load_decision,
    load_forecast,
    load_history,
    slot_exists,
)
from backend.store.hours import load_hours
from backend.store.overview import load_now
from backend.web.board import CurrentBoard
from backend.web.database import Database, require_organisation
from backend.web.geojson import BinCollection

router = APIRouter(prefix="/api/v1", tags=["bins"])

DEFAULT_SPAN = timedelta(days=14)
DEFAULT_YEAR = timedelta(days=365)
FURTHEST_AHEAD_H = 72.0


@dataclass(frozen=True, kw_only=True, slots=True)
class BinDetail:
    """One bin, what is foreseen for it and what was decided about it."""

    bin: Bin
    forecast: Forecast | None
    decision: Decision | None


@router.get("/bins.geojson", response_model=BinCollection)
def list_bins(database: Database, board: CurrentBoard) -> Response:
    """List every bin, with its fill now."""
    return Response(
        board.read(database),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


@router.get("/bins/{slot_id}")
def show_bin(database: Database, slot_id: int) -> BinDetail:
    """Show one bin with its forecast and why it is in the plan or is not."""
    bins = load_bins(database, [slot_id])
    if not bins:
        raise HTTPException(404, f"there is no bin {slot_id}")
    return BinDetail(
        bin=bins[0],
        forecast=load_forecast(database, slot_id),
        decision=load_decision(database, slot_id),
    )


@router.get("/bins/{slot_id}/history")
def show_history(
    database: Database,
    slot_id: int,
    from_at: Annotated[AwareDatetime | None, Query()] = None,
    to_at: Annotated[AwareDatetime | None, Query()] = None,
) -> History:
    """Show readings, observations and emptyings; the last 14 days unless asked."""
    start_at, end_at = _span(database, slot_id, (from_at, to_at), DEFAULT_SPAN)
    return load_history(database, slot_id, from_at=start_at, to_at=end_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """The mean fill of each hour that has a reading.

    `from_s` is in s since 1970, `hours` counts from there; `fill_permille` is null
    where the sensor had no echo.
    """

    slot_id: int
    from_s: int
    hours: list[int]
    fill_permille: list[int | None]


@router.get("/bins/{slot_id}/hours", response_model=Hours)
def show_hours(
    database: Database,
    slot_id: int,
    from_at: Annotated[AwareDatetime | None, Query()] = None,
    to_at: Annotated[AwareDatetime | None, Query()] = None,
) -> Response:
    """Show the fill by the hour; the last 365 days unless asked."""
    start_at, end_at = _span(database, slot_id, (from_at, to_at), DEFAULT_YEAR)
    hours = load_hours(database, slot_id, from_at=start_at, to_at=end_at)
    return Response(hours, media_type="application/json")


@router.get("/bins/{slot_id}/backtest")
def show_backtest(
    database: Database,
    slot_id: int,
    ahead_h: Annotated[float, Query(gt=0, le=FURTHEST_AHEAD_H)] = 24.0,
) -> Backtest:
    """Show what was foreseen for the bin in the last eight weeks, and what came."""
    from backend.planning.backtest import judge_forecasts

    organisation = require_organisation(database)
    judged = judge_forecasts(database, organisation, slot_id, ahead_h=ahead_h)
    if judged is None:
        raise HTTPException(404, f"there is no bin {slot_id}")
    return judged


def _span(
    database: Database,
    slot_id: int,
    asked: tuple[datetime | None, datetime | None],
    default: timedelta,
) -> tuple[datetime, datetime]:
    if not slot_exists(database, slot_id):
        raise HTTPException(404, f"there is no bin {slot_id}")
    from_at, to_at = asked
    end_at: datetime = to_at or load_now(database)
    start_at: datetime = from_at or end_at - default
    if start_at >= end_at:
        raise HTTPException(422, "from_at must be before to_at")
    return start_at, end_at
