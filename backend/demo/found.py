"""Found the demo city in an empty database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from psycopg import Connection

from backend.city.bins.candidates import read_candidates
from backend.demo import places, world
from backend.demo.bins import HISTORY, DemoBin, DemoSite, choose_sites
from backend.demo.world import World, make_world
from backend.store.fixed_rounds import FixedRound, set_fixed_rounds
from backend.store.founding import (
    PastEmptying,
    found_depot,
    found_facilities,
    found_organisation,
    found_site,
    found_vehicles,
    record_past,
)
from backend.store.streets import NewClosure, add_closure
from backend.streets import find_road_map
from routing.roads import StreetNetwork, Unreachable

BEGINS_LOCAL = time(5, 40)
ROUND_HOUR_LOCAL = 9
CITIES = Path(str(files("backend.demo").joinpath("city")))
SEEN_STEPS = 4  # drivers see fills in quarters


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoCity:
    """What the fleet must know: the sites as founded, and how their bins fill."""

    sites: list[DemoSite]
    begins_at: datetime


def plan_city(begins_at: datetime) -> DemoCity:
    """Choose the demo's bins; the same for the same beginning."""
    pbf = CITIES / f"{places.CITY}.osm.pbf"
    known = read_candidates(pbf)
    roads = find_road_map(CITIES, places.CITY)
    if roads is None:
        raise FileNotFoundError(f"{CITIES} has no street map of {places.CITY}")
    streets = StreetNetwork(roads)
    distinct = {str(each): each for each in known.addresses}
    reachable = [
        each
        for each in distinct.values()
        if not isinstance(streets.snap(each.lat_deg, each.lon_deg), Unreachable)
    ]
    rng = np.random.default_rng(places.SEED)
    sites = choose_sites(known.bins, reachable, begins_at=begins_at, rng=rng)
    return DemoCity(sites=sites, begins_at=begins_at)


def begin_today(real_now: datetime) -> datetime:
    """Return when the demo's first day begins: this morning, before the shifts."""
    zone = ZoneInfo(places.TIME_ZONE)
    today = real_now.astimezone(zone).date()
    return datetime.combine(today, BEGINS_LOCAL, zone).astimezone(UTC)


def found_city(conn: Connection[Any], city: DemoCity) -> None:
    """Write the organisation, its fleet, its bins and three weeks of old rounds."""
    organisation_id = found_organisation(
        conn,
        places.ORGANISATION,
        time_zone=places.TIME_ZONE,
        city=places.CITY,
        plan_at=places.PLAN_AT,
    )
    depot_id = found_depot(conn, organisation_id, places.DEPOT, at=places.DEPOT_AT)
    found_facilities(conn, organisation_id, places.FACILITIES)
    found_vehicles(conn, depot_id, places.VEHICLES)
    founded: dict[int, DemoBin] = {}
    for each in city.sites:
        new = [demo_bin.new for demo_bin in each.bins]
        slot_ids = found_site(conn, organisation_id, each.site, new)
        founded.update(zip(slot_ids, each.bins, strict=True))
    add_closure(conn, organisation_id, road_works(city.begins_at))
    set_fixed_rounds(conn, list(old_rounds(founded, city.begins_at)))
    truth = make_truth(founded, city.begins_at)
    record_past(conn, list(past_rounds(founded, truth, city.begins_at)))


def road_works(begins_at: datetime) -> NewClosure:
    """Shut a street since yesterday, for some more days."""
    zone = ZoneInfo(places.TIME_ZONE)
    last_day = (begins_at + timedelta(days=places.ROAD_WORKS_DAYS)).astimezone(zone)
    lat_deg, lon_deg = places.ROAD_WORKS_AT
    return NewClosure(
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        reason=places.ROAD_WORKS,
        from_at=begins_at - timedelta(days=1),
        to_at=datetime.combine(last_day.date(), places.ROAD_WORKS_END, zone),
    )


def make_truth(bins: dict[int, DemoBin], begins_at: datetime) -> World:
    """Draw how the founded bins fill."""
    offset = begins_at.astimezone(ZoneInfo(places.TIME_ZONE)).utcoffset()
    return make_world(
        [
            world.Bin(
                slot_id=slot_id,
                fill_per_day=each.fill_per_day,
                is_street_side=each.is_street_side,
            )
            for slot_id, each in bins.items()
        ],
        begins_at=begins_at,
        utc_offset_h=(offset or timedelta()).total_seconds() / world.S_PER_H,
        seed=places.SEED,
    )


def old_rounds(bins: dict[int, DemoBin], begins_at: datetime) -> Iterator[FixedRound]:
    """Say on which days each bin was emptied before the first plan."""
    for slot_id, each in bins.items():
        rng = np.random.default_rng([places.SEED, slot_id, 1])
        yield FixedRound(
            slot_id=slot_id,
            code=each.new.code,
            weekdays=None,
            every_days=each.round_days,
            from_day=_first_day(begins_at)
            + timedelta(days=_phase(each.round_days, rng)),
        )


def _first_day(begins_at: datetime) -> date:
    return (begins_at - HISTORY).astimezone(ZoneInfo(places.TIME_ZONE)).date()


def _phase(round_days: int, rng: np.random.Generator) -> int:
    return int(rng.integers(round_days)) + 1


def past_rounds(
    bins: dict[int, DemoBin], truth: World, begins_at: datetime
) -> Iterator[PastEmptying]:
    """Empty each bin on the old fixed rounds, up to the day before the beginning."""
    zone = ZoneInfo(places.TIME_ZONE)
    first_day = _first_day(begins_at)
    for slot_id, each in bins.items():
        rng = np.random.default_rng([places.SEED, slot_id, 1])
        emptied_at = datetime.combine(first_day, time(ROUND_HOUR_LOCAL), zone)
        yield PastEmptying(slot_id=slot_id, emptied_at=emptied_at, seen_fill=None)
        phase = _phase(each.round_days, rng)
        for day in range(phase, HISTORY.days, each.round_days):
            minutes = int(rng.integers(-150, 240))
            at = datetime.combine(
                first_day + timedelta(days=day), time(ROUND_HOUR_LOCAL), zone
            ) + timedelta(minutes=minutes)
            fill = truth.fill(slot_id, at, emptied_at)
            seen = min(1.5, round(fill * SEEN_STEPS) / SEEN_STEPS)
            yield PastEmptying(slot_id=slot_id, emptied_at=at, seen_fill=seen)
            emptied_at = at
