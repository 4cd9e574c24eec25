"""The queue of planning work, in PostgreSQL (procrastinate)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued

from backend.store.migrate import hold_lock

QUEUE = "planning"
PLAN_TASK = "plan_day"


@dataclass(frozen=True, slots=True)
class PlanQueue:
    """Where plans are asked for."""

    app: procrastinate.App

    def defer_plan(self, service_day: date | None) -> int | None:
        """Queue the planning of a day; None if that very job is waiting already."""
        task = self.app.configure_task(
            PLAN_TASK, queue=QUEUE, queueing_lock=f"plan {service_day}"
        )
        day = service_day.isoformat() if service_day else None
        try:
            return task.defer(service_day=day)
        except AlreadyEnqueued:
            return None


@contextmanager
def open_queue(database: str) -> Iterator[PlanQueue]:
    """Open the queue for asking, from synchronous code."""
    connector = procrastinate.SyncPsycopgConnector(conninfo=database)
    app = procrastinate.App(connector=connector)
    with app.open():
        yield PlanQueue(app)


def prepare_queue(database: str) -> None:
    """Make the queue's tables where they are missing."""
    connector = procrastinate.SyncPsycopgConnector(conninfo=database)
    with (
        psycopg.connect(database) as conn,
        procrastinate.App(connector=connector).open() as app,
    ):
        hold_lock(conn)
        if not app.check_connection():
            app.schema_manager.apply_schema()
