"""What became of a day's plan so far: the lists of its runs, and the drivers' words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

from backend.store.bins import StopStatus
from backend.store.runs import StopKind


@dataclass(frozen=True, kw_only=True, slots=True)
class StopSoFar:
    """An entry of a driver's list, and what became of it.

    Litres and kilograms are those that the driver saw, where he said so. `reached_at`
    is when he first said what still holds; a later correction does not move him.
    """

    vehicle_id: int
    origin_stop_id: int
    kind: StopKind
    slot_id: int | None
    facility_id: int | None
    stream: str | None
    lat_deg: float | None
    lon_deg: float | None
    arrive_at: datetime
    depart_at: datetime
    leg_drive_s: int
    volume_l: float
    mass_kg: float
    load_l: int
    load_kg: int
    status: StopStatus
    reached_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RunSoFar:
    """A run in force."""

    vehicle_id: int
    plan_id: int
    starts_at: datetime
    ends_at: datetime


RUNS = """
SELECT run.vehicle_id, run.plan_id, run.starts_at, run.ends_at
FROM run JOIN plan USING (plan_id)
WHERE plan.organisation_id = %s AND plan.service_day = %s AND plan.replaced_at IS NULL
ORDER BY run.vehicle_id"""

STOPS = """
SELECT run.vehicle_id, coalesce(stop.origin_stop_id, stop.stop_id) AS origin_stop_id,
       stop.kind, stop.slot_id, stop.facility_id, slot.stream,
       coalesce(site.lat_deg, facility.lat_deg) AS lat_deg,
       coalesce(site.lon_deg, facility.lon_deg) AS lon_deg,
       stop.arrive_at, stop.depart_at, stop.leg_drive_s,
       coalesce(last_word.fill_fraction * container.volume_l, stop.volume_l)
           AS volume_l,
       coalesce(last_word.fill_fraction * container.volume_l * stream.density_kg_per_l,
                stop.mass_kg) AS mass_kg,
       stop.load_l, stop.load_kg, stop_status.status, said.reached_at
FROM list_stops(%(service_day)s) AS listed
JOIN run ON run.run_id = listed.run_id
JOIN plan USING (plan_id)
JOIN stop ON stop.stop_id = listed.stop_id
JOIN stop_status ON stop_status.stop_id = stop.stop_id
LEFT JOIN slot USING (slot_id)
LEFT JOIN stream USING (stream)
LEFT JOIN container
    ON container.slot_id = stop.slot_id AND container.to_at IS NULL
LEFT JOIN site USING (site_id)
LEFT JOIN facility USING (facility_id)
LEFT JOIN last_word
    ON last_word.origin_stop_id = coalesce(stop.origin_stop_id, stop.stop_id)
    AND last_word.vehicle_id = run.vehicle_id
LEFT JOIN LATERAL (
    SELECT min(tap.happened_at) FILTER (WHERE tap.recorded_at > tap.taken_back_at)
        AS reached_at
    FROM (
        SELECT pickup.happened_at, pickup.recorded_at,
               coalesce(max(pickup.recorded_at)
                   FILTER (WHERE pickup.reason = 'tapped by mistake') OVER (),
                   '-infinity') AS taken_back_at
        FROM pickup
        JOIN stop AS tapped USING (stop_id)
        JOIN run AS driven ON driven.run_id = tapped.run_id
        WHERE coalesce(tapped.origin_stop_id, tapped.stop_id)
                = coalesce(stop.origin_stop_id, stop.stop_id)
            AND driven.vehicle_id = run.vehicle_id) AS tap) AS said ON true
WHERE plan.organisation_id = %(organisation_id)s
ORDER BY run.vehicle_id, listed.position"""

# Work that an earlier plan of the day had and the one in force has not is the same work
# when it comes back.
ORIGINS = """
SELECT stop.slot_id, min(coalesce(stop.origin_stop_id, stop.stop_id))
FROM plan JOIN run USING (plan_id) JOIN stop USING (run_id)
WHERE plan.organisation_id = %s AND plan.service_day = %s AND stop.slot_id IS NOT NULL
GROUP BY stop.slot_id"""


def load_runs_so_far(
    conn: Connection[Any], organisation_id: int, service_day: date
) -> list[RunSoFar]:
    """Load the runs in force of a day; none before its first plan."""
    with conn.cursor(row_factory=class_row(RunSoFar)) as cursor:
        return cursor.execute(RUNS, (organisation_id, service_day)).fetchall()


def load_stops_so_far(
    conn: Connection[Any], organisation_id: int, service_day: date
) -> list[StopSoFar]:
    """Load the drivers' lists of a day, each in its order."""
    asked = {"organisation_id": organisation_id, "service_day": service_day}
    with conn.cursor(row_factory=class_row(StopSoFar)) as cursor:
        return cursor.execute(STOPS, asked).fetchall()


def find_origins(
    conn: Connection[Any], organisation_id: int, service_day: date
) -> dict[int, int]:
    """Find, for each slot that a plan of the day had, the first stop made for it."""
    return dict(conn.execute(ORIGINS, (organisation_id, service_day)).fetchall())
