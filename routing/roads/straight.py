"""A road network for when there is no map: straight lines, made longer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from routing.roads.geometry import Floats, great_circle_m
from routing.roads.network import Leg, Place, SparseMatrix, TravelMatrix
from routing.roads.profile import Profile
from routing.roads.rows import Rows, fill_matrix, pick_sparse

_NOWHERE = -1
_ROWS = 256
_KMH_PER_M_PER_S = 3.6


@dataclass(frozen=True, kw_only=True, slots=True)
class StraightLineNetwork:
    """Great-circle distances times a detour factor, at one speed.

    Parameters
    ----------
    detour_factor
        Street kilometres per kilometre as the crow flies; 1.3 to 1.4 in most
        cities (Boscoe, Henry and Zdeb, 2012, found 1.4 in the United States).
    speed_kmh
        Average speed between stops.
    """

    detour_factor: float = 1.4
    speed_kmh: float = 25.0

    def __post_init__(self) -> None:
        if self.detour_factor < 1:
            raise ValueError(f"detour_factor {self.detour_factor} < 1 not understood")
        if self.speed_kmh <= 0:
            raise ValueError(f"speed_kmh {self.speed_kmh} <= 0 not understood")

    def snap(self, lat_deg: float, lon_deg: float) -> Place:
        """Take the point itself."""
        return Place(
            lat_deg=lat_deg,
            lon_deg=lon_deg,
            edge=_NOWHERE,
            offset_m=0.0,
            distance_m=0.0,
            side="right",
        )

    def snap_for_all(self, lat_deg: float, lon_deg: float) -> Place:
        """Take the point itself."""
        return self.snap(lat_deg, lon_deg)

    def can_reach(self, _place: Place, _profile: Profile) -> bool:
        """Say yes: nothing is known that would keep a vehicle away."""
        return True

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Estimate times and distances between all pairs of places."""
        return fill_matrix(self._rows(places), len(places))

    def sparse(
        self, places: Sequence[Place], *, hubs: int, neighbours: int
    ) -> SparseMatrix:
        """Estimate the ways to the nearest places, and from and to hubs."""
        return pick_sparse(
            self._rows(places), len(places), hubs=hubs, neighbours=neighbours
        )

    def _rows(self, places: Sequence[Place]) -> Iterator[Rows]:
        points = np.array([(place.lat_deg, place.lon_deg) for place in places])
        for begin in range(0, len(places), _ROWS):
            rows = np.arange(begin, min(begin + _ROWS, len(places)))
            lat_deg, lon_deg = points[rows].T[..., None]
            length_m = self.detour_factor * great_circle_m(lat_deg, lon_deg, *points.T)
            travel_s = _whole(length_m / self.speed_kmh * _KMH_PER_M_PER_S)
            yield rows, travel_s, _whole(length_m)

    def path(self, start: Place, end: Place) -> Leg:
        """Estimate time and distance along a straight line."""
        pair = self.matrix([start, end])
        return Leg(
            points=((start.lat_deg, start.lon_deg), (end.lat_deg, end.lon_deg)),
            travel_s=int(pair.travel_s[0, 1]),
            distance_m=int(pair.distance_m[0, 1]),
        )


def _whole(values: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.rint(values).astype(np.int32)
