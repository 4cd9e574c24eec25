"""How each file of a city is made: another number means that it is made anew."""

from collections.abc import Mapping

from backend.city.folder import BASEMAP, BINS, MANIFEST, ROADS

VERSIONS: Mapping[str, int] = {
    # routing.roads.ROAD_MAP_VERSION, which takes long to load; a test compares them.
    ROADS: 1,
    BASEMAP: 1,
    BINS: 1,
    MANIFEST: 1,
}
