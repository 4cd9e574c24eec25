"""The streets at the time of a service day."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.store.streets import SIZES, RoadClosure, load_closures, load_speeds
from routing.roads import Closure, Conditions, Limits, SpeedFactor, mean_factors

HOUR = timedelta(hours=1)


def conditions_between(
    conn: Connection[Any],
    organisation_id: int,
    *,
    begins_at: datetime,
    ends_at: datetime,
    zone: ZoneInfo,
) -> Conditions:
    """Load what is shut between two times, and the mean traffic of their hours.

    One matrix serves a day: a street that is shut for an hour of it is shut.
    """
    closures = load_closures(
        conn, organisation_id, begins_at=begins_at, ends_at=ends_at
    )
    factors = [
        SpeedFactor(
            road_class=each.road_class,
            hour=each.hour,
            factor=each.factor,
            driven_s=each.driven_s,
        )
        for each in load_speeds(conn, organisation_id)
    ]
    return Conditions(
        closures=tuple(_closure(each) for each in closures),
        speed_factor=mean_factors(factors, local_hours(begins_at, ends_at, zone)),
    )


def local_hours(begins_at: datetime, ends_at: datetime, zone: ZoneInfo) -> list[int]:
    """List the local hours of a span, one for each hour of it, begun ones too."""
    count = max(1, -(-(ends_at - begins_at) // HOUR))
    return [
        (begins_at + number * HOUR).astimezone(zone).hour for number in range(count)
    ]


def _closure(row: RoadClosure) -> Closure:
    given = {name: getattr(row, name) for name in SIZES}
    sizes = {name: size for name, size in given.items() if size is not None}
    is_point = row.lat_deg is not None and row.lon_deg is not None
    return Closure(
        way=row.way,
        at=(row.lat_deg, row.lon_deg) if is_point else None,  # type: ignore[arg-type]
        limits=Limits(**sizes) if sizes else None,
        reason=row.reason,
    )
