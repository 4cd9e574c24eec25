"""Streets for a fleet of different vehicles."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from routing.roads.conditions import NOTHING_SPECIAL, Conditions
from routing.roads.map.road_map import RoadMap
from routing.roads.network import Leg, Place, SparseMatrix, TravelMatrix, Unreachable
from routing.roads.profile import Profile
from routing.roads.rows import Ints, Rows, Small, fill_matrix, pick_sparse
from routing.roads.streets import StreetNetwork
from routing.roads.tags.access import KINDS

_ROWS = 2048
# How much farther a bin is rather carried than a smaller vehicle sent for it.
_CARRY_M = 25.0


class FleetNetwork:
    """Ways that every vehicle may drive, and to narrow places ways for those that fit.

    Level 0 is for all vehicles: as large as the largest of them in every respect. Each
    further level leaves out the heaviest kind of the one before. A place is on the
    first level on which it can be reached, and only vehicles of that level may be sent
    there; a way between two places is one of the higher of their levels.
    """

    def __init__(
        self,
        roads: RoadMap,
        profiles: Iterable[Profile],
        *,
        conditions: Conditions = NOTHING_SPECIAL,
    ) -> None:
        self._profiles = sorted(dict.fromkeys(profiles), key=_size, reverse=True)
        covers = accumulate(reversed(self._profiles), Profile.widened)
        self.networks = [
            StreetNetwork(roads, profile, conditions=conditions)
            for profile in reversed(list(covers))
        ]

    def snap_for_all(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest street for every vehicle."""
        return self.networks[0].snap(lat_deg, lon_deg)

    def can_reach(self, place: Place, profile: Profile) -> bool:
        """Say whether a vehicle of the fleet may be sent to a place."""
        return self.level(place) <= self._profiles.index(profile)

    def level(self, place: Place) -> int:
        """Return the first level on which a place can be reached."""
        for level, network in enumerate(self.networks):
            if network.is_main[place.edge]:
                return level
        raise ValueError("the place is of another network")

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find a street for all vehicles, or a nearer one for those that can come."""
        found = [network.snap(lat_deg, lon_deg) for network in self.networks]
        places = [each for each in found if isinstance(each, Place)]
        nearest_m = min((each.distance_m for each in places), default=0.0)
        near = (each for each in places if each.distance_m <= nearest_m + _CARRY_M)
        return next(near, found[0])

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Measure the ways between all pairs of places."""
        return fill_matrix(self._rows(places), len(places))

    def sparse(
        self, places: Sequence[Place], *, hubs: int, neighbours: int
    ) -> SparseMatrix:
        """Measure the ways to the nearest places, and from and to hubs."""
        return pick_sparse(
            self._rows(places), len(places), hubs=hubs, neighbours=neighbours
        )

    def _rows(self, places: Sequence[Place]) -> Iterator[Rows]:
        """Yield rows: to each place on the higher of the two places' levels."""
        levels = np.array([self.level(place) for place in places], np.int64)
        for level in sorted(set(levels.tolist())):
            sources = np.flatnonzero(levels == level)
            for begin in range(0, len(sources), _ROWS):
                rows = sources[begin : begin + _ROWS]
                yield rows, *self._block(places, levels, rows)

    def _block(
        self, places: Sequence[Place], levels: Ints, rows: Ints
    ) -> tuple[Small, Small]:
        seconds = np.zeros((len(rows), len(places)), np.int32)
        metres = np.zeros_like(seconds)
        higher = np.maximum(levels, levels[rows[0]])
        for level in sorted(set(higher.tolist())):
            columns = np.flatnonzero(higher == level)
            network = self.networks[level]
            sources = [places[row] for row in rows.tolist()]
            targets = [places[column] for column in columns.tolist()]
            for part, part_s, part_m in network.rows(sources, targets):
                seconds[part[:, None], columns] = part_s
                metres[part[:, None], columns] = part_m
        return seconds, metres

    def path(self, start: Place, end: Place) -> Leg:
        """Trace the way between two places."""
        level = max(self.level(start), self.level(end))
        return self.networks[level].path(start, end)


def _size(profile: Profile) -> tuple[float, ...]:
    return (
        profile.weight_t,
        profile.height_m,
        profile.length_m,
        profile.width_m,
        profile.axle_t,
        KINDS.index(profile.kind),
    )
