"""Travel times and ways along the streets of an OSM extract."""

from routing.roads.conditions import NOTHING_SPECIAL, Closure, Conditions
from routing.roads.map.extract import UnusableExtractError
from routing.roads.map.road_map import ROAD_MAP_VERSION, RoadMap, build_road_map
from routing.roads.map.saved import load_road_map, save_road_map
from routing.roads.network import (
    Leg,
    Manoeuvre,
    Place,
    RoadNetwork,
    TravelMatrix,
    Unreachable,
)
from routing.roads.profile import COLLECTION_TRUCK, PROFILES, Profile
from routing.roads.straight import StraightLineNetwork
from routing.roads.streets import StreetNetwork, build_network
from routing.roads.tags.limits import Limits

__all__ = [
    "COLLECTION_TRUCK",
    "NOTHING_SPECIAL",
    "PROFILES",
    "ROAD_MAP_VERSION",
    "Closure",
    "Conditions",
    "Leg",
    "Limits",
    "Manoeuvre",
    "Place",
    "Profile",
    "RoadMap",
    "RoadNetwork",
    "StraightLineNetwork",
    "StreetNetwork",
    "TravelMatrix",
    "Unreachable",
    "UnusableExtractError",
    "build_network",
    "build_road_map",
    "load_road_map",
    "save_road_map",
]
