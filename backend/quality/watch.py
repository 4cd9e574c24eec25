"""Judge readings as they come, as long as the worker runs."""

import asyncio
import logging

import psycopg

from backend.quality.judging import DEVICES_AT_ONCE, judge_pending
from backend.settings import Settings

log = logging.getLogger(__name__)

POLL_S = 1.0
"""Real time: a look at the journals costs less than being woken by every batch."""


async def keep_judging(settings: Settings) -> None:
    """Judge whatever waits, then look again."""
    while True:
        judged = 0
        try:
            judged = await asyncio.to_thread(_judge_some, settings)
        except psycopg.Error as error:
            log.warning("quality: database lost, trying again: %s", error)
        if judged < DEVICES_AT_ONCE:
            await asyncio.sleep(POLL_S)


def _judge_some(settings: Settings) -> int:
    with psycopg.connect(settings.database, autocommit=True) as conn:
        return judge_pending(conn)
