"""Which day people mean when they ask for a plan, and which can be planned at all."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.planning.horizon import ServiceDay
from backend.planning.inputs import PlanningError
from backend.planning.service_days import is_service_day, next_service_day
from backend.store.collection_rules import load_service_days
from backend.store.overview import Organisation
from backend.store.planning import load_vehicles


def choose_day(conn: Connection[Any], organisation: Organisation) -> date:
    """Return today while somebody's shift goes on, else the next service day."""
    zone = ZoneInfo(organisation.time_zone)
    local = organisation.now.astimezone(zone)
    vehicles = load_vehicles(conn, organisation.organisation_id)
    is_over = all(each.shift_end_local <= local.time() for each in vehicles)
    today: date = local.date()
    service = load_service_days(conn, organisation.organisation_id)
    is_today = is_service_day(today, service) and not (is_over and vehicles)
    return today if is_today else next_service_day(today, service)


def refuse_past(service_day: ServiceDay, now: datetime) -> None:
    """Refuse a day that has ended.

    Raises
    ------
    PlanningError
        If it is over.
    """
    if service_day.at(0) + timedelta(days=1) < now:
        raise PlanningError(f"{service_day.day} is over")
