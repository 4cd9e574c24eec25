"""Travel times and ways along the streets of an OSM extract."""

from routing.roads.extract import UnusableExtractError
from routing.roads.network import (
    Leg,
    Manoeuvre,
    Place,
    RoadNetwork,
    TravelMatrix,
    Unreachable,
)
from routing.roads.profile import COLLECTION_TRUCK, Profile
from routing.roads.straight import StraightLineNetwork
from routing.roads.streets import StreetNetwork, build_network

__all__ = [
    "COLLECTION_TRUCK",
    "Leg",
    "Manoeuvre",
    "Place",
    "Profile",
    "RoadNetwork",
    "StraightLineNetwork",
    "StreetNetwork",
    "TravelMatrix",
    "Unreachable",
    "UnusableExtractError",
    "build_network",
]
