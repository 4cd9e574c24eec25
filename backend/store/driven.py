"""What was really driven and collected, day by day, and what a vehicle emits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class DrivenRun:
    """A run of which a driver said that he emptied something."""

    service_day: date
    vehicle_id: int
    distance_m: int
    out_s: float
    pickup_count: int
    volume_l: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Emission:
    """What a vehicle emits, and who says so; None: nobody does."""

    vehicle_id: int
    name: str
    co2_g_per_km: float | None
    source: str | None


RUNS = """
SELECT plan.service_day, run.vehicle_id, run.distance_m,
       extract(epoch FROM run.ends_at - run.starts_at)::float8 AS out_s,
       work.pickup_count, work.volume_l
FROM plan JOIN run USING (plan_id)
CROSS JOIN LATERAL (
    SELECT count(*) AS pickup_count,
           coalesce(sum(coalesce(last_word.fill_fraction * container.volume_l,
                                 stop.volume_l)), 0)::float8 AS volume_l
    FROM list_stops(plan.service_day) AS listed
    JOIN stop ON stop.stop_id = listed.stop_id
    JOIN stop_status ON stop_status.stop_id = stop.stop_id
    LEFT JOIN container
        ON container.slot_id = stop.slot_id AND container.to_at IS NULL
    LEFT JOIN last_word
        ON last_word.origin_stop_id = coalesce(stop.origin_stop_id, stop.stop_id)
        AND last_word.vehicle_id = run.vehicle_id
    WHERE listed.run_id = run.run_id AND stop.kind = 'pickup'
        AND stop_status.status = 'done') AS work
WHERE plan.organisation_id = %s AND plan.replaced_at IS NULL
    AND plan.service_day BETWEEN %s AND %s AND work.pickup_count > 0
ORDER BY plan.service_day, run.vehicle_id"""
COUNT_RUNS = """
SELECT count(*) FROM plan JOIN run USING (plan_id)
WHERE plan.organisation_id = %s AND plan.replaced_at IS NULL
    AND plan.service_day BETWEEN %s AND %s"""
FIRST_DAY = """
SELECT min(plan.service_day)
FROM pickup JOIN stop USING (stop_id) JOIN run USING (run_id) JOIN plan USING (plan_id)
WHERE plan.organisation_id = %s AND pickup.outcome = 'done'
    AND stop.slot_id IS NOT NULL"""
EMISSIONS = """
SELECT vehicle_id, vehicle.name,
       coalesce(vehicle.co2_g_per_km, co2_factor.co2_g_per_km) AS co2_g_per_km,
       coalesce(vehicle.co2_source, co2_factor.source || ', ' || co2_factor.year)
           AS source
FROM vehicle JOIN depot USING (depot_id) LEFT JOIN co2_factor USING (road_profile)
WHERE depot.organisation_id = %s ORDER BY vehicle_id"""


def load_driven_runs(
    conn: Connection[Any], organisation_id: int, *, from_day: date, to_day: date
) -> list[DrivenRun]:
    """Load the runs that were driven on some days, both included."""
    with conn.cursor(row_factory=class_row(DrivenRun)) as cursor:
        return cursor.execute(RUNS, (organisation_id, from_day, to_day)).fetchall()


def count_planned_runs(
    conn: Connection[Any], organisation_id: int, *, from_day: date, to_day: date
) -> int:
    """Count the runs in force on some days, driven or not."""
    row = conn.execute(COUNT_RUNS, (organisation_id, from_day, to_day)).fetchone()
    return int(row[0]) if row else 0


def find_first_driven_day(conn: Connection[Any], organisation_id: int) -> date | None:
    """Find the first day on which a planned run was driven."""
    row = conn.execute(FIRST_DAY, (organisation_id,)).fetchone()
    return row[0] if row else None


def load_emissions(conn: Connection[Any], organisation_id: int) -> list[Emission]:
    """Load what each vehicle emits: by its own figure, or by its kind's."""
    with conn.cursor(row_factory=class_row(Emission)) as cursor:
        return cursor.execute(EMISSIONS, (organisation_id,)).fetchall()
