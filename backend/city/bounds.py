"""The part of the world an OSM extract covers."""

from dataclasses import dataclass
from pathlib import Path

import osmium
from osmium.osm import NODE, Box, Node

from backend.city.errors import UnusableCityError


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """A box of longitudes and latitudes, in degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float


def read_bounds(pbf: Path) -> Bounds:
    """Read the box that an extract says it covers, or else that its nodes span."""
    try:
        box = osmium.io.Reader(str(pbf)).header().box()
        if not box.valid():
            _extend_over_nodes(box, pbf)
    except (RuntimeError, OSError) as error:
        raise UnusableCityError(f"{pbf}: not an OSM extract: {error}") from error
    if not box.valid():
        raise UnusableCityError(f"{pbf}: holds no node")
    return Bounds(
        west_deg=box.bottom_left.lon,
        south_deg=box.bottom_left.lat,
        east_deg=box.top_right.lon,
        north_deg=box.top_right.lat,
    )


def _extend_over_nodes(box: Box, pbf: Path) -> None:
    for item in osmium.FileProcessor(str(pbf), NODE):
        if isinstance(item, Node):
            box.extend(item.location)
