"""Set up an organisation with its places, fleet and bins, all at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from psycopg import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFacility:
    """A facility to be written."""

    name: str
    lat_deg: float
    lon_deg: float
    streams: list[str]
    opens_local: time
    closes_local: time
    tip_s: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NewVehicle:
    """A vehicle to be written; compartment_l is stream → litres.

    A break of `break_s` must begin between the two local times; 0: none is planned.
    """

    name: str
    compartment_l: dict[str, int]
    compaction: float
    capacity_kg: int
    shift_start_local: time
    shift_end_local: time
    cents_per_km: int
    cents_per_hour: int
    cents_per_day: int
    break_s: int = 0
    break_earliest_local: time | None = None
    break_latest_local: time | None = None
    is_under_driving_rule: bool = True
    overtime_s: int = 0
    overtime_cents_per_hour: int = 0
    road_profile: str = "truck-18t"
    weight_t: float | None = None
    co2_g_per_km: float | None = None
    co2_source: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSite:
    """A site to be written."""

    name: str
    address: str
    lat_deg: float
    lon_deg: float
    is_made_up: bool
    source: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewBin:
    """A slot with its container and, where device is set, its sensor."""

    code: str
    stream: str
    volume_l: int
    service_s: int
    empty_mm: int
    full_mm: int
    device: str | None
    device_kind: str
    from_at: datetime
    device_from_at: datetime
    report_every_s: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PastEmptying:
    """An emptying of before, with the fill that the driver saw, if he said."""

    slot_id: int
    emptied_at: datetime
    seen_fill: float | None


CLOCK = """
INSERT INTO clock (real_origin_at, shown_origin_at, speed)
VALUES (clock_timestamp(), %(shown_at)s, %(speed)s)
ON CONFLICT (only_row) DO UPDATE SET real_origin_at = EXCLUDED.real_origin_at,
    shown_origin_at = EXCLUDED.shown_origin_at, speed = EXCLUDED.speed"""
TELL_CLOCK = """SELECT pg_notify('ullage', '{"kind": "clock"}')"""
ORGANISATION = """
INSERT INTO organisation (name, time_zone, city, plan_at_local) VALUES (%s, %s, %s, %s)
RETURNING organisation_id"""
DEPOT = """
INSERT INTO depot (organisation_id, name, lat_deg, lon_deg, is_made_up)
VALUES (%s, %s, %s, %s, %s) RETURNING depot_id"""
FACILITY = """
INSERT INTO facility (organisation_id, name, lat_deg, lon_deg, streams, opens_local,
                      closes_local, tip_s, is_made_up)
VALUES (%(organisation_id)s, %(name)s, %(lat_deg)s, %(lon_deg)s, %(streams)s,
        %(opens_local)s, %(closes_local)s, %(tip_s)s, true)"""
VEHICLE = """
INSERT INTO vehicle (depot_id, name, compaction, capacity_kg, shift_start_local,
                     shift_end_local, overtime_s, break_s, break_earliest_local,
                     break_latest_local, is_under_driving_rule, cents_per_km,
                     cents_per_hour, cents_per_day, overtime_cents_per_hour,
                     road_profile, weight_t, co2_g_per_km, co2_source)
VALUES (%(depot_id)s, %(name)s, %(compaction)s, %(capacity_kg)s, %(shift_start_local)s,
        %(shift_end_local)s, %(overtime_s)s, %(break_s)s, %(break_earliest_local)s,
        %(break_latest_local)s, %(is_under_driving_rule)s, %(cents_per_km)s,
        %(cents_per_hour)s, %(cents_per_day)s, %(overtime_cents_per_hour)s,
        %(road_profile)s, %(weight_t)s, %(co2_g_per_km)s, %(co2_source)s)
RETURNING vehicle_id"""
COMPARTMENT = """
INSERT INTO compartment (vehicle_id, stream, capacity_l) VALUES (%s, %s, %s)"""
SITE = """
INSERT INTO site (organisation_id, name, address, lat_deg, lon_deg, is_made_up, source)
VALUES (%(organisation_id)s, %(name)s, %(address)s, %(lat_deg)s, %(lon_deg)s,
        %(is_made_up)s, %(source)s)
