"""A city made by another version is known as such."""

from backend.city.folder import ROADS
from backend.city.versions import VERSIONS
from routing.roads import ROAD_MAP_VERSION


def test_the_version_of_a_road_map_is_the_one_that_routing_writes():
    assert VERSIONS[ROADS] == ROAD_MAP_VERSION
