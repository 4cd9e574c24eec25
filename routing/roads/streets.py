"""A road network made of real streets."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from routing.roads.conditions import NOTHING_SPECIAL, Conditions
from routing.roads.costs import distance_m, travel_s
from routing.roads.geometry import Floats
from routing.roads.lines import line_of
from routing.roads.main_part import allowed_turns, main_edges
from routing.roads.manoeuvres import manoeuvres_of
from routing.roads.map.extract import UnusableExtractError
from routing.roads.map.road_map import RoadMap, build_road_map
from routing.roads.network import Leg, Place, TravelMatrix, Unreachable
from routing.roads.places import Stand
from routing.roads.profile import COLLECTION_TRUCK, Profile
from routing.roads.search import DijkstraSearch, HierarchySearch, Search, customise
from routing.roads.shut import find_shut
from routing.roads.snapping import Snapper
from routing.roads.weights import Weights, weigh

Ints = npt.NDArray[np.int64]

_MAX_SNAP_M = 250.0


class StreetNetwork:
    """Streets of a road map, as one profile may drive them under some conditions."""

    is_estimate = False

    def __init__(
        self,
        roads: RoadMap,
        profile: Profile = COLLECTION_TRUCK,
        *,
        conditions: Conditions = NOTHING_SPECIAL,
        max_snap_m: float = _MAX_SNAP_M,
    ) -> None:
        self.roads, self.profile, self.conditions = roads, profile, conditions
        self._max_snap_m = max_snap_m

    def under(self, conditions: Conditions) -> "StreetNetwork":
        """Return the same streets under other conditions; nothing is built anew."""
        return StreetNetwork(
            self.roads,
            self.profile,
            conditions=conditions,
            max_snap_m=self._max_snap_m,
        )

    @cached_property
    def weights(self) -> Weights:
        """Work out what edges and turns cost."""
        shut = find_shut(self.roads, self.conditions.closures)
        return weigh(
            self.roads,
            self.profile,
            speed_factor=self.conditions.speed_factor,
            shut=[(each.edges, each.limits) for each in shut],
        )

    @cached_property
    def search(self) -> Search:
        """Make ready for matrices and paths."""
        hierarchy = self.roads.hierarchy
        if hierarchy is None:
            return DijkstraSearch(allowed_turns(self.roads, self.weights))
        return HierarchySearch(customise(hierarchy, self.weights.turn))

    @cached_property
    def is_main(self) -> npt.NDArray[np.bool_]:
        """Find the (m,) edges where everything reaches everything."""
        return main_edges(self.roads, self.weights)

    @cached_property
    def _stand(self) -> Stand:
        return Stand(self.roads, self.weights)

    @cached_property
    def _snapper(self) -> Snapper:
        shut = find_shut(self.roads, self.conditions.closures)
        return Snapper(
            roads=self.roads,
            profile=self.profile,
            weights=self.weights,
            is_main=self.is_main & self.roads.can_halt,
            closed={e: each.reason for each in shut for e in each.edges.tolist()},
            max_distance_m=self._max_snap_m,
        )

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point of a street from which everything is reachable."""
        return self._snapper.snap(lat_deg, lon_deg)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Measure the fastest ways between all pairs of places."""
        times = np.empty((len(places), len(places)), np.int32)
        lengths = np.empty_like(times)
        for rows, costs in self.rows(places):
            times[rows] = travel_s(costs)
            lengths[rows] = distance_m(costs)
        return TravelMatrix(travel_s=times, distance_m=lengths)

    def rows(self, places: Sequence[Place]) -> Iterator[tuple[Ints, Floats]]:
        """Yield rows of the matrix as packed costs, in any order: numbers, costs."""
        if not places:
            return
        departures = self._stand.departures(places)
        arrivals = self._stand.arrivals(places)
        mates = self._mates(places)
        for rows, costs in self.search.rows(departures, arrivals):
            for at, row in enumerate(rows.tolist()):
                for column in mates.get(row, ()):
                    for cost, _ in self._stand.direct(places[row], places[column]):
                        costs[at, column] = min(costs[at, column], cost)
            yield rows, costs

    def _mates(self, places: Sequence[Place]) -> dict[int, list[int]]:
        """List for each place those on the same stretch, itself included."""
        by_stretch: dict[int, list[int]] = {}
        for row, place in enumerate(places):
            twin = int(self.roads.edges.twin[place.edge])
            stretch = place.edge if twin < 0 else min(place.edge, twin)
            by_stretch.setdefault(stretch, []).append(row)
        return {row: rows for rows in by_stretch.values() for row in rows}

    def path(self, start: Place, end: Place) -> Leg:
        """Trace the fastest way between two places."""
        cost, edges = self._fastest(start, end)
        first_m = self._stand.offset_m(start, edges[0])
        last_m = self._stand.offset_m(end, edges[-1])
        return Leg(
            points=line_of(self.roads, start, end, edges, (first_m, last_m)),
            travel_s=int(travel_s(np.array(cost))),
            distance_m=int(distance_m(np.array(cost))),
            manoeuvres=manoeuvres_of(self.roads, start, end, edges, (first_m, last_m)),
        )

    def _fastest(self, start: Place, end: Place) -> tuple[float, list[int]]:
        """Return the cost of the fastest way, and its edges in order."""
        direct = min(self._stand.direct(start, end), default=None)
        departure = self._stand.departures([start])
        cost, states = self.search.path(departure, self._stand.arrivals([end]))
        if direct is not None and direct[0] <= cost:
            return direct[0], [direct[1]]
        first = departure.edge[departure.state.tolist().index(states[0])]
        return cost, [int(first), *self.roads.turns.edge[states].tolist()]


def build_network(
    pbf: Path, profile: Profile = COLLECTION_TRUCK, *, max_snap_m: float = _MAX_SNAP_M
) -> StreetNetwork:
    """Build the network that a profile may drive from an OSM extract.

    Raises
    ------
    UnusableExtractError
        The file is no extract, or holds no streets that reach each other.
    """
    network = StreetNetwork(build_road_map(pbf), profile, max_snap_m=max_snap_m)
    if not network.weights.is_open.any():
        raise UnusableExtractError(f"{pbf}: holds no street for this vehicle")
    if not (network.is_main & network.roads.can_halt).any():
        raise UnusableExtractError(f"{pbf}: no streets that reach each other")
    return network
