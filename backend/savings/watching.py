"""The worker's part of the ledger: a month when it is over, and when somebody asks."""

import asyncio
import logging
from datetime import date
from typing import Any

import psycopg

from backend.planning.inputs import PlanningError
from backend.savings.period import SavingsError, last_month, month_of, today_of
from backend.savings.reckoning import reckon_month
from backend.settings import Settings
from backend.store.driven import find_first_driven_day
from backend.store.fixed_rounds import load_fixed_rounds
from backend.store.overview import Organisation, load_organisation
from backend.store.savings import (
    end_request,
    is_requested,
    request_saving,
    take_request,
)
from backend.streets import OsrmError, UnknownProfileError
from routing.roads import UnusableExtractError

log = logging.getLogger(__name__)

POLL_S = 3.0
# Reasons that asking again at once would not change.
REASONS = (
    SavingsError,
    PlanningError,
    UnusableExtractError,
    UnknownProfileError,
    OsrmError,
)


async def keep_savings(settings: Settings) -> None:
    """Work until cancelled, whatever becomes of the database."""
    while True:
        try:
            await asyncio.to_thread(_work, settings)
        except psycopg.Error as error:
            log.warning("savings: database lost, trying again: %s", error)
        await asyncio.sleep(POLL_S)


def _work(settings: Settings) -> None:
    with psycopg.connect(settings.database) as conn:
        organisation = load_organisation(conn)
        if organisation is None:
            return
        owner = organisation.organisation_id
        if _is_month_due(conn, organisation):
            request_saving(conn, owner, last_month(today_of(organisation)))
            conn.commit()
        month = take_request(conn, owner)
        if month is not None:
            trouble = _reckon(conn, settings, organisation, month)
            end_request(conn, owner, month, trouble=trouble)


def _reckon(
    conn: psycopg.Connection[Any],
    settings: Settings,
    organisation: Organisation,
    month: date,
) -> str | None:
    """Reckon a month; say why it could not be, if it could not."""
    try:
        with conn.transaction():
            saving = reckon_month(conn, settings, organisation, month)
    except REASONS as error:
        log.info("savings: %s is not reckoned: %s", month, error)
        return str(error)
    log.info("savings: %s reckoned, row %d", month, saving.saving_id)
    return None


def _is_month_due(conn: psycopg.Connection[Any], organisation: Organisation) -> bool:
    """Tell whether the month that ended can be reckoned, and never was asked for."""
    owner = organisation.organisation_id
    month = last_month(today_of(organisation))
    first = find_first_driven_day(conn, owner)
    if first is None or month_of(first) > month:
        return False
    return not is_requested(conn, owner, month) and bool(load_fixed_rounds(conn, owner))
