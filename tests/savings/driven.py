"""A small city in which a day was driven by plan, and the rounds of before."""

from datetime import date, timedelta
from uuid import UUID

import psycopg

from backend.planning.day import plan_next_day
from backend.settings import Settings
from backend.store.fixed_rounds import FixedRound, set_fixed_rounds
from backend.store.founding import PastEmptying, record_past, set_clock
from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import load_runs, load_stops
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)
TUESDAY_NOON = MORNING + timedelta(days=1, hours=7)


def drive_monday(
    connection: psycopg.Connection, slots: dict[str, int], settings: Settings
) -> None:
    """Let bins gain a tenth a day since they were emptied nine days ago; T-1, nearly
    full, is emptied by plan on Monday. Afterwards it is Tuesday noon."""
    for code, slot_id in slots.items():
        emptied_at = MORNING - timedelta(days=9)
        emptied = PastEmptying(slot_id=slot_id, emptied_at=emptied_at, seen_fill=None)
        record_past(connection, [emptied])
        report_rise(
            connection,
            slot_id,
            until=MORNING,
            hours=9 * 24,
            from_fill=0.0,
            to_fill=0.99 if code == "T-1" else 0.15,
        )
    plan_next_day(connection, settings, service_day=MONDAY)
    for run in load_runs(connection, MONDAY):
        for stop in load_stops(connection, run.run_id):
            tap = Pickup(
                event_id=UUID(int=stop.stop_id),
                outcome="done",
                happened_at=stop.depart_at,
            )
            store_pickup(connection, stop.stop_id, tap)
    set_clock(connection, shown_at=TUESDAY_NOON, speed=1.0)


def set_rounds(
    connection: psycopg.Connection,
    slots: dict[str, int],
    *,
    every_days: int = 1,
    from_day: date = MONDAY,
) -> None:
    """Say that the bins were emptied every so many days."""
    set_fixed_rounds(
        connection,
        [
            FixedRound(
                slot_id=slot_id,
                code=code,
                weekdays=None,
                every_days=every_days,
                from_day=from_day,
            )
            for code, slot_id in slots.items()
        ],
    )
