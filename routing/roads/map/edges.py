"""Streets cut at their junctions into directed edges, as arrays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.geometry import Floats, bearings_deg, great_circle_m
from routing.roads.map.extract import Extract, Street
from routing.roads.map.rules import Rule

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO_TWIN = -1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Edges:
    """Directed edges 0..m-1, each from one junction to the next.

    Parameters
    ----------
    way
        (m,) OSM way of the edge.
    tail, head
        (m,) OSM nodes where it starts and ends.
    twin
        (m,) the same stretch driven the other way, or `NO_TWIN`.
    rule, name
        (m,) which of the map's rules holds, which of its names it bears.
    is_roundabout
        (m,) whether it is part of one.
    lights
        (m,) traffic lights on it, the one at its end included.
    length_m
        (m,) lengths.
    first_point
        (m+1,) the points of edge e are first_point[e] .. first_point[e+1]-1.
    lat_deg, lon_deg
        (p,) points of all edges, in driving direction.
    offset_m
        (p,) how far along its edge each point lies.
    bearing_in_deg, bearing_out_deg
        (m,) direction on entering and on leaving the edge.
    """

    way: Ints
    tail: Ints
    head: Ints
    twin: Ints
    rule: Ints
    name: Ints
    is_roundabout: Flags
    lights: Ints
    length_m: Floats
    first_point: Ints
    lat_deg: Floats
    lon_deg: Floats
    offset_m: Floats
    bearing_in_deg: Floats
    bearing_out_deg: Floats

    def __len__(self) -> int:
        """Count the edges."""
        return len(self.way)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """Edges, with the rules and the names that they refer to by number."""

    edges: Edges
    rules: tuple[Rule, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stretch:
    """One edge before it is put into arrays."""

    street: Street
    first: int
    last: int
    is_backwards: bool
    twin: int

    def order(self) -> slice:
        """Select the nodes of the street in driving direction."""
        if not self.is_backwards:
            return slice(self.first, self.last + 1)
        return slice(self.last, self.first - 1 if self.first else None, -1)

    def rule(self) -> Rule:
        """Return what holds in driving direction."""
        rule = self.street.backwards if self.is_backwards else self.street.forwards
        assert rule is not None  # noqa: S101 - else there would be no stretch
        return rule

    def lights(self, lights: dict[int, str]) -> int:
        """Count the traffic lights for who drives along, bar one at the beginning."""
        meant = {"both", "backward" if self.is_backwards else "forward"}
        nodes = self.street.nodes[self.order()][1:]
        return sum(lights.get(node) in meant for node in nodes)


def cut_into_edges(extract: Extract) -> Cut:
    """Cut every street where it meets another, itself or a gate."""
    stretches = list(_stretches(extract))
    rules = {
        rule: i for i, rule in enumerate(dict.fromkeys(s.rule() for s in stretches))
    }
    names = {
        name: i
        for i, name in enumerate(dict.fromkeys(s.street.name for s in stretches))
    }
    nodes = [s.street.nodes[s.order()] for s in stretches]
    points = [s.street.points[s.order()] for s in stretches]
    first_point = np.cumsum([0, *map(len, points)], dtype=np.int64)
    lat_deg, lon_deg = np.array([p for shape in points for p in shape]).reshape(-1, 2).T
    offset_m = _offsets_m(lat_deg, lon_deg, first_point)
    start, end = first_point[:-1], first_point[1:] - 1
    edges = Edges(
        way=_ints([s.street.way for s in stretches]),
        tail=_ints([shape[0] for shape in nodes]),
        head=_ints([shape[-1] for shape in nodes]),
        twin=_ints([s.twin for s in stretches]),
        rule=_ints([rules[s.rule()] for s in stretches]),
        name=_ints([names[s.street.name] for s in stretches]),
        is_roundabout=np.array([s.street.is_roundabout for s in stretches], np.bool_),
        lights=_ints([s.lights(extract.lights) for s in stretches]),
        length_m=offset_m[end],
        first_point=first_point,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        offset_m=offset_m,
        bearing_in_deg=_bearings(lat_deg, lon_deg, start, start + 1),
        bearing_out_deg=_bearings(lat_deg, lon_deg, end - 1, end),
    )
    return Cut(edges=edges, rules=tuple(rules), names=tuple(names))


def _stretches(extract: Extract) -> Iterator[_Stretch]:
    cuts = _junctions(extract.streets) | extract.gates.keys()
    count = 0
    for street in extract.streets:
        is_twoway = street.forwards is not None and street.backwards is not None
        for first, last in _between_cuts(street, cuts):
            for is_backwards in _senses(street):
                twin = count + (-1 if is_backwards else 1) if is_twoway else NO_TWIN
                yield _Stretch(
                    street=street,
                    first=first,
                    last=last,
                    is_backwards=is_backwards,
                    twin=twin,
                )
                count += 1


def _senses(street: Street) -> Iterator[bool]:
    if street.forwards is not None:
        yield False
    if street.backwards is not None:
        yield True


def _junctions(streets: Sequence[Street]) -> set[int]:
    uses = Counter(node for street in streets for node in street.nodes)
    return {node for node, count in uses.items() if count > 1}


def _between_cuts(street: Street, cuts: set[int]) -> Iterator[tuple[int, int]]:
    first = 0
    final = len(street.nodes) - 1
    for last in range(1, final + 1):
        if last == final or street.nodes[last] in cuts:
            yield first, last
            first = last


def _offsets_m(lat_deg: Floats, lon_deg: Floats, first_point: Ints) -> Floats:
    steps_m = np.zeros(len(lat_deg))
    steps_m[1:] = great_circle_m(lat_deg[:-1], lon_deg[:-1], lat_deg[1:], lon_deg[1:])
    walked_m = np.cumsum(steps_m)
    offsets: Floats = walked_m - np.repeat(
        walked_m[first_point[:-1]], np.diff(first_point)
    )
    return offsets


def _bearings(lat_deg: Floats, lon_deg: Floats, a: Ints, b: Ints) -> Floats:
    return bearings_deg(lat_deg[a], lon_deg[a], lat_deg[b], lon_deg[b])


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
