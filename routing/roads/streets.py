"""A road network made of real streets."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from routing.roads.costs import distance_m, travel_s
from routing.roads.graph import Graph, build_graph
from routing.roads.network import Leg, Place, Point, TravelMatrix, Unreachable
from routing.roads.profile import COLLECTION_TRUCK, Profile
from routing.roads.search import fastest_costs, fastest_edges
from routing.roads.snapping import Snapper

_MAX_SNAP_M = 250.0
# OSM writes positions to a centimetre.
_NEAR_M = 0.01


class StreetNetwork:
    """Streets of an OSM extract, as one profile may drive them."""

    is_estimate = False

    def __init__(self, graph: Graph, *, max_snap_m: float) -> None:
        self._graph = graph
        self._snapper = Snapper(graph, max_distance_m=max_snap_m)

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point of a street from which everything is reachable."""
        return self._snapper.snap(lat_deg, lon_deg)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Measure the fastest ways between all pairs of places."""
        costs = fastest_costs(self._graph, places)
        return TravelMatrix(
            travel_s=travel_s(costs).astype(np.int32),
            distance_m=distance_m(costs).astype(np.int32),
        )

    def path(self, start: Place, end: Place) -> Leg:
        """Trace the fastest way between two places."""
        cost, edges = fastest_edges(self._graph, start, end)
        return Leg(
            points=_shape(self._graph, start, end, edges),
            travel_s=int(travel_s(np.array(cost))),
            distance_m=int(distance_m(np.array(cost))),
        )


def build_network(
    pbf: Path, profile: Profile = COLLECTION_TRUCK, *, max_snap_m: float = _MAX_SNAP_M
) -> StreetNetwork:
    """Build the network that a profile may drive from an OSM extract.

    Raises
    ------
    UnusableExtractError
        The file is no extract, or holds no streets that reach each other.
    """
    return StreetNetwork(build_graph(pbf, profile), max_snap_m=max_snap_m)


def _shape(
    graph: Graph, start: Place, end: Place, edges: Sequence[int]
) -> tuple[Point, ...]:
    points = [(start.lat_deg, start.lon_deg)]
    for rank, edge in enumerate(edges):
        first = graph.offset_m(start, edge) if rank == 0 else 0.0
        is_last = rank == len(edges) - 1
        last = graph.offset_m(end, edge) if is_last else math.inf
        points += _points_between(graph, edge, first, last)
    points.append((end.lat_deg, end.lon_deg))
    return tuple(points)


def _points_between(
    graph: Graph, edge: int, first_m: float, last_m: float
) -> list[Point]:
    edges = graph.edges
    points = slice(edges.first_point[edge], edges.first_point[edge + 1])
    offset_m = edges.offset_m[points]
    is_between = (offset_m > first_m + _NEAR_M) & (offset_m < last_m - _NEAR_M)
    lat_deg = edges.lat_deg[points][is_between].tolist()
    lon_deg = edges.lon_deg[points][is_between].tolist()
    return list(zip(lat_deg, lon_deg, strict=True))
