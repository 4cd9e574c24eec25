"""What a plan is made from."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

# From here on a citizen's word is a complaint.
FULL = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedSlot:
    """A bin that may be emptied, with everything known of its fill, and its rules.

    Hours count from 1970-01-01 UTC. `measured_h` runs in parallel with
    `fill_fraction`; `observed_h` with `observed_fill` and `observed_deviation`;
    `deposit_h` with `deposits`, each since the report before. `complaints` counts the
    citizens who found it full since it was emptied last. Weekdays are 1 on Monday.
    """

    slot_id: int
    code: str
    stream: str
    lat_deg: float
    lon_deg: float
    volume_l: int
    density_kg_per_l: float
    overflow_cents: int
    service_s: int
    measured_h: list[float]
    fill_fraction: list[float]
    emptied_h: list[float]
    observed_h: list[float]
    observed_fill: list[float]
    observed_deviation: list[float]
    deposit_h: list[float]
    deposits: list[int]
    is_sensor_trusted: bool
    container_type: str
    complaints: int
    hygiene_days: int | None
    contract_days: int | None
    contract_weekdays: list[int] | None
    overflow_factor: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Vehicle:
    """A vehicle with its compartments (stream → litres), its depot and its shift.

    A break of `break_s` must begin between the two local times; 0: none is planned.
    Sizes that are None are those of its road profile.
    """

    vehicle_id: int
    name: str
    lat_deg: float
    lon_deg: float
    compartment_l: dict[str, int]
    compaction: float
    capacity_kg: int
    shift_start_local: time
    shift_end_local: time
    overtime_s: int
    break_s: int
    break_earliest_local: time | None
    break_latest_local: time | None
    is_under_driving_rule: bool
    cents_per_km: int
    cents_per_hour: int
    cents_per_day: int
    overtime_cents_per_hour: int
    road_profile: str
    height_m: float | None
    width_m: float | None
    length_m: float | None
    weight_t: float | None
    axle_t: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """Where loads are tipped."""

    facility_id: int
    name: str
    lat_deg: float
    lon_deg: float
    streams: list[str]
    opens_local: time
    closes_local: time
    tip_s: int


# The readings are aggregated apart and joined afterwards: one index scan a slot. A
# reading with a fault says nothing. Nor does a sensor that is not trusted, since ten
# days before that was found out, which are what it was judged by: its bin is planned
# from what is known otherwise. An emptied bin is taken to be empty, so that a partial
# emptying is left to the readings.
SLOTS = """
SELECT slot.slot_id, slot.code, slot.stream, site.lat_deg, site.lon_deg,
       container.volume_l, container.container_type, stream.density_kg_per_l,
       stream.overflow_cents, slot.service_s,
       coalesce(sensed.measured_h, '{}') AS measured_h,
       coalesce(sensed.fill_fraction, '{}') AS fill_fraction,
       coalesce(emptied.emptied_h, '{}') AS emptied_h,
       coalesce(observed.observed_h, '{}') AS observed_h,
       coalesce(observed.observed_fill, '{}') AS observed_fill,
       coalesce(observed.observed_deviation, '{}') AS observed_deviation,
       coalesce(counted.deposit_h, '{}') AS deposit_h,
       coalesce(counted.deposits, '{}') AS deposits,
       coalesce(fitted.is_trusted, true) AS is_sensor_trusted,
       (SELECT count(*) FROM observation AS said
        WHERE said.slot_id = slot.slot_id AND said.source = 'citizen'
            AND said.fill_fraction >= %(full)s AND said.observed_at >= %(since)s
            AND said.observed_at > coalesce(emptied.emptied_at, '-infinity'))
           AS complaints,
       hygiene.every_days AS hygiene_days, contract.every_days AS contract_days,
       contract.weekdays AS contract_weekdays,
       coalesce(overflow.factor, 1) AS overflow_factor
