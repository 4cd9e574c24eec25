"""Runs, their stops, and what drivers say about them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, status

from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import Run, Stop, load_run, load_runs, load_stop, load_stops
from backend.web.database import Database

router = APIRouter(prefix="/api/v1", tags=["runs"])


@dataclass(frozen=True, kw_only=True, slots=True)
class RunDetail:
    """A run with its stops, in order."""

    run: Run
    stops: list[Stop]


@router.get("/runs")
def list_runs(
    database: Database, service_day: Annotated[date | None, Query()] = None
) -> list[Run]:
    """List the runs of a service day: of today unless asked, or the next planned."""
    return load_runs(database, service_day)


@router.get("/runs/{run_id}")
def show_run(database: Database, run_id: int) -> RunDetail:
    """Show one run with its stops."""
    run = load_run(database, run_id)
    if run is None:
        raise HTTPException(404, f"there is no run {run_id} in a plan in force")
    return RunDetail(run=run, stops=load_stops(database, run_id))


@router.post("/stops/{stop_id}/pickups", status_code=status.HTTP_200_OK)
def report_pickup(database: Database, stop_id: int, pickup: Pickup) -> Stop:
    """Store what the driver did; the same event_id twice changes nothing."""
    stop = load_stop(database, stop_id)
    if stop is None:
        raise HTTPException(404, f"there is no stop {stop_id}")
    if (pickup.outcome == "skipped") != (pickup.reason is not None):
        raise HTTPException(422, "a skipped stop needs a reason, a done one has none")
    store_pickup(database, stop_id, pickup)
    told = load_stop(database, stop_id)
    return told or stop
