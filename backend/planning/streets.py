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

# How ways were measured, as it is kept with a plan and read on screen.
STREETS = "streets"
ESTIMATE = "estimate without a street map"


@dataclass(frozen=True, kw_only=True, slots=True)
class Streets:
    """A network, and what to call its times on screen."""

    network: RoadNetwork
    label: str


@cache
def open_streets(cities: Path, city: str | None) -> Streets:
    """Build the network of a city; without a map, guess by the crow's flight."""
    pbf = cities / f"{city}.osm.pbf"
    network: RoadNetwork = StraightLineNetwork()
    if city is not None and pbf.is_file():
        network = build_network(pbf, COLLECTION_TRUCK)
    label = ESTIMATE if network.is_estimate else STREETS
    return Streets(network=network, label=label)
