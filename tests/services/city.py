"""A small operator on real streets: one depot, one facility, one vehicle, few bins."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import psycopg
import pytest

from backend.city.bins.candidates import read_candidates
from backend.demo.found import CITIES
from backend.settings import Settings
from backend.store.founding import (
    NewBin,
    NewFacility,
    NewSite,
    NewVehicle,
    found_depot,
    found_facilities,
    found_organisation,
    found_site,
    found_vehicles,
    set_clock,
)
from tests.services.readings import report_rise

LONG_DAY_BINS = 17
MORNING = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 05:30 in Helsinki, a Monday
DEPOT_AT = (60.16545, 24.93905)
SITES = (
    ("Annankatu 20", 60.16632, 24.93745),
    ("Yliopistonkatu 4", 60.16963, 24.95016),
    ("Pieni Roobertinkatu 5", 60.16442, 24.94376),
)
MORE_SITES = (
    ("Bulevardi 13", 60.16541, 24.93766),
    ("Yrjönkatu 7", 60.16571, 24.94228),
    ("Mikonkatu 1", 60.16806, 24.94586),
    ("Annankatu 25", 60.16739, 24.93643),
    ("Uudenmaankatu 13", 60.16471, 24.94106),
)
TRUCK = NewVehicle(
    name="Truck",
    compartment_l={"residual": 2000},
    compaction=2.0,
    capacity_kg=3000,
    shift_start_local=time(6),
    shift_end_local=time(14),
    cents_per_km=200,
    cents_per_hour=5000,
    cents_per_day=1000,
)


def new_bin(code: str, *, device: str | None, stream: str = "residual") -> NewBin:
    """Describe a 660-litre bin with a sensor 1.2 m above its floor."""
    return NewBin(
        code=code,
        stream=stream,
        volume_l=660,
        service_s=120,
        empty_mm=1200,
        full_mm=200,
        device=device,
        device_kind="test",
        from_at=MORNING - timedelta(days=30),
        device_from_at=MORNING - timedelta(days=30),
        report_every_s=3600,
    )


@pytest.fixture
def small_city(connection: psycopg.Connection) -> dict[str, int]:
    """Found it; return the slot of each bin's code. The clock stands at MORNING."""
    organisation_id = found_organisation(
        connection,
        "Test city",
        time_zone="Europe/Helsinki",
        city="helsinki",
        plan_at=time(4, 30),
    )
    depot_id = found_depot(connection, organisation_id, "Depot", at=DEPOT_AT)
    hall = NewFacility(
        name="Hall",
        lat_deg=60.17665,
        lon_deg=24.94175,
        streams=["residual"],
        opens_local=time(6),
        closes_local=time(18),
        tip_s=600,
    )
    found_facilities(connection, organisation_id, [hall])
    found_vehicles(connection, depot_id, [TRUCK])
    set_clock(connection, shown_at=MORNING, speed=1.0)
    return found_bins(connection, SITES, first=1)


def found_bins(
    connection: psycopg.Connection,
    sites: tuple[tuple[str, float, float], ...],
    *,
    first: int,
) -> dict[str, int]:
    """Put one bin at each site; return the slot of each bin's code."""
    slots = {}
    for number, (name, lat_deg, lon_deg) in enumerate(sites, start=first):
        site = NewSite(
            name=name,
            address=name,
            lat_deg=lat_deg,
            lon_deg=lon_deg,
            is_made_up=False,
            source=None,
        )
        code = f"T-{number}"
        made = new_bin(code, device=f"city-{number}")
        slots[code] = found_site(connection, 1, site, [made])[0]
    return slots


@pytest.fixture
def busy_city(
    connection: psycopg.Connection, small_city: dict[str, int]
) -> dict[str, int]:
    """Two trucks until ten, with a break, and eight nearly full bins of 40 min each."""
    slots = small_city | found_bins(connection, MORE_SITES, first=len(SITES) + 1)
    found_vehicles(connection, 1, [replace(TRUCK, name="Other truck")])
    connection.execute("UPDATE slot SET service_s = 2400")
    connection.execute(
        """UPDATE vehicle SET shift_end_local = '10:00', break_s = 1800,
               break_earliest_local = '07:00', break_latest_local = '08:30'"""
    )
    for slot_id in slots.values():
        report_rise(
            connection, slot_id, until=MORNING, hours=12, from_fill=0.8, to_fill=0.95
        )
    return slots


@pytest.fixture
def long_day(
    connection: psycopg.Connection, small_city: dict[str, int]
) -> dict[str, int]:
    """One truck, from depot to depot, and more nearly full bins than fit on a page."""
    addresses = read_candidates(CITIES / "helsinki.osm.pbf").addresses
    distinct = {each.street: each for each in addresses[:: len(addresses) // 200]}
    sites = tuple(
        (str(each), each.lat_deg, each.lon_deg)
        for each in list(distinct.values())[:LONG_DAY_BINS]
    )
    slots = small_city | found_bins(connection, sites, first=len(SITES) + 1)
    for slot_id in slots.values():
        report_rise(
            connection, slot_id, until=MORNING, hours=12, from_fill=0.8, to_fill=0.95
        )
    return slots


@pytest.fixture
def city_settings(database: str) -> Settings:
    """Settings for the small city, with a short budget."""
    return Settings(database=database, cities=CITIES, plan_budget_s=1)
