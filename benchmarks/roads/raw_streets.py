"""The streets of an extract as straight segments between its nodes; no graph."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.filter import KeyFilter
from osmium.osm import Node, Relation, Way

from benchmarks.roads.raw_tags import (
    Sense,
    Tags,
    Vehicle,
    bans_on,
    is_barred,
    permission,
)

Point = tuple[float, float]

_M_PER_DEG = 111_195.0
_TINY_M = 0.02
_CELL_DEG = 0.002
_KEYS = ("highway", "route", "barrier", "type", "maxheight", "maxweight", "maxwidth")
_MORE_KEYS = ("maxlength", "maxaxleload")


class Segment(NamedTuple):
    """From one node of a way to the next, in driving direction."""

    way: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ban:
    """A turn restriction, by its members."""

    is_only: bool
    is_u_turn: bool
    from_ways: frozenset[int]
    via_node: int | None
    via_ways: tuple[int, ...]
    to_ways: frozenset[int]


@dataclass(kw_only=True, slots=True)
class RawStreets:
    """Where one vehicle may drive, as the OSM objects say.

    Parameters
    ----------
    leaving, arriving
        By node: open segments that begin, or end, there.
    zone
        Segments that are open only to who has business there.
    barred
        Nodes that the vehicle cannot drive past.
    bans
        Turn restrictions; `bans_from` has their numbers by the way they begin on.
    nodes_at
        Nodes by latitude and longitude.
    """

    leaving: defaultdict[int, list[Segment]] = field(
        default_factory=lambda: defaultdict(list)
    )
    arriving: defaultdict[int, list[Segment]] = field(
        default_factory=lambda: defaultdict(list)
    )
    zone: set[Segment] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)
    bans: list[Ban] = field(default_factory=list)
    bans_from: defaultdict[int, list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    place: dict[int, Point] = field(default_factory=dict)
    nodes_at: defaultdict[Point, set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    _cells: defaultdict[tuple[int, int], set[Segment]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, segment: Segment, *, is_zone: bool) -> None:
        """Open a segment."""
        self.leaving[segment.start].append(segment)
        self.arriving[segment.end].append(segment)
        if is_zone:
            self.zone.add(segment)
        for cell in self._cells_of(segment):
            self._cells[cell].add(segment)

    def put(self, node: int, point: Point) -> None:
        """Say where a node lies."""
        self.place[node] = point
        self.nodes_at[point].add(node)

    def near(self, point: Point) -> set[Segment]:
        """Select the segments that may pass through a point."""
        return self._cells.get(_cell(point), set())

    def along_m(self, point: Point, segment: Segment) -> tuple[float, float]:
        """Measure how far along a segment a point lies, and how far off it."""
        a, b = self.place[segment.start], self.place[segment.end]
        length_m = _apart_m(a, b)
        (px, py), (bx, by) = _flat(a, point), _flat(a, b)
        if length_m == 0:
            return 0.0, math.hypot(px, py)
        along_m = (px * bx + py * by) / length_m
        kept = min(max(along_m, 0.0), length_m) / length_m
        return along_m, math.hypot(px - kept * bx, py - kept * by)

    def is_at(self, point: Point, node: int) -> bool:
        """Say whether a point cannot be told from a node."""
        return _apart_m(point, self.place[node]) <= _TINY_M

    def is_tiny(self, segment: Segment) -> bool:
        """Say whether a segment is too short to be drawn."""
        ends = self.place[segment.start], self.place[segment.end]
        return _apart_m(*ends) <= _TINY_M

    def _cells_of(self, segment: Segment) -> Iterator[tuple[int, int]]:
        (a, b), (c, d) = (
            _cell(self.place[segment.start]),
            _cell(self.place[segment.end]),
        )
        for row in range(min(a, c) - 1, max(a, c) + 2):
            for column in range(min(b, d) - 1, max(b, d) + 2):
                yield row, column


def read_streets(pbf: Path, vehicle: Vehicle) -> RawStreets:
    """Read what an extract says to a vehicle."""
    streets = RawStreets()
    objects = osmium.FileProcessor(str(pbf)).with_locations()
    for item in objects.with_filter(KeyFilter(*_KEYS, *_MORE_KEYS)):
        tags = dict(item.tags)
        if isinstance(item, Node) and is_barred(tags, vehicle):
            streets.barred.add(item.id)
        elif isinstance(item, Way):
            _add_way(streets, item, tags, vehicle)
        elif isinstance(item, Relation):
            _add_bans(streets, item, tags, vehicle)
    return streets


def _add_way(streets: RawStreets, way: Way, tags: Tags, vehicle: Vehicle) -> None:
    senses: tuple[Sense, Sense] = ("forward", "backward")
    verdicts = {sense: permission(tags, vehicle, sense) for sense in senses}
    if set(verdicts.values()) == {"closed"}:
        return
    # Where the extract was cut, its streets end.
    nodes = [(node.ref, node.location) for node in way.nodes]
    for (u, at_u), (v, at_v) in itertools.pairwise(nodes):
        if not (at_u.valid() and at_v.valid()):
            continue
        streets.put(u, (at_u.lat, at_u.lon))
        streets.put(v, (at_v.lat, at_v.lon))
        for sense, ends in (("forward", (u, v)), ("backward", (v, u))):
            verdict = verdicts[sense]  # type: ignore[index]
            if verdict != "closed":
                is_zone = verdict == "destination"
                streets.add(Segment(way.id, *ends), is_zone=is_zone)


def _add_bans(
    streets: RawStreets, relation: Relation, tags: Tags, vehicle: Vehicle
) -> None:
    members = [(each.role, each.type, each.ref) for each in relation.members]
    via_nodes = [ref for role, kind, ref in members if (role, kind) == ("via", "n")]
    via_ways = tuple(ref for role, kind, ref in members if (role, kind) == ("via", "w"))
    if len(via_nodes) + bool(via_ways) != 1:
        return
    for said in bans_on(tags, vehicle):
        if not said.startswith(("no_", "only_")):
            continue
        ban = Ban(
            is_only=said.startswith("only_"),
            is_u_turn=said == "no_u_turn",
            from_ways=frozenset(ref for role, _, ref in members if role == "from"),
            via_node=via_nodes[0] if via_nodes else None,
            via_ways=via_ways,
            to_ways=frozenset(ref for role, _, ref in members if role == "to"),
        )
        for way in ban.from_ways:
            streets.bans_from[way].append(len(streets.bans))
        streets.bans.append(ban)


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / _CELL_DEG), math.floor(point[1] / _CELL_DEG)


def _flat(origin: Point, point: Point) -> tuple[float, float]:
    east = (point[1] - origin[1]) * math.cos(math.radians(origin[0]))
    return east * _M_PER_DEG, (point[0] - origin[0]) * _M_PER_DEG


def _apart_m(a: Point, b: Point) -> float:
    return math.hypot(*_flat(a, b))