FROM slot
JOIN site USING (site_id)
JOIN stream USING (stream)
JOIN container ON container.slot_id = slot.slot_id AND container.to_at IS NULL
LEFT JOIN (
    SELECT slot_id,
           array_agg(extract(epoch FROM slot_reading.measured_at)::float8 / 3600
                     ORDER BY slot_reading.measured_at) AS measured_h,
           array_agg(fill_fraction ORDER BY slot_reading.measured_at) AS fill_fraction
    FROM slot_reading
    LEFT JOIN reading_fault USING (device_id, measured_at)
    LEFT JOIN sensor_trust AS held USING (device_id)
    WHERE slot_reading.measured_at >= %(since)s AND fill_fraction IS NOT NULL
        AND reading_fault.fault IS NULL
        AND (held.state IS DISTINCT FROM 'not_trusted'
             OR slot_reading.measured_at < held.since - interval '10 days')
    GROUP BY slot_id) AS sensed ON sensed.slot_id = slot.slot_id
LEFT JOIN (
    SELECT slot_id, array_agg(extract(epoch FROM emptied_at)::float8 / 3600
                              ORDER BY emptied_at) AS emptied_h,
           max(emptied_at) AS emptied_at
    FROM standing_emptying
    WHERE emptied_at >= %(since)s AND kind IS DISTINCT FROM 'partial'
    GROUP BY slot_id) AS emptied ON emptied.slot_id = slot.slot_id
LEFT JOIN (
    SELECT slot_id,
           array_agg(extract(epoch FROM observed_at)::float8 / 3600
                     ORDER BY observed_at) AS observed_h,
           array_agg(fill_fraction ORDER BY observed_at) AS observed_fill,
           array_agg(coalesce(observation.fill_deviation,
                              observation_source.fill_deviation)
                     ORDER BY observed_at) AS observed_deviation
    FROM observation JOIN observation_source USING (source)
    WHERE observed_at >= %(since)s
    GROUP BY slot_id) AS observed ON observed.slot_id = slot.slot_id
LEFT JOIN (
    SELECT slot_id,
           array_agg(extract(epoch FROM reported_at)::float8 / 3600
                     ORDER BY reported_at) AS deposit_h,
           array_agg(deposits ORDER BY reported_at) AS deposits
    FROM deposit_report WHERE reported_at >= %(since)s
    GROUP BY slot_id) AS counted ON counted.slot_id = slot.slot_id
LEFT JOIN (
    SELECT device_slot.slot_id, held.state <> 'not_trusted' AS is_trusted
    FROM device_slot JOIN sensor_trust AS held USING (device_id)
    WHERE device_slot.to_at IS NULL) AS fitted ON fitted.slot_id = slot.slot_id
LEFT JOIN collection_rule_in_force AS hygiene
    ON hygiene.slot_id = slot.slot_id AND hygiene.kind = 'hygiene'
LEFT JOIN collection_rule_in_force AS contract
    ON contract.slot_id = slot.slot_id AND contract.kind = 'contract'
LEFT JOIN collection_rule_in_force AS overflow
    ON overflow.slot_id = slot.slot_id AND overflow.kind = 'overflow'
WHERE site.organisation_id = %(organisation_id)s"""
IN_ORDER = " ORDER BY slot.slot_id"
# A number that is there when the query is planned is looked up in every part of it.
OF_ONE = " AND slot.slot_id = %(slot_id)s"

VEHICLES = """
SELECT vehicle_id, vehicle.name, depot.lat_deg, depot.lon_deg,
       (SELECT json_object_agg(stream, capacity_l) FROM compartment
        WHERE compartment.vehicle_id = vehicle.vehicle_id) AS compartment_l,
       compaction, capacity_kg, shift_start_local, shift_end_local, overtime_s, break_s,
       break_earliest_local, break_latest_local, is_under_driving_rule, cents_per_km,
       cents_per_hour, cents_per_day, overtime_cents_per_hour, road_profile, height_m,
       width_m, length_m, weight_t, axle_t
