"""An operator's streets: which map, for which vehicles, under what traffic."""

from backend.streets.conditions import conditions_between
from backend.streets.learning import learn_speeds
from backend.streets.network import ESTIMATE, Streets, find_road_map, open_streets
from backend.streets.osrm import OsrmError
from backend.streets.vehicles import UnknownProfileError, profile_of

__all__ = [
    "ESTIMATE",
    "OsrmError",
    "Streets",
    "UnknownProfileError",
    "conditions_between",
    "find_road_map",
    "learn_speeds",
    "open_streets",
    "profile_of",
]