RETURNING site_id"""
BIN = """
WITH slot AS (
    INSERT INTO slot (site_id, code, stream, service_s)
    VALUES (%(site_id)s, %(code)s, %(stream)s, %(service_s)s) RETURNING slot_id
), container AS (
    INSERT INTO container (slot_id, volume_l, from_at)
    SELECT slot_id, %(volume_l)s, %(from_at)s FROM slot
), calibration AS (
    INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
    SELECT slot_id, %(from_at)s, %(empty_mm)s, %(full_mm)s FROM slot
), device AS (
    INSERT INTO device (device, kind, report_every_s)
    SELECT %(device)s, %(device_kind)s, %(report_every_s)s
    WHERE %(device)s::text IS NOT NULL RETURNING device_id
), fitted AS (
    INSERT INTO device_slot (device_id, slot_id, from_at)
    SELECT device_id, slot_id, %(device_from_at)s FROM device, slot
)
SELECT slot_id FROM slot"""
EMPTYING = """
INSERT INTO emptying (slot_id, emptied_at, source, recorded_at)
VALUES (%(slot_id)s, %(emptied_at)s, 'import', %(emptied_at)s)"""
OBSERVATION = """
INSERT INTO observation (slot_id, observed_at, fill_fraction, source, recorded_at)
VALUES (%(slot_id)s, %(emptied_at)s, %(seen_fill)s, 'import', %(emptied_at)s)"""


def set_clock(conn: Connection[Any], *, shown_at: datetime, speed: float) -> None:
    """Let everybody's clock show a time and run at a speed, from now on."""
    conn.execute(CLOCK, {"shown_at": shown_at, "speed": speed})
    conn.execute(TELL_CLOCK)


def found_organisation(
    conn: Connection[Any], name: str, *, time_zone: str, city: str, plan_at: time
) -> int:
    """Write an organisation; return its id."""
    return _insert(conn, ORGANISATION, (name, time_zone, city, plan_at))


def found_depot(
    conn: Connection[Any], organisation_id: int, name: str, *, at: tuple[float, float]
) -> int:
    """Write a made-up depot at (lat, lon); return its id."""
    return _insert(conn, DEPOT, (organisation_id, name, *at, True))


def found_facilities(
    conn: Connection[Any], organisation_id: int, facilities: Sequence[NewFacility]
) -> None:
    """Write made-up facilities."""
    owner = {"organisation_id": organisation_id}
    conn.cursor().executemany(FACILITY, [owner | asdict(each) for each in facilities])


def found_vehicles(
    conn: Connection[Any], depot_id: int, vehicles: Sequence[NewVehicle]
) -> None:
    """Write vehicles with their compartments."""
    for each in vehicles:
        vehicle_id = _insert(conn, VEHICLE, {"depot_id": depot_id} | asdict(each))
        for stream, capacity_l in each.compartment_l.items():
            conn.execute(COMPARTMENT, (vehicle_id, stream, capacity_l))


def found_site(
    conn: Connection[Any], organisation_id: int, site: NewSite, bins: Sequence[NewBin]
) -> list[int]:
    """Write a site with its bins; return the slot of each."""
    site_id = _insert(conn, SITE, {"organisation_id": organisation_id} | asdict(site))
    return [_insert(conn, BIN, {"site_id": site_id} | asdict(each)) for each in bins]


def record_past(conn: Connection[Any], emptyings: Sequence[PastEmptying]) -> None:
    """Write emptyings of before, and what was seen then."""
    rows = [asdict(each) for each in emptyings]
    seen = [row for row in rows if row["seen_fill"] is not None]
    conn.cursor().executemany(EMPTYING, rows)
    conn.cursor().executemany(OBSERVATION, seen)


def _insert(conn: Connection[Any], query: str, values: Any) -> int:  # noqa: ANN401
    row = conn.execute(query.encode(), values).fetchone()
    if row is None:
        raise LookupError("INSERT gave no id")
    inserted: int = row[0]
    return inserted
