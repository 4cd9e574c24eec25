"""Which network measures an operator's ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.settings import Settings
from backend.streets.osrm import OsrmNetwork
from routing.roads import (
    NOTHING_SPECIAL,
    Conditions,
    FleetNetwork,
    Profile,
    RoadMap,
    RoadNetwork,
    StraightLineNetwork,
    build_road_map,
    load_road_map,
)

CITIES_KEPT = 4
# What a plan says of its times; the pages know an estimate by its first word.
ESTIMATE = "estimate without a street map"
STREETS = "streets"
OSRM = "OSRM"


@dataclass(frozen=True, kw_only=True, slots=True)
class Streets:
    """A network, and what to call its times on screen."""

    network: RoadNetwork
    label: str


def open_streets(
    settings: Settings,
    city: str | None,
    profiles: Iterable[Profile],
    *,
    conditions: Conditions = NOTHING_SPECIAL,
) -> Streets:
    """Choose: an OSRM server if one is set, the city's map, or else the crow's flight.

    Raises
    ------
    UnusableExtractError
        The city's map cannot be read, or is of another version.
    """
    if settings.osrm_url:
        return Streets(network=OsrmNetwork(settings.osrm_url), label=OSRM)
    roads = find_road_map(settings.cities, city)
    if roads is not None:
        network = FleetNetwork(roads, profiles, conditions=conditions)
        return Streets(network=network, label=STREETS)
    return Streets(network=StraightLineNetwork(), label=ESTIMATE)


def find_road_map(cities: Path, city: str | None) -> RoadMap | None:
    """Find the road map of a city; made of its extract where only that is there."""
    if city is None:
        return None
    for path in (cities / f"{city}.roads.npz", cities / f"{city}.osm.pbf"):
        if path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=CITIES_KEPT)
def _read(path: Path, _changed_ns: int) -> RoadMap:
    return load_road_map(path) if path.suffix == ".npz" else build_road_map(path)
