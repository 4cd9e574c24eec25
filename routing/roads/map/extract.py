"""Streets, gates, lights and turn restrictions of an OSM extract."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import osmium
from osmium.filter import KeyFilter
from osmium.osm import Node, NodeRef, Relation, Way, WayNodeList

from routing.roads.geometry import length_m
from routing.roads.map.relations import Restriction, read_restrictions
from routing.roads.map.rules import (
    Gate,
    Rule,
    duration_s,
    gate_rule,
    road_class_of,
    street_rule,
)
from routing.roads.network import Point
from routing.roads.tags.countries import Country
from routing.roads.tags.values import Tags, seen_driving

_KEYS = ("highway", "route", "barrier")
_SIZE_KEYS = ("maxheight", "maxwidth", "maxlength", "maxweight", "maxaxleload")
_RESTRICTION_KEYS = ("restriction", "restriction:hgv", "restriction:conditional")
_MIN_NODES = 2
_KMH_PER_M_PER_S = 3.6


class UnusableExtractError(ValueError):
    """The file is no OSM extract with streets for vehicles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Street:
    """A stretch of an OSM way, all of whose nodes the extract holds.

    A direction without a rule must not be driven by anybody.
    """

    way: int
    nodes: tuple[int, ...]
    points: tuple[Point, ...]
    name: str
    is_roundabout: bool
    forwards: Rule | None
    backwards: Rule | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """What an OSM extract says about driving.

    Parameters
    ----------
    gates
        By node: what holds for driving past it.
    lights
        By node: traffic lights, for "both" directions of their way or for one.
    """

    streets: list[Street] = field(default_factory=list)
    gates: dict[int, Gate] = field(default_factory=dict)
    lights: dict[int, str] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)


def read_extract(path: Path, country: Country) -> Extract:
    """Read every street that some vehicle may use.

    Raises
    ------
    UnusableExtractError
        The file cannot be read to its end as OSM data.
    """
    extract = Extract()
    try:
        for item in _objects(path):
            tags = dict(item.tags)
            if isinstance(item, Way):
                extract.streets.extend(_streets(item, tags, country))
            elif isinstance(item, Relation):
                extract.restrictions.extend(read_restrictions(item, tags))
            elif isinstance(item, Node):
                _read_node(item.id, tags, extract)
    except (RuntimeError, OSError) as error:
        raise UnusableExtractError(f"{path}: not an OSM extract: {error}") from error
    return _on_streets(extract)


def _on_streets(extract: Extract) -> Extract:
    """Leave out gates and lights on paths."""
    nodes = {node for street in extract.streets for node in street.nodes}
    return replace(
        extract,
        gates={node: gate for node, gate in extract.gates.items() if node in nodes},
        lights={node: sense for node, sense in extract.lights.items() if node in nodes},
    )


def guess_country(path: Path) -> str | None:
    """Name the country that the extract's own tags speak of most, if any does.

    Raises
    ------
    UnusableExtractError
        The file cannot be read to its end as OSM data.
    """
    votes: Counter[str] = Counter()
    try:
        for item in osmium.FileProcessor(str(path)).with_filter(
            KeyFilter("addr:country", "ISO3166-1:alpha2", "maxspeed", *_SPEED_SOURCES)
        ):
            votes.update(_country_codes(dict(item.tags)))
    except (RuntimeError, OSError) as error:
        raise UnusableExtractError(f"{path}: not an OSM extract: {error}") from error
    return votes.most_common(1)[0][0] if votes else None


_SPEED_SOURCES = ("maxspeed:type", "source:maxspeed", "zone:traffic", "zone:maxspeed")
_CODE_LENGTH = 2


def _country_codes(tags: Tags) -> Iterator[str]:
    codes = [tags.get(key, "") for key in ("addr:country", "ISO3166-1:alpha2")]
    codes += [tags.get(key, "") for key in ("maxspeed", *_SPEED_SOURCES)]
    for code in codes:
        letters = code.partition(":")[0]
        if len(letters) == _CODE_LENGTH and letters.isalpha() and letters.isupper():
            yield letters


def _objects(path: Path) -> osmium.FileProcessor:
    processor = osmium.FileProcessor(str(path)).with_locations()
    return processor.with_filter(KeyFilter(*_KEYS, *_SIZE_KEYS, *_RESTRICTION_KEYS))


def _read_node(node: int, tags: Tags, extract: Extract) -> None:
    gate = gate_rule(tags)
    if gate is not None:
        extract.gates[node] = gate
    if tags.get("highway") == "traffic_signals":
        extract.lights[node] = tags.get("traffic_signals:direction", "both")


def _streets(way: Way, tags: Tags, country: Country) -> Iterator[Street]:
    road_class = road_class_of(tags)
    if road_class is None:
        return
    rules = [
        _rule(tags, road_class, country, forwards=forwards)
        for forwards in (True, False)
    ]
    if rules == [None, None]:
        return
    for nodes in _known_stretches(way.nodes):
        points = tuple((node.location.lat, node.location.lon) for node in nodes)
        yield Street(
            way=way.id,
            nodes=tuple(node.ref for node in nodes),
            points=points,
            name=tags.get("name") or tags.get("ref", ""),
            is_roundabout=tags.get("junction") in {"roundabout", "circular"},
            forwards=_timed(rules[0], tags, points),
            backwards=_timed(rules[1], tags, points),
        )


def _rule(
    tags: Tags, road_class: str, country: Country, *, forwards: bool
) -> Rule | None:
    seen = seen_driving(tags, forwards=forwards)
    rule = street_rule(seen, road_class, country, forwards=forwards)
    is_shut = all(verdict == "closed" for verdict in rule.verdicts)
    return None if is_shut or rule.surface_kmh == 0 else rule


def _timed(rule: Rule | None, tags: Tags, points: Iterable[Point]) -> Rule | None:
    """Let a ferry be as fast as its timetable says."""
    seconds = duration_s(tags)
    if rule is None or rule.road_class != "ferry" or seconds is None:
        return rule
    return replace(rule, surface_kmh=length_m(points) / seconds * _KMH_PER_M_PER_S)


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
