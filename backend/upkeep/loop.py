"""The worker's housekeeping: summaries all the time, partitions now and then."""

import asyncio
import logging
import time

import psycopg

from backend.settings import Settings
from backend.store.retention import Retention, keep
from backend.store.summaries import summarise_due

log = logging.getLogger(__name__)

TURN_S = 10.0
AT_ONCE = 500  # devices in a transaction
KEEP_S = 3600.0


async def keep_up(settings: Settings) -> None:
    """Work until cancelled, whatever becomes of the database."""
    kept_s = -KEEP_S
    while True:
        try:
            await asyncio.to_thread(_summarise, settings.database)
            if time.monotonic() - kept_s >= KEEP_S:
                await asyncio.to_thread(_keep, settings)
                kept_s = time.monotonic()
        except psycopg.Error as error:
            log.warning("upkeep: database lost, trying again: %s", error)
        await asyncio.sleep(TURN_S)


def _summarise(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        while summarise_due(conn, limit=AT_ONCE) == AT_ONCE:
            pass


def _keep(settings: Settings) -> None:
    retention = Retention(
        raw_days=settings.keep_raw_days,
        hourly_days=settings.keep_hourly_days,
        daily_days=settings.keep_daily_days,
        forecast_days=settings.keep_forecast_days,
    )
    with psycopg.connect(settings.database, autocommit=True) as conn:
        keep(conn, retention)
