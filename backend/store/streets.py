"""What is different on the streets: closures, and how fast traffic is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

from backend.store.overview import Organisation

ANY_TIME = timedelta(days=365_000)

# What a closure may limit, and a vehicle is measured by.
SIZES = ("height_m", "width_m", "length_m", "weight_t", "axle_t")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewClosure:
    """A closure to be written; without any limit nobody may drive there.

    Either `way` or the point is set.
    """

    way: int | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    weight_t: float | None = None
    axle_t: float | None = None
    reason: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoadClosure(NewClosure):
    """A closure, in force from `from_at` to `to_at` or until further notice."""

    closure_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RoadSpeed:
    """How fast traffic is on a class of road in a local hour; 1: as without traffic."""

    road_class: str
    hour: int
    factor: float
    driven_s: float
    is_set: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DrivenStop:
    """Where a vehicle was done, when, and how long it had stood there."""

    vehicle_id: int
    lat_deg: float
    lon_deg: float
    service_s: int
    done_at: datetime


ADD_CLOSURE = """
INSERT INTO road_closure (organisation_id, way, lat_deg, lon_deg, height_m, width_m,
                          length_m, weight_t, axle_t, reason, from_at, to_at)
VALUES (%(organisation_id)s, %(way)s, %(lat_deg)s, %(lon_deg)s, %(height_m)s,
        %(width_m)s, %(length_m)s, %(weight_t)s, %(axle_t)s, %(reason)s,
        coalesce(%(from_at)s, clock_now()), %(to_at)s)
RETURNING closure_id"""
CLOSURES = """
SELECT closure_id, way, lat_deg, lon_deg, height_m, width_m, length_m, weight_t, axle_t,
       reason, from_at, to_at
FROM road_closure
WHERE organisation_id = %(organisation_id)s
    AND from_at < %(ends_at)s AND (to_at IS NULL OR to_at > %(begins_at)s)
ORDER BY closure_id"""
CLOSURE = """
SELECT closure_id, way, lat_deg, lon_deg, height_m, width_m, length_m, weight_t, axle_t,
       reason, from_at, to_at
FROM road_closure WHERE closure_id = %s"""
# One that has not begun leaves no trace in any plan, so it may end before it begins.
END_CLOSURE = """
WITH begun AS (
    UPDATE road_closure SET to_at = clock_now()
    WHERE organisation_id = %(organisation_id)s AND closure_id = %(closure_id)s
        AND from_at < clock_now() AND (to_at IS NULL OR to_at > clock_now())
    RETURNING closure_id),
coming AS (
    DELETE FROM road_closure
    WHERE organisation_id = %(organisation_id)s AND closure_id = %(closure_id)s
        AND from_at >= clock_now()
    RETURNING closure_id)
SELECT closure_id FROM begun UNION ALL SELECT closure_id FROM coming"""
TELL_CLOSURE = """
SELECT pg_notify('ullage', json_build_object('kind', 'closures',
                                             'closure_id', %s::bigint)::text)"""
SPEEDS = """
SELECT road_class, hour, factor, driven_s, is_set FROM road_speed
WHERE organisation_id = %s ORDER BY road_class, hour"""
FORGET_LEARNED = "DELETE FROM road_speed WHERE organisation_id = %s AND NOT is_set"
KEEP_SPEED = """
INSERT INTO road_speed (organisation_id, road_class, hour, factor, driven_s, is_set)
VALUES (%(organisation_id)s, %(road_class)s, %(hour)s, %(factor)s, %(driven_s)s,
        %(is_set)s)
ON CONFLICT (organisation_id, road_class, hour) DO UPDATE
SET factor = EXCLUDED.factor, driven_s = EXCLUDED.driven_s, is_set = EXCLUDED.is_set,
    changed_at = clock_now()
WHERE EXCLUDED.is_set OR NOT road_speed.is_set"""
# The first stop of each run says where the drive to the second began.
DRIVEN = """
SELECT run.vehicle_id, coalesce(site.lat_deg, facility.lat_deg) AS lat_deg,
       coalesce(site.lon_deg, facility.lon_deg) AS lon_deg,
       coalesce(slot.service_s, facility.tip_s) AS service_s,
       stop_status.happened_at AS done_at
