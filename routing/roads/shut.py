"""Which edges a closure means."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.conditions import Closure
from routing.roads.map.edges import NO_TWIN
from routing.roads.map.road_map import RoadMap
from routing.roads.tags.limits import Limits

Ints = npt.NDArray[np.int64]

# Who points at a street points no further beside it; a street of the city that an
# operator had before is further away.
_MAX_AWAY_M = 250.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Shut:
    """Edges that are closed, or open only within some limits."""

    edges: Ints
    limits: Limits | None
    reason: str


def find_shut(roads: RoadMap, closures: Iterable[Closure]) -> list[Shut]:
    """Find the edges of each closure; one that means none of this map is left out."""
    found = [
        Shut(edges=_edges(roads, each), limits=each.limits, reason=each.reason)
        for each in closures
    ]
    return [each for each in found if len(each.edges)]


def _edges(roads: RoadMap, closure: Closure) -> Ints:
    if closure.at is None:
        return np.flatnonzero(roads.edges.way == closure.way)
    spot = roads.every_segment.nearest(*closure.at)
    if spot is None or spot.distance_m > _MAX_AWAY_M:
        return np.zeros(0, np.int64)
    twin = int(roads.edges.twin[spot.edge])
    return np.array([spot.edge] if twin == NO_TWIN else [spot.edge, twin])