FROM vehicle JOIN depot USING (depot_id)
WHERE depot.organisation_id = %s
    AND EXISTS (SELECT FROM compartment
                WHERE compartment.vehicle_id = vehicle.vehicle_id)
ORDER BY vehicle_id"""

FACILITIES = """
SELECT facility_id, name, lat_deg, lon_deg, streams, opens_local, closes_local, tip_s
FROM facility WHERE organisation_id = %s ORDER BY facility_id"""

DAY_PLANNED = """
SELECT EXISTS (
    SELECT FROM plan
    WHERE organisation_id = %s AND service_day = %s AND replaced_at IS NULL)"""

PLAN_AT = "SELECT plan_at_local FROM organisation WHERE organisation_id = %s"
NEIGHBOUR_M = "SELECT neighbour_m FROM organisation WHERE organisation_id = %s"
# Before any plan said what a detour costs: some minutes of a truck.
DETOUR_CENTS = 400.0
USUAL_DETOUR = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY detour_cents)
FROM decision JOIN plan USING (plan_id)
WHERE organisation_id = %s AND made_at > clock_now() - interval '28 days'
    AND detour_cents IS NOT NULL"""


def load_slots(
    conn: Connection[Any], organisation_id: int, *, since: datetime
) -> list[PlannedSlot]:
    """Load every bin with what happened to it since a time."""
    asked = {"organisation_id": organisation_id, "since": since, "full": FULL}
    with conn.cursor(binary=True, row_factory=class_row(PlannedSlot)) as cursor:
        return cursor.execute(SLOTS + IN_ORDER, asked).fetchall()


def load_slot(
    conn: Connection[Any], organisation_id: int, slot_id: int, *, since: datetime
) -> PlannedSlot | None:
    """Load one bin that may be emptied, or None where there is none."""
    asked = {
        "organisation_id": organisation_id,
        "since": since,
        "slot_id": slot_id,
        "full": FULL,
    }
    with conn.cursor(binary=True, row_factory=class_row(PlannedSlot)) as cursor:
        return cursor.execute(SLOTS + OF_ONE, asked).fetchone()


def load_vehicles(conn: Connection[Any], organisation_id: int) -> list[Vehicle]:
    """Load the vehicles that have a compartment."""
    with conn.cursor(row_factory=class_row(Vehicle)) as cursor:
        return cursor.execute(VEHICLES, (organisation_id,)).fetchall()


def load_facilities(conn: Connection[Any], organisation_id: int) -> list[Facility]:
    """Load the facilities."""
    with conn.cursor(row_factory=class_row(Facility)) as cursor:
        return cursor.execute(FACILITIES, (organisation_id,)).fetchall()


def is_planned(conn: Connection[Any], organisation_id: int, service_day: date) -> bool:
    """Tell whether a plan for the day is in force."""
    row = conn.execute(DAY_PLANNED, (organisation_id, service_day)).fetchone()
    return row is not None and bool(row[0])


def load_plan_at(conn: Connection[Any], organisation_id: int) -> time:
    """Load when the organisation wants its day planned, local time."""
    row = conn.execute(PLAN_AT, (organisation_id,)).fetchone()
    if row is None:
        raise LookupError(f"there is no organisation {organisation_id}")
    plan_at_local: time = row[0]
    return plan_at_local


def load_neighbour_m(conn: Connection[Any], organisation_id: int) -> int:
    """Load how far a citizen is taken to carry what found no room, in metres."""
    row = conn.execute(NEIGHBOUR_M, (organisation_id,)).fetchone()
    return int(row[0]) if row else 0


def load_usual_detour_cents(conn: Connection[Any], organisation_id: int) -> float:
    """Load what taking one more bin cost in the plans of the last four weeks."""
    row = conn.execute(USUAL_DETOUR, (organisation_id,)).fetchone()
    return DETOUR_CENTS if row is None or row[0] is None else float(row[0])
