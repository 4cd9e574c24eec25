"""The planning worker: takes jobs from the queue, and asks for one every morning."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Coroutine
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import procrastinate
import psycopg

from backend.planning.day import plan_next_day
from backend.planning.inputs import PlanningError
from backend.planning.jobs import PLAN_TASK, QUEUE, open_queue
from backend.planning.service_days import is_service_day
from backend.settings import Settings
from backend.store.collection_rules import load_service_days
from backend.store.overview import load_organisation
from backend.store.planning import is_planned, load_plan_at
from backend.streets import find_road_map, learn_speeds
from routing.roads import UnusableExtractError

log = logging.getLogger(__name__)

MORNING_POLL_S = 2.0
FAREWELL_S = 5.0


async def run_worker(settings: Settings, *beside: Coroutine[Any, Any, object]) -> None:
    """Work until told to stop (SIGTERM, SIGINT); `beside` runs as long."""
    connector = procrastinate.PsycopgConnector(conninfo=settings.database)
    app = procrastinate.App(connector=connector)

    @app.task(name=PLAN_TASK, queue=QUEUE)
    def plan_day(service_day: str | None) -> None:
        _plan(settings, date.fromisoformat(service_day) if service_day else None)

    async with app.open_async():
        work = app.run_worker_async(
            queues=[QUEUE], concurrency=1, install_signal_handlers=False
        )
        mornings = _watch_mornings(settings)
        await _first_of(work, mornings, *beside, _wait_for_signal())


async def _first_of(*coroutines: Coroutine[Any, Any, object]) -> None:
    """Run all until one ends, then end the others; raise what went wrong."""
    tasks = [asyncio.ensure_future(each) for each in coroutines]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    _leave_soon()
    for each in tasks:
        each.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended


async def _wait_for_signal() -> None:
    is_leaving = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, is_leaving.set)
    await is_leaving.wait()


def _leave_soon() -> None:
    """End the process even if a solver or a lost database would keep it.

    A day that was being planned is still unplanned, and asked for again.
    """
    timer = threading.Timer(FAREWELL_S, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _plan(settings: Settings, service_day: date | None) -> None:
    with psycopg.connect(settings.database, autocommit=True) as conn:
        try:
            summary = plan_next_day(conn, settings, service_day=service_day)
        except PlanningError as error:
            # The pages were told; doing the same again would fail the same.
            log.warning("no plan: %s", error)
        else:
            log.info("%s", summary)


async def _watch_mornings(settings: Settings) -> None:
    """Ask for the day's plan once its hour has come.

    By the database's clock, which in a demo is faster than cron.
    """
    asked: set[date] = set()
    while True:
        try:
            due = await asyncio.to_thread(_find_due_day, settings)
            # Once a day: a day that cannot be planned cannot be planned by asking more.
            if due is not None and due not in asked:
                await asyncio.to_thread(_learn_traffic, settings)
                await asyncio.to_thread(_ask, settings, due)
                asked.add(due)
        except psycopg.Error as error:
            log.warning("mornings: database lost, trying again: %s", error)
        await asyncio.sleep(MORNING_POLL_S)


def _find_due_day(settings: Settings) -> date | None:
    with psycopg.connect(settings.database) as conn:
        organisation = load_organisation(conn)
        if organisation is None:
            return None
        local = organisation.now.astimezone(ZoneInfo(organisation.time_zone))
        owner = organisation.organisation_id
        today = local.date()
        is_due = local.time() >= load_plan_at(conn, owner) and is_service_day(
            today, load_service_days(conn, owner)
        )
        return today if is_due and not is_planned(conn, owner, today) else None


def _learn_traffic(settings: Settings) -> None:
    """Learn how fast traffic is from the last weeks' taps, for the day to come."""
    with psycopg.connect(settings.database) as conn:
        organisation = load_organisation(conn)
        if organisation is None or settings.osrm_url:
            return
        try:
            roads = find_road_map(settings.cities, organisation.city)
        except UnusableExtractError as error:
            log.warning("traffic: %s", error)
            return
        if roads is not None:
            speeds = learn_speeds(conn, organisation, roads)
            log.info("traffic: %d factors learned", len(speeds))


def _ask(settings: Settings, day: date) -> None:
    with open_queue(settings.database) as queue:
        queue.defer_plan(day)
