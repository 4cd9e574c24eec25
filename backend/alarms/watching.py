"""The loops beside the planning worker: look when readings come, sweep, and tell.

What the database says while nobody listens is lost; so every bin is looked at once
whenever listening begins.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg

from backend.alarms.delivering import deliver
from backend.alarms.looking import look_at_all, look_at_devices, sweep
from backend.settings import Settings

log = logging.getLogger(__name__)

GATHER_S = 0.3  # so that a burst of readings is one look
SWEEP_S = 5.0
DELIVER_S = 1.0
RECONNECT_S = 1.0

Connection = psycopg.Connection[Any]
Work = Callable[[Settings, Connection], Awaitable[None]]


@dataclass(kw_only=True, slots=True)
class News:
    """Devices that were heard since somebody looked."""

    devices: set[int] = field(default_factory=set)
    has_come: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, ear: psycopg.AsyncConnection[Any]) -> None:
        """Take what the database says, until it is lost."""
        async for notification in ear.notifies():
            said = json.loads(notification.payload)
            if said["kind"] == "readings":
                self.devices.update(said["devices"])
                self.has_come.set()

    async def gather(self, timeout_s: float) -> list[int]:
        """Wait for news; return whose, none if there were none for so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.has_come.wait(), timeout_s)
            await asyncio.sleep(GATHER_S)
        devices, self.devices = self.devices, set()
        self.has_come.clear()
        return sorted(devices)


async def watch_alarms(settings: Settings) -> None:
    """Raise, clear and tell until cancelled; a lost database is tried again."""
    await asyncio.gather(
        _keep_at_it(settings, "alarms", _look), _keep_at_it(settings, "telling", _tell)
    )


async def _keep_at_it(settings: Settings, what: str, work: Work) -> None:
    while True:
        try:
            async with _connected(settings) as conn:
                await work(settings, conn)
        except* psycopg.Error as lost:
            error = lost.exceptions[0]
            log.warning("%s: database lost, trying again: %s", what, error)
        await asyncio.sleep(RECONNECT_S)


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Connection]:
    """Lend a connection that threads work on, one after the other."""
    conn = await asyncio.to_thread(_connect, settings)
    try:
        yield conn
    finally:
        conn.close()


def _connect(settings: Settings) -> Connection:
    return psycopg.connect(settings.database, autocommit=True)


async def _look(settings: Settings, conn: Connection) -> None:
    news = News()
    ear = await psycopg.AsyncConnection.connect(settings.database, autocommit=True)
    async with ear, asyncio.TaskGroup() as group:
        await ear.execute("LISTEN ullage")
        listening = group.create_task(news.listen(ear))
        try:
            await _look_at_news(conn, news)
        finally:
            listening.cancel()


async def _look_at_news(conn: Connection, news: News) -> None:
    await asyncio.to_thread(look_at_all, conn)
    while True:
        swept_s = time.monotonic()
        while (left_s := swept_s + SWEEP_S - time.monotonic()) > 0:
            devices = await news.gather(left_s)
            await asyncio.to_thread(look_at_devices, conn, devices)
        await asyncio.to_thread(sweep, conn)


async def _tell(settings: Settings, conn: Connection) -> None:
    while True:
        await asyncio.to_thread(deliver, conn, settings)
        await asyncio.sleep(DELIVER_S)
