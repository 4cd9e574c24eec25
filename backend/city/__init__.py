"""What an OSM extract says about a city: its map, its bins, its addresses."""

from backend.city.basemap import Basemap, BasemapError, build_basemap
from backend.city.bounds import Bounds, UnusableCityError, read_bounds
from backend.city.candidates import (
    Address,
    CandidateBin,
    Candidates,
    read_candidates,
)

__all__ = [
    "Address",
    "Basemap",
    "BasemapError",
    "Bounds",
    "CandidateBin",
    "Candidates",
    "UnusableCityError",
    "build_basemap",
    "read_bounds",
    "read_candidates",
]
