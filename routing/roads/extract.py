"""Streets, closed nodes and turn restrictions of an OSM extract."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import osmium
from osmium.filter import KeyFilter
from osmium.osm import Node, NodeRef, Relation, Way, WayNodeList

from routing.roads.network import Point
from routing.roads.profile import Profile
from routing.roads.rules import (
    Tags,
    can_halt,
    directions,
    is_drivable,
    is_passable,
    speed_kmh,
)

_KEYS = ("highway", "barrier", "maxheight", "restriction", "restriction:hgv")
_MIN_NODES = 2


class UnusableExtractError(ValueError):
    """The file is no OSM extract with streets for the vehicle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Street:
    """A drivable stretch of an OSM way, all of whose nodes the extract holds."""

    way: int
    nodes: tuple[int, ...]
    points: tuple[Point, ...]
    speed_kmh: float
    is_open_forwards: bool
    is_open_backwards: bool
    can_halt: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Restriction:
    """Coming from one of the ways, by way of the via: never, or only, to these.

    Exactly one of `via_node` and `via_ways` is set.
    """

    is_only: bool
    from_ways: frozenset[int]
    via_node: int | None
    via_ways: tuple[int, ...]
    to_ways: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """What one profile needs of an OSM extract."""

    streets: tuple[Street, ...]
    closed_nodes: frozenset[int]
    restrictions: tuple[Restriction, ...]


def read_extract(path: Path, profile: Profile) -> Extract:
    """Read the streets that a profile may use."""
    streets: list[Street] = []
    closed_nodes: set[int] = set()
    restrictions: list[Restriction] = []
    try:
        for item in _objects(path):
            tags = dict(item.tags)
            if isinstance(item, Way):
                streets.extend(_streets(item, tags, profile))
            elif isinstance(item, Relation):
                restrictions.extend(_restrictions(item, tags, profile))
            elif isinstance(item, Node) and not is_passable(tags, profile):
                closed_nodes.add(item.id)
    except (RuntimeError, OSError) as error:
        raise UnusableExtractError(f"{path}: not an OSM extract: {error}") from error
    return Extract(
        streets=tuple(streets),
        closed_nodes=frozenset(closed_nodes),
        restrictions=tuple(restrictions),
    )


def _objects(path: Path) -> osmium.FileProcessor:
    processor = osmium.FileProcessor(str(path)).with_locations()
    return processor.with_filter(KeyFilter(*_KEYS))


def _streets(way: Way, tags: Tags, profile: Profile) -> Iterator[Street]:
    forwards, backwards = directions(tags)
    if not is_drivable(tags, profile) or not (forwards or backwards):
        return
    for nodes in _known_stretches(way.nodes):
        yield Street(
            way=way.id,
            nodes=tuple(node.ref for node in nodes),
            points=tuple((node.location.lat, node.location.lon) for node in nodes),
            speed_kmh=speed_kmh(tags, profile),
            is_open_forwards=forwards,
            is_open_backwards=backwards,
            can_halt=can_halt(tags),
        )


def _known_stretches(nodes: WayNodeList) -> Iterator[list[NodeRef]]:
    # Clipped extracts cut ways anywhere; bridging a hole would invent a street.
    stretch: list[NodeRef] = []
    for node in nodes:
        if node.location.valid():
            stretch.append(node)
            continue
        if len(stretch) >= _MIN_NODES:
            yield stretch
        stretch = []
    if len(stretch) >= _MIN_NODES:
        yield stretch


def _restrictions(
    relation: Relation, tags: Tags, profile: Profile
) -> Iterator[Restriction]:
    kind = tags.get("restriction:hgv", tags.get("restriction", ""))
    if not kind.startswith(("no_", "only_")) or _is_exempt(tags, profile):
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    via_nodes = [ref for role, type_, ref in members if (role, type_) == ("via", "n")]
    via_ways = [ref for role, type_, ref in members if (role, type_) == ("via", "w")]
    if len(via_nodes) + bool(via_ways) != 1:
        return
    yield Restriction(
        is_only=kind.startswith("only_"),
        from_ways=frozenset(ref for role, _, ref in members if role == "from"),
        via_node=via_nodes[0] if via_nodes else None,
        via_ways=tuple(via_ways),
        to_ways=frozenset(ref for role, _, ref in members if role == "to"),
    )


def _is_exempt(tags: Tags, profile: Profile) -> bool:
    exempt = {name.strip() for name in tags.get("except", "").split(";")}
    return not exempt.isdisjoint(profile.access_keys)
