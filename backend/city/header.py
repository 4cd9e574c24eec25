"""What the header of an OSM extract says: which part of the world, up to when."""

from datetime import UTC, datetime
from pathlib import Path

import osmium
from osmium.osm import NODE, Box, Node

from backend.city.bounds import Bounds
from backend.city.errors import UnusableCityError


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


def read_data_at(pbf: Path) -> datetime | None:
    """Read up to when an extract knows the world, if its header says so."""
    try:
        header = osmium.io.Reader(str(pbf)).header()
    except (RuntimeError, OSError) as error:
        raise UnusableCityError(f"{pbf}: not an OSM extract: {error}") from error
    try:
        said = datetime.fromisoformat(header.get("osmosis_replication_timestamp", ""))
    except ValueError:
        return None  # it says nothing, or nothing that is a time
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def _extend_over_nodes(box: Box, pbf: Path) -> None:
    for item in osmium.FileProcessor(str(pbf), NODE):
        if isinstance(item, Node):
            box.extend(item.location)
