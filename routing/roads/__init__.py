"""Travel times and ways along the streets of an OSM extract."""

from routing.roads.conditions import NOTHING_SPECIAL, Closure, Conditions
from routing.roads.fleet import FleetNetwork
from routing.roads.geometry import flat_m
from routing.roads.learning import (
    DrivenLeg,
    SpeedFactor,
    learn_speed_factors,
    mean_factors,
)
from routing.roads.lines import lines_of
from routing.roads.manoeuvres import tell_turning_back
from routing.roads.map.extract import UnusableExtractError
from routing.roads.map.road_map import ROAD_MAP_VERSION, RoadMap, build_road_map
from routing.roads.map.rules import ROAD_CLASSES
from routing.roads.map.saved import load_road_map, save_road_map
from routing.roads.network import (
    Bend,
    Leg,
    Manoeuvre,
    ManoeuvreKind,
    Place,
    RoadNetwork,
    SparseMatrix,
    TravelMatrix,
    Unreachable,
)
from routing.roads.profile import COLLECTION_TRUCK, PROFILES, Profile
from routing.roads.rows import Rows, fill_matrix, pick_sparse
from routing.roads.shut import find_shut
from routing.roads.straight import StraightLineNetwork
from routing.roads.streets import StreetNetwork, build_network
from routing.roads.tags.limits import Limits

__all__ = [
    "COLLECTION_TRUCK",
    "NOTHING_SPECIAL",
    "PROFILES",
    "ROAD_CLASSES",
    "ROAD_MAP_VERSION",
    "Bend",
    "Closure",
    "Conditions",
    "DrivenLeg",
    "FleetNetwork",
    "Leg",
    "Limits",
    "Manoeuvre",
    "ManoeuvreKind",
    "Place",
    "Profile",
    "RoadMap",
    "RoadNetwork",
    "Rows",
    "SparseMatrix",
    "SpeedFactor",
    "StraightLineNetwork",
    "StreetNetwork",
    "TravelMatrix",
    "Unreachable",
    "UnusableExtractError",
    "build_network",
    "build_road_map",
    "fill_matrix",
    "find_shut",
    "flat_m",
    "learn_speed_factors",
    "lines_of",
    "load_road_map",
    "mean_factors",
    "pick_sparse",
    "save_road_map",
    "tell_turning_back",
]
