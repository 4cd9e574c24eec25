"""What an OSM extract says about a city: its map, its bins, its addresses."""

from backend.city.basemap import Basemap, build_basemap
from backend.city.bounds import Bounds, read_bounds
from backend.city.candidates import (
    Address,
    CandidateBin,
    Candidates,
    read_candidates,
)
from backend.city.errors import BasemapError, CityError, UnusableCityError

__all__ = [
    "Address",
    "Basemap",
    "BasemapError",
    "Bounds",
    "CandidateBin",
    "Candidates",
    "CityError",
    "UnusableCityError",
    "build_basemap",
    "read_bounds",
    "read_candidates",
]
