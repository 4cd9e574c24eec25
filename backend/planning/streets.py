"""The road network of a city, made once a process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from routing.roads import (
    COLLECTION_TRUCK,
    RoadNetwork,
    StraightLineNetwork,
    build_network,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Streets:
    """A network, and what to call its times on screen."""

    network: RoadNetwork
    label: str


@cache
def open_streets(cities: Path, city: str | None) -> Streets:
    """Build the network of a city; without a map, guess by the crow's flight."""
    pbf = cities / f"{city}.osm.pbf"
    if city is None or not pbf.is_file():
        return Streets(
            network=StraightLineNetwork(), label="estimate without a street map"
        )
    return Streets(network=build_network(pbf, COLLECTION_TRUCK), label="streets")
