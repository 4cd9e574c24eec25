"""A road network made of real streets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from routing.roads.conditions import NOTHING_SPECIAL, Conditions
from routing.roads.costs import distance_m, part, travel_ms, travel_s
from routing.roads.lines import line_of
from routing.roads.main_part import allowed_turns, main_edges
from routing.roads.manoeuvres import manoeuvres_of
from routing.roads.map.edges import NO_TWIN
from routing.roads.map.extract import UnusableExtractError
from routing.roads.map.road_map import RoadMap, build_road_map
from routing.roads.network import Leg, Place, SparseMatrix, TravelMatrix, Unreachable
from routing.roads.places import Stand
from routing.roads.profile import COLLECTION_TRUCK, Profile
from routing.roads.rows import Rows, fill_matrix, pick_sparse
from routing.roads.search import DijkstraSearch, HierarchySearch, Search, customise
from routing.roads.shut import Shut, find_shut
from routing.roads.snapping import Snapper
from routing.roads.weights import Weights, weigh

Ints = npt.NDArray[np.int64]

_MAX_SNAP_M = 250.0
_MS_PER_S = 1000.0


class StreetNetwork:
    """Streets of a road map, as one profile may drive them under some conditions."""

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

    @cached_property
    def _shut(self) -> list[Shut]:
        return find_shut(self.roads, self.conditions.closures)

    @cached_property
    def weights(self) -> Weights:
        """Work out what edges and turns cost."""
        return weigh(
            self.roads,
            self.profile,
            speed_factor=self.conditions.speed_factor,
            shut=[(each.edges, each.limits) for each in self._shut],
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
        usable = self.is_main & self.roads.can_halt
        return Snapper(
            roads=self.roads,
            profile=self.profile,
            weights=self.weights,
            is_main=usable,
            usable=self.roads.segments.select(usable),
            closed={e: each.reason for each in self._shut for e in each.edges.tolist()},
            max_distance_m=self._max_snap_m,
        )

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point of a street from which everything is reachable."""
        return self._snapper.snap(lat_deg, lon_deg)

    def snap_for_all(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the same: there is one kind of vehicle."""
        return self.snap(lat_deg, lon_deg)

    def can_reach(self, place: Place, _profile: Profile) -> bool:
        """Say whether the network's vehicle can come to a place and leave it again."""
        return bool(self.is_main[place.edge])

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Measure the fastest ways between all pairs of places."""
        return fill_matrix(self.rows(places, places), len(places))

    def sparse(
        self, places: Sequence[Place], *, hubs: int, neighbours: int
    ) -> SparseMatrix:
        """Measure the fastest ways to the nearest places, and from and to hubs."""
        blocks = self.rows(places, places)
        return pick_sparse(blocks, len(places), hubs=hubs, neighbours=neighbours)

    def rows(self, starts: Sequence[Place], ends: Sequence[Place]) -> Iterator[Rows]:
        """Yield rows of the matrix from some places to others, in any order."""
        if not starts or not ends:
            return
        departures = self._stand.departures(starts)
        arrivals = self._stand.arrivals(ends)
        on_stretch: defaultdict[int, list[int]] = defaultdict(list)
        for column, place in enumerate(ends):
            on_stretch[self._stretch(place)].append(column)
        for rows, costs in self.search.rows(departures, arrivals):
            for at, row in enumerate(rows.tolist()):
                for column in on_stretch.get(self._stretch(starts[row]), ()):
                    for cost, _ in self._stand.direct(starts[row], ends[column]):
                        costs[at, column] = min(costs[at, column], cost)
            yield rows, travel_s(costs), distance_m(costs)

    def _stretch(self, place: Place) -> int:
        """Name the stretch of street that a place is on, whichever way it is driven."""
        twin = int(self.roads.edges.twin[place.edge])
        return place.edge if twin == NO_TWIN else min(place.edge, twin)

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

    def time_by_class(self, start: Place, end: Place) -> tuple[dict[str, float], float]:
        """Return the seconds of the fastest way on each class of road, and in turns."""
        whole, edges = self._fastest(start, end)
        spent: defaultdict[str, float] = defaultdict(float)
        for rank, edge in enumerate(edges):
            length_m = float(self.roads.edges.length_m[edge])
            first_m = self._stand.offset_m(start, edge) if rank == 0 else 0.0
            is_last = rank == len(edges) - 1
            last_m = self._stand.offset_m(end, edge) if is_last else length_m
            share = (last_m - first_m) / length_m if length_m else 0.0
            cost = part(int(self.weights.edge[edge]), share)
            spent[self.roads.rule(edge).road_class] += travel_ms(cost) / _MS_PER_S
        other_s = travel_ms(int(whole)) / _MS_PER_S - sum(spent.values())
        return dict(spent), max(0.0, other_s)

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
    pbf: Path,
    profile: Profile = COLLECTION_TRUCK,
    *,
    country: str | None = None,
    max_snap_m: float = _MAX_SNAP_M,
) -> StreetNetwork:
    """Build the network that a profile may drive from an OSM extract.

    Raises
    ------
    UnusableExtractError
        The file is no extract, or holds no streets that reach each other.
    """
    roads = build_road_map(pbf, country=country)
    network = StreetNetwork(roads, profile, max_snap_m=max_snap_m)
    if not network.weights.is_open.any():
        raise UnusableExtractError(f"{pbf}: holds no street for this vehicle")
    if not (network.is_main & network.roads.can_halt).any():
        raise UnusableExtractError(f"{pbf}: no streets that reach each other")
    return network
