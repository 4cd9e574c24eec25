"""Streets cut at their junctions into directed edges, as arrays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.extract import Extract, Street
from routing.roads.geometry import Floats, bearings_deg, great_circle_m

Ints = npt.NDArray[np.int64]

NO_TWIN = -1
_MS_PER_M_AT_1_KMH = 3600.0


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
    time_ms
        (m,) whole milliseconds, so that sums are exact.
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
    can_halt
        (m,) whether a vehicle may stand on the edge.
    """

    way: Ints
    tail: Ints
    head: Ints
    twin: Ints
    time_ms: Ints
    length_m: Floats
    first_point: Ints
    lat_deg: Floats
    lon_deg: Floats
    offset_m: Floats
    bearing_in_deg: Floats
    bearing_out_deg: Floats
    can_halt: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Count the edges."""
        return len(self.way)


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


def cut_into_edges(extract: Extract) -> Edges:
    """Cut every street where it meets another, itself or a closed node."""
    stretches = list(_stretches(extract))
    nodes = [s.street.nodes[s.order()] for s in stretches]
    points = [s.street.points[s.order()] for s in stretches]
    first_point = np.cumsum([0, *map(len, points)], dtype=np.int64)
    lat_deg, lon_deg = np.array([p for shape in points for p in shape]).reshape(-1, 2).T
    offset_m = _offsets_m(lat_deg, lon_deg, first_point)
    kmh = np.array([s.street.speed_kmh for s in stretches])
    start, end = first_point[:-1], first_point[1:] - 1
    length_m = offset_m[end]
    return Edges(
        way=_ints([s.street.way for s in stretches]),
        tail=_ints([shape[0] for shape in nodes]),
        head=_ints([shape[-1] for shape in nodes]),
        twin=_ints([s.twin for s in stretches]),
        time_ms=_times_ms(length_m, kmh),
        length_m=length_m,
        first_point=first_point,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        offset_m=offset_m,
        bearing_in_deg=_bearings(lat_deg, lon_deg, start, start + 1),
        bearing_out_deg=_bearings(lat_deg, lon_deg, end - 1, end),
        can_halt=np.array([s.street.can_halt for s in stretches], dtype=np.bool_),
    )


def _stretches(extract: Extract) -> Iterator[_Stretch]:
    cuts = _junctions(extract.streets) | extract.closed_nodes
    count = 0
    for street in extract.streets:
        is_twoway = street.is_open_forwards and street.is_open_backwards
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
    if street.is_open_forwards:
        yield False
    if street.is_open_backwards:
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


def _times_ms(length_m: Floats, kmh: Floats) -> Ints:
    # At least one: a cycle that costs nothing would never end.
    milliseconds = np.rint(length_m / kmh * _MS_PER_M_AT_1_KMH).astype(np.int64)
    return np.maximum(milliseconds, 1)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
