"""Measured ways as the solver takes them: whole matrices, or the nearest only."""

from collections.abc import Sequence

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.roads import Place, RoadNetwork, SparseMatrix, TravelMatrix, flat_m
from routing.solver import FullWays, SparseWays, Ways

# Whole matrices of so many places are 150 MB as the solver holds them.
MOST_IN_FULL = 3000
NEIGHBOURS = 200
# Straight lines and streets are compared over legs that are longer than a corner.
LONG_M = 300.0


class MeasuredWays:
    """Ways between places, the first `hubs` of which are depots and facilities."""

    def __init__(
        self, network: RoadNetwork, places: Sequence[Place], *, hubs: int
    ) -> None:
        self._places = places
        self._measured: TravelMatrix | SparseMatrix
        if len(places) <= MOST_IN_FULL:
            self._measured = network.matrix(places)
            self._from_hub_s = self._measured.travel_s[:hubs]
        else:
            self._measured = network.sparse(places, hubs=hubs, neighbours=NEIGHBOURS)
            self._from_hub_s = self._measured.from_hub_s

    def take_off(self, hub: int, place: int, seconds: int) -> int:
        """Shorten the way from a hub by what is driven already; return how much."""
        off_s = min(seconds, int(self._from_hub_s[hub, place]))
        self._from_hub_s[hub, place] -= off_s
        return off_s

    def to_ways(self) -> Ways:
        """Hand them to the solver."""
        measured = self._measured
        if isinstance(measured, TravelMatrix):
            return FullWays(
                travel_s=_long(measured.travel_s), distance_m=_long(measured.distance_m)
            )
        x, y = _plane(self._places)
        metres, seconds = _per_straight_m(measured, x, y)
        return SparseWays(
            x=x,
            y=y,
            metres_per_unit=metres,
            seconds_per_unit=seconds,
            neighbour=_long(measured.neighbour),
            neighbour_s=_long(measured.neighbour_s),
            neighbour_m=_long(measured.neighbour_m),
            from_hub_s=_long(measured.from_hub_s),
            from_hub_m=_long(measured.from_hub_m),
            to_hub_s=_long(measured.to_hub_s),
            to_hub_m=_long(measured.to_hub_m),
        )


def _per_straight_m(
    measured: SparseMatrix, x: FloatArray, y: FloatArray
) -> tuple[float, float]:
    """Say what a metre as the crow flies is on the streets, in metres and seconds."""
    hubs = len(measured.to_hub_m[0])
    straight_m = np.hypot(x[:, None] - x[:hubs], y[:, None] - y[:hubs])
    is_long = straight_m > LONG_M
    if not is_long.any():
        return 1.0, 1.0
    total_m = straight_m[is_long].sum()
    return (
        float(measured.to_hub_m[is_long].sum() / total_m),
        float(measured.to_hub_s[is_long].sum() / total_m),
    )


def _plane(places: Sequence[Place]) -> tuple[FloatArray, FloatArray]:
    """Lay places on a plane, in metres, true near their middle."""
    points_deg = np.array([(place.lat_deg, place.lon_deg) for place in places])
    middle_deg = points_deg.mean(axis=0)
    x, y = flat_m(points_deg - middle_deg, at_lat=middle_deg[0]).T
    return x, y


def _long(numbers: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> IntArray:
    return numbers.astype(np.int64)
