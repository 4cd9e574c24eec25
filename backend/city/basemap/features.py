"""Map features of an OSM extract, as GeoJSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
from osmium.geom import GeoJSONFactory
from osmium.osm import Area, Node, NodeRefList, Way

from backend.city.basemap.border import (
    Chain,
    Ring,
    areas_to_the_right,
    is_inside,
    known_chains,
    ring_area,
    smaller_areas,
)
from backend.city.basemap.looks import Look, Tags, area_look, line_look, point_look
from backend.city.bounds import Bounds
from backend.city.errors import UnusableCityError
from backend.city.header import read_bounds

Geometry = Mapping[str, Any]

_SEA = Look(layer="water", kind="ocean", min_zoom=0)
_EARTH = Look(layer="earth", kind="earth", min_zoom=0)
_NAMED_PARKS = frozenset({"park", "nature_reserve", "cemetery"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """Something to draw: where it is and how it looks."""

    geometry: Geometry
    look: Look

    def to_json(self) -> str:
        """Write the line that tippecanoe reads."""
        return json.dumps(
            {
                "type": "Feature",
                "geometry": self.geometry,
                "properties": {"kind": self.look.kind, **self.look.details},
                "tippecanoe": {"minzoom": self.look.min_zoom},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def read_features(pbf: Path) -> Iterator[Feature]:
    """Read everything that the map draws.

    Raises
    ------
    UnusableCityError
        The file is no OSM extract.
    """
    bounds = read_bounds(pbf)
    yield Feature(geometry=_polygon([_box(bounds)]), look=_EARTH)
    try:
        yield from _Reader(bounds).read(pbf)
    except (RuntimeError, OSError) as error:
        raise UnusableCityError(f"{pbf}: not an OSM extract: {error}") from error


class _Reader:
    """Gathers features, and what only makes one together with others."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._coast: list[Chain] = []
        self._addresses: set[tuple[str, str]] = set()
        self._factory = GeoJSONFactory()

    def read(self, pbf: Path) -> Iterator[Feature]:
        """Walk the file once."""
        tagged = osmium.filter.EmptyTagFilter()
        for item in osmium.FileProcessor(str(pbf)).with_areas().with_filter(tagged):
            tags = dict(item.tags)
            if isinstance(item, Node):
                yield from self._points(item, tags)
            elif isinstance(item, Way):
                yield from self._lines(item, tags)
            elif isinstance(item, Area):
                yield from self._areas(item, tags)
        yield from _sea(self._coast, self._bounds)

    def _points(self, node: Node, tags: Tags) -> Iterator[Feature]:
        position = (node.location.lon, node.location.lat)
        yield from self._address(position, tags)
        if look := point_look(tags):
            yield Feature(geometry=_point(position), look=look)

    def _address(self, position: tuple[float, float], tags: Tags) -> Iterator[Feature]:
        # Many shops share one house number, which is to be written once.
        address = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
        if not address[1] or address in self._addresses:
            return
        self._addresses.add(address)
        look = Look(
            layer="buildings",
            kind="address",
            min_zoom=15,
            details={"addr_housenumber": address[1], "addr_street": address[0]},
        )
        yield Feature(geometry=_point(position), look=look)

    def _lines(self, way: Way, tags: Tags) -> Iterator[Feature]:
        chains = known_chains(_positions(way.nodes))
        if tags.get("natural") == "coastline":
            self._coast += chains
        elif look := line_look(tags):
            for chain in chains:
                geometry = {"type": "LineString", "coordinates": chain}
                yield Feature(geometry=geometry, look=look)
        elif way.is_closed() and len(chains) and not _is_whole(way.nodes):
            yield from self._cut_areas(chains, area_look(tags))

    def _cut_areas(self, chains: list[Chain], look: Look | None) -> Iterator[Feature]:
        if look is not None:
            for ring in smaller_areas(chains, self._bounds):
                yield Feature(geometry=_polygon([ring]), look=look)

    def _areas(self, area: Area, tags: Tags) -> Iterator[Feature]:
        look = area_look(tags)
        rings = [_positions(ring) for ring in area.outer_rings()]
        if not rings:
            return
        middle = _middle([position for position in rings[0] if position])
        yield from self._address(middle, tags)
        if look is None:
            return
        geometry = json.loads(self._factory.create_multipolygon(area))
        yield Feature(geometry=geometry, look=look)
        if look.kind in _NAMED_PARKS and "name" in look.details:
            yield Feature(geometry=_point(middle), look=_park_name(look))


def _park_name(look: Look) -> Look:
    details = {**look.details, "min_zoom": 14}
    return Look(layer="pois", kind="park", min_zoom=14, details=details)


def _sea(coast: Sequence[Chain], bounds: Bounds) -> Iterator[Feature]:
    chains = _joined(coast)
    islands = [chain for chain in chains if chain[0] == chain[-1]]
    open_chains = [chain for chain in chains if chain[0] != chain[-1]]
    seas = areas_to_the_right(open_chains, bounds)
    if islands and not open_chains:
        seas = [_box(bounds)]
    for sea in seas:
        holes = [island for island in islands if is_inside(island[0], sea)]
        yield Feature(geometry=_polygon([sea, *holes]), look=_SEA)


def _joined(chains: Sequence[Chain]) -> list[Chain]:
    """Join chains where one begins at the end of another."""
    by_start = {chain[0]: list(chain) for chain in chains}
    for start in list(by_start):
        chain = by_start.get(start)
        while chain and chain[-1] != start and chain[-1] in by_start:
            chain += by_start.pop(chain[-1])[1:]
    return list(by_start.values())


def _positions(nodes: NodeRefList) -> list[tuple[float, float] | None]:
    return [
        (node.location.lon, node.location.lat) if node.location.valid() else None
        for node in nodes
    ]


def _is_whole(nodes: NodeRefList) -> bool:
    return all(node.location.valid() for node in nodes)


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    lons, lats = zip(*ring, strict=True)
    return sum(lons) / len(lons), sum(lats) / len(lats)


def _box(bounds: Bounds) -> Ring:
    west, south = bounds.west_deg, bounds.south_deg
    east, north = bounds.east_deg, bounds.north_deg
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]


def _point(position: tuple[float, float]) -> Geometry:
    return {"type": "Point", "coordinates": position}


def _polygon(rings: Sequence[Ring]) -> Geometry:
    """Write an outer ring and its holes, wound as RFC 7946 wants."""
    outer, *holes = rings
    wound = [
        outer if ring_area(outer) > 0 else outer[::-1],
        *(hole if ring_area(hole) < 0 else hole[::-1] for hole in holes),
    ]
    return {"type": "Polygon", "coordinates": wound}