FROM stop
JOIN run USING (run_id)
JOIN plan USING (plan_id)
JOIN stop_status USING (stop_id)
LEFT JOIN slot USING (slot_id)
LEFT JOIN site USING (site_id)
LEFT JOIN facility USING (facility_id)
WHERE plan.organisation_id = %(organisation_id)s AND stop.kind IN ('pickup', 'tip')
    AND stop_status.status = 'done' AND stop_status.happened_at >= %(since)s
    AND EXISTS (SELECT FROM pickup WHERE pickup.stop_id = stop.stop_id)
ORDER BY run.vehicle_id, stop_status.happened_at"""


def add_closure(
    conn: Connection[Any], organisation_id: int, closure: NewClosure
) -> int:
    """Write a closure, tell the pages, and return its number."""
    asked = asdict(closure) | {"organisation_id": organisation_id}
    row = conn.execute(ADD_CLOSURE, asked).fetchone()
    if row is None:
        raise LookupError("the closure was not written")
    conn.execute(TELL_CLOSURE, row)
    return int(row[0])


def load_closures(
    conn: Connection[Any],
    organisation_id: int,
    *,
    begins_at: datetime,
    ends_at: datetime,
) -> list[RoadClosure]:
    """Load the closures that are in force at some time between two others."""
    asked = {
        "organisation_id": organisation_id,
        "begins_at": begins_at,
        "ends_at": ends_at,
    }
    with conn.cursor(row_factory=class_row(RoadClosure)) as cursor:
        return cursor.execute(CLOSURES, asked).fetchall()


def end_closure(conn: Connection[Any], organisation_id: int, closure_id: int) -> bool:
    """End a closure now, and tell the pages; say whether there was one to end."""
    asked = {"organisation_id": organisation_id, "closure_id": closure_id}
    ended = conn.execute(END_CLOSURE, asked).fetchone()
    if ended is not None:
        conn.execute(TELL_CLOSURE, ended)
    return ended is not None


def load_closure(conn: Connection[Any], closure_id: int) -> RoadClosure:
    """Load a closure that is there."""
    with conn.cursor(row_factory=class_row(RoadClosure)) as cursor:
        found = cursor.execute(CLOSURE, (closure_id,)).fetchone()
    if found is None:
        raise LookupError(f"there is no closure {closure_id}")
    return found


def load_closures_to_come(
    conn: Connection[Any], organisation: Organisation
) -> list[RoadClosure]:
    """Load the closures that are in force now, or will be."""
    return load_closures(
        conn,
        organisation.organisation_id,
        begins_at=organisation.now,
        ends_at=organisation.now + ANY_TIME,
    )


def load_speeds(conn: Connection[Any], organisation_id: int) -> list[RoadSpeed]:
    """Load how fast traffic is."""
    with conn.cursor(row_factory=class_row(RoadSpeed)) as cursor:
        return cursor.execute(SPEEDS, (organisation_id,)).fetchall()


def replace_learned_speeds(
    conn: Connection[Any], organisation_id: int, speeds: Sequence[RoadSpeed]
) -> None:
    """Write what was learned in the place of what was learned before."""
    conn.execute(FORGET_LEARNED, (organisation_id,))
    for each in speeds:
        set_speed(conn, organisation_id, each)


def set_speed(conn: Connection[Any], organisation_id: int, speed: RoadSpeed) -> None:
    """Write one factor; one that somebody set gives way only to another that is."""
    conn.execute(KEEP_SPEED, asdict(speed) | {"organisation_id": organisation_id})


def load_driven_stops(
    conn: Connection[Any], organisation_id: int, *, since: datetime
) -> list[DrivenStop]:
    """Load what drivers did, each vehicle's stops in the order of time."""
    asked = {"organisation_id": organisation_id, "since": since}
    with conn.cursor(row_factory=class_row(DrivenStop)) as cursor:
        return cursor.execute(DRIVEN, asked).fetchall()
