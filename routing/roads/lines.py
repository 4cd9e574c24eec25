"""The line of a way on the map."""

import math
from collections.abc import Sequence

from routing.roads.map.road_map import RoadMap
from routing.roads.network import Place, Point

# OSM writes positions to a centimetre.
_NEAR_M = 0.01


def line_of(
    roads: RoadMap,
    start: Place,
    end: Place,
    edges: Sequence[int],
    offsets_m: tuple[float, float],
) -> tuple[Point, ...]:
    """Draw a way along edges; `offsets_m` on the first and on the last of them."""
    points = [(start.lat_deg, start.lon_deg)]
    for rank, edge in enumerate(edges):
        first_m = offsets_m[0] if rank == 0 else 0.0
        last_m = offsets_m[1] if rank == len(edges) - 1 else math.inf
        points += _points_between(roads, edge, first_m, last_m)
    points.append((end.lat_deg, end.lon_deg))
    return tuple(points)


def _points_between(
    roads: RoadMap, edge: int, first_m: float, last_m: float
) -> list[Point]:
    edges = roads.edges
    points = slice(edges.first_point[edge], edges.first_point[edge + 1])
    offset_m = edges.offset_m[points]
    is_between = (offset_m > first_m + _NEAR_M) & (offset_m < last_m - _NEAR_M)
    lat_deg = edges.lat_deg[points][is_between].tolist()
    lon_deg = edges.lon_deg[points][is_between].tolist()
    return list(zip(lat_deg, lon_deg, strict=True))


def lines_of(roads: RoadMap, edges: Sequence[int]) -> list[list[Point]]:
    """Draw edges as lines, each stretch once; those that follow each other as one."""
    lines: list[list[Point]] = []
    end = None
    for edge in _once(roads, edges):
        points = _points_between(roads, edge, -math.inf, math.inf)
        if lines and int(roads.edges.tail[edge]) == end:
            lines[-1] += points[1:]
        else:
            lines.append(points)
        end = int(roads.edges.head[edge])
    return lines


def _once(roads: RoadMap, edges: Sequence[int]) -> list[int]:
    """Keep of the two directions of a stretch the first."""
    seen: set[int] = set()
    kept = []
    for edge in edges:
        if int(roads.edges.twin[edge]) not in seen:
            kept.append(edge)
        seen.add(edge)
    return kept
