"""Runs and stops of the plan in force."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

from backend.store.bins import StopStatus

StopKind = Literal["pickup", "tip", "break"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One vehicle's day, with how far it has come.

    Litres are litres in the bin: `capacity_l` is what fits on board once compacted.
    `geometry` is [longitude, latitude] from depot to depot.
    """

    run_id: int
    plan_id: int
    service_day: date
    vehicle_id: int
    vehicle: str
    streams: list[str]
    capacity_l: int
    capacity_kg: int
    depot: str
    depot_lat_deg: float
    depot_lon_deg: float
    starts_at: datetime
    ends_at: datetime
    distance_m: int
    drive_s: int
    roads: str
    volume_l: int
    mass_kg: int
    pickup_count: int
    tip_count: int
    done_count: int
    skipped_count: int
    geometry: list[list[float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """One entry of a driver's list: a bin (pickup), a facility (tip) or a break.

    `run_id` and `position` are those of the list that shows it; a stop of a plan that
    was replaced since is shown where the vehicle's day goes on. `origin_stop_id` is
    the same for all stops that a day's plans made for the same work. A break has no
    place.
    """

    stop_id: int
    origin_stop_id: int
    run_id: int
    position: int
    kind: StopKind
    slot_id: int | None
    facility_id: int | None
    code: str | None
    name: str
    address: str | None
    lat_deg: float | None
    lon_deg: float | None
    stream: str | None
    arrive_at: datetime
    depart_at: datetime
    leg_distance_m: int
    leg_drive_s: int
    expected_fill_fraction: float | None
    volume_l: int
    mass_kg: int
    load_l: int
    load_kg: int
    status: StopStatus
    reason: str | None
    happened_at: datetime | None


RUNS = """
SELECT run.run_id, run.plan_id, plan.service_day, run.vehicle_id,
       vehicle.name AS vehicle, vehicle.capacity_kg, depot.name AS depot,
       depot.lat_deg AS depot_lat_deg,
       depot.lon_deg AS depot_lon_deg, run.starts_at, run.ends_at, run.distance_m,
       run.drive_s, plan.roads, run.geometry,
       hold.streams, hold.capacity_l,
       work.volume_l, work.mass_kg, work.pickup_count, work.tip_count, work.done_count,
       work.skipped_count
FROM run
JOIN plan USING (plan_id)
JOIN vehicle USING (vehicle_id)
JOIN depot USING (depot_id)
JOIN LATERAL (
    SELECT array_agg(stream ORDER BY stream) AS streams,
           (sum(capacity_l) * vehicle.compaction)::integer AS capacity_l
    FROM compartment WHERE compartment.vehicle_id = vehicle.vehicle_id) AS hold ON true
JOIN LATERAL (
    SELECT coalesce(sum(volume_l) FILTER (WHERE kind = 'pickup'), 0)::integer
               AS volume_l,
           coalesce(sum(mass_kg) FILTER (WHERE kind = 'pickup'), 0)::integer
               AS mass_kg,
           count(*) FILTER (WHERE kind = 'pickup') AS pickup_count,
           count(*) FILTER (WHERE kind = 'tip') AS tip_count,
           count(*) FILTER (WHERE kind = 'pickup' AND status = 'done') AS done_count,
           count(*) FILTER (WHERE kind = 'pickup' AND status = 'skipped')
               AS skipped_count
    FROM list_stops(plan.service_day) AS listed
    JOIN stop ON stop.stop_id = listed.stop_id
    JOIN stop_status ON stop_status.stop_id = stop.stop_id
    WHERE listed.run_id = run.run_id) AS work ON true
WHERE plan.replaced_at IS NULL
    AND (%(run_id)s::integer IS NULL OR run.run_id = %(run_id)s)
    AND plan.service_day = coalesce(%(service_day)s::date,
        (SELECT service_day FROM run JOIN plan USING (plan_id)
         WHERE run_id = %(run_id)s::integer),
        shown_service_day())
ORDER BY vehicle.vehicle_id"""

LISTED = """
WITH listed AS MATERIALIZED (
    SELECT entry.run_id, entry.stop_id, entry.position
    FROM run
    JOIN plan USING (plan_id)
    CROSS JOIN LATERAL list_stops(plan.service_day) AS entry
    WHERE run.run_id = coalesce(%(run_id)s,
        (SELECT stop.run_id FROM stop WHERE stop.stop_id = %(stop_id)s)))
SELECT stop.stop_id, coalesce(stop.origin_stop_id, stop.stop_id) AS origin_stop_id,
       coalesce(listed.run_id, stop.run_id) AS run_id,
       coalesce(listed.position, stop.position) AS position, stop.kind, stop.slot_id,
       stop.facility_id, slot.code, coalesce(site.name, facility.name, 'Break') AS name,
       site.address, coalesce(site.lat_deg, facility.lat_deg) AS lat_deg,
       coalesce(site.lon_deg, facility.lon_deg) AS lon_deg, slot.stream,
       stop.arrive_at, stop.depart_at, stop.leg_distance_m, stop.leg_drive_s,
       stop.expected_fill_fraction, stop.volume_l, stop.mass_kg, stop.load_l,
       stop.load_kg, stop_status.status, stop_status.reason, stop_status.happened_at
FROM listed {join} JOIN stop ON stop.stop_id = listed.stop_id
JOIN stop_status ON stop_status.stop_id = stop.stop_id
LEFT JOIN slot USING (slot_id)
LEFT JOIN site USING (site_id)
LEFT JOIN facility USING (facility_id)
WHERE {asked}
ORDER BY position"""
STOPS = LISTED.format(join="", asked="listed.run_id = %(run_id)s")
# A stop of a plan that was replaced may be on no list any more.
STOP = LISTED.format(join="RIGHT", asked="stop.stop_id = %(stop_id)s")


def load_runs(conn: Connection[Any], service_day: date | None = None) -> list[Run]:
    """Load the runs of a service day; without one, of the day that is shown."""
    with conn.cursor(row_factory=class_row(Run)) as cursor:
        asked = {"run_id": None, "service_day": service_day}
        return cursor.execute(RUNS, asked).fetchall()


def load_run(conn: Connection[Any], run_id: int) -> Run | None:
    """Load one run of a plan in force."""
    with conn.cursor(row_factory=class_row(Run)) as cursor:
        return cursor.execute(RUNS, {"run_id": run_id, "service_day": None}).fetchone()


def load_stops(conn: Connection[Any], run_id: int) -> list[Stop]:
    """Load the stops of a run, in order."""
    with conn.cursor(row_factory=class_row(Stop)) as cursor:
        return cursor.execute(STOPS, {"run_id": run_id, "stop_id": None}).fetchall()


def load_stop(conn: Connection[Any], stop_id: int) -> Stop | None:
    """Load one stop."""
    with conn.cursor(row_factory=class_row(Stop)) as cursor:
        return cursor.execute(STOP, {"run_id": None, "stop_id": stop_id}).fetchone()
