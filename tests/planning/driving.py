"""Drive a planned day, tap by tap."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg

from backend.planning.day import plan_next_day
from backend.planning.saving import PlanningSummary
from backend.settings import Settings
from backend.store.founding import set_clock
from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import Run, Stop, load_runs, load_stops
from tests.services.city import MORNING

MONDAY = date(2026, 11, 23)
SIX = MORNING + timedelta(minutes=30)
EIGHT = SIX + timedelta(hours=2)


def lists(connection: psycopg.Connection) -> dict[str, list[Stop]]:
    """The drivers' lists of the day, by vehicle."""
    return {run.vehicle: load_stops(connection, run.run_id) for run in runs(connection)}


def runs(connection: psycopg.Connection) -> list[Run]:
    return load_runs(connection, MONDAY)


def plan_again(connection: psycopg.Connection, settings: Settings) -> PlanningSummary:
    return plan_next_day(connection, settings, service_day=MONDAY)


def tap(
    connection: psycopg.Connection,
    stop: Stop,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    fill_fraction: float | None = None,
) -> UUID:
    """Say that a stop is done, or why it is skipped."""
    event_id = uuid4()
    pickup = Pickup(
        event_id=event_id,
        outcome="skipped" if reason else "done",
        reason=reason,
        fill_fraction=fill_fraction,
        happened_at=at or stop.depart_at,
    )
    store_pickup(connection, stop.stop_id, pickup)
    return event_id


def drive_until(connection: psycopg.Connection, at: datetime) -> None:
    """Let every driver do on time what is due by then, and set the clock to it."""
    for stops in lists(connection).values():
        for stop in stops:
            if stop.status == "planned" and stop.depart_at <= at:
                tap(connection, stop)
    set_clock(connection, shown_at=at, speed=1.0)


def still_open(stops: Sequence[Stop]) -> list[Stop]:
    return [each for each in stops if each.status == "planned"]


def ended(stops: Sequence[Stop]) -> list[Stop]:
    return [each for each in stops if each.status != "planned"]


def pickups(stops: Sequence[Stop]) -> list[Stop]:
    return [each for each in stops if each.kind == "pickup"]


def codes(stops: Sequence[Stop]) -> list[str | None]:
    return [each.code for each in stops if each.kind == "pickup"]
