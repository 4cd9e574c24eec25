"""Runs, their stops, and what drivers say about them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, status

from backend.directions import Line, choose_language, tell_way
from backend.store.directions import load_way_home, load_ways
from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import Run, Stop, load_run, load_runs, load_stop, load_stops
from backend.web.database import Database

router = APIRouter(prefix="/api/v1", tags=["runs"])

NO_RUN = "there is no run {} in a plan in force"


@dataclass(frozen=True, kw_only=True, slots=True)
class RunDetail:
    """A run with its stops, in order."""

    run: Run
    stops: list[Stop]


@dataclass(frozen=True, kw_only=True, slots=True)
class StopDirections:
    """The way to one entry of a driver's list; no lines where none are known."""

    stop_id: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunDirections:
    """What a driver reads on the way, for every entry of his list in order, and home.

    Without a street map there are no lines.
    """

    run_id: int
    language: str
    stops: list[StopDirections]
    home: tuple[Line, ...]


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
        raise HTTPException(404, NO_RUN.format(run_id))
    return RunDetail(run=run, stops=load_stops(database, run_id))


@router.get("/runs/{run_id}/directions")
def show_directions(
    database: Database,
    run_id: int,
    language: Annotated[str | None, Query()] = None,
    accept_language: Annotated[str | None, Header()] = None,
) -> RunDirections:
    """Show what to do on the way, in a language: en, de, fr, es or fi."""
    if load_run(database, run_id) is None:
        raise HTTPException(404, NO_RUN.format(run_id))
    spoken = choose_language(language, accept_language)
    return RunDirections(
        run_id=run_id,
        language=spoken,
        stops=[
            StopDirections(
                stop_id=way.stop_id,
                lines=tell_way(
                    way.manoeuvres,
                    to="facility" if way.kind == "tip" else "bin",
                    language=spoken,
                ),
            )
            for way in load_ways(database, run_id)
        ],
        home=tell_way(load_way_home(database, run_id), to="depot", language=spoken),
    )


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
