"""Every week the forecasts learn from the past of all bins."""

import asyncio
import logging
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg import Connection

from backend.planning.foresee import to_history
from backend.planning.horizon import ServiceDay, to_hours
from backend.settings import Settings
from backend.store.learned import (
    LearnedRow,
    is_alone,
    load_model,
    load_tried_at,
    mark_tried,
    write_model,
)
from backend.store.overview import Organisation, load_organisation
from backend.store.planning import load_slots
from routing.demand import Learned, learn

log = logging.getLogger(__name__)

# More memory than it is worth: three months of a thousand sensors are 200 MB for a
# minute, and a year of glass banks taught no more.
PAST = timedelta(days=120)
EVERY = timedelta(days=7)
EVERY_WITHOUT = timedelta(days=1)
# By our own clock: in a demo the database's runs faster.
TURN_S = 600.0


async def keep_learning(settings: Settings) -> None:
    """Learn when it is time, until cancelled, whatever becomes of the database."""
    while True:
        try:
            await asyncio.to_thread(_learn_if_due, settings.database)
        except psycopg.Error as error:
            log.warning("learning: database lost, trying again: %s", error)
        await asyncio.sleep(TURN_S)


def _learn_if_due(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        organisation = load_organisation(conn)
        if organisation is not None and is_due(conn, organisation):
            learn_demand(conn, organisation)


def is_due(conn: Connection[Any], organisation: Organisation) -> bool:
    """Tell whether a week has passed; a day as long as nothing could be learned."""
    owner = organisation.organisation_id
    tried_at = load_tried_at(conn, owner)
    if tried_at is None:
        return True
    every = EVERY_WITHOUT if load_model(conn, owner) is None else EVERY
    return organisation.now - tried_at >= every


def learn_demand(conn: Connection[Any], organisation: Organisation) -> Learned | None:
    """Learn from all bins and keep it; None if that is too little, or others do it.

    What was learned before stays until there is something newer.
    """
    owner, now = organisation.organisation_id, organisation.now
    with conn.transaction():
        if not is_alone(conn):
            return None
        mark_tried(conn, owner, now)
        slots = load_slots(conn, owner, since=now - PAST)
        zone = ZoneInfo(organisation.time_zone)
        today = ServiceDay(day=now.astimezone(zone).date(), zone=zone)
        learned = learn(
            [to_history(each) for each in slots],
            now_h=to_hours(now),
            utc_offset_h=today.utc_offset_h(),
        )
        if learned is None:
            log.info("learning: too few readings of %d bins", len(slots))
            return None
        write_model(
            conn,
            LearnedRow(
                organisation_id=owner,
                learned_at=now,
                bin_count=learned.slots,
                example_count=learned.rows,
                model=learned.to_bytes(),
            ),
        )
    log.info("learning: %d examples of %d bins", learned.rows, learned.slots)
    return learned


def load_learned(conn: Connection[Any], organisation_id: int) -> Learned | None:
    """Load what was learned; None where nothing was, or by another version of us."""
    model = load_model(conn, organisation_id)
    if model is None:
        return None
    try:
        return Learned.from_bytes(model)
    except ValueError as error:
        # The next week's will do; until then the usual week has to.
        log.warning("learned forecast left aside: %s", error)
        return None
