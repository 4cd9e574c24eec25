"""Travel between locations: full matrices, or near neighbours and a plane."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from routing.arrays import FloatArray, IntArray, float_array, int_array
from routing.solver.problem.fields import LATEST_S, refuse, shape_of


class Ways(Protocol):
    """Seconds and metres from every location to every other."""

    def __len__(self) -> int:
        """Return the number of locations."""

    def legs(self, here: IntArray, there: IntArray) -> tuple[IntArray, IntArray]:
        """Return (k,) seconds and (k,) metres from here[i] to there[i]."""

    def longest(self) -> tuple[int, int]:
        """Return seconds and metres that no leg exceeds."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FullWays:
    """Matrices: (n, n) whole seconds and whole metres from row to column."""

    travel_s: IntArray
    distance_m: IntArray

    def __post_init__(self) -> None:
        rows, _ = shape_of("ways.travel_s", self.travel_s, dimensions=2)
        for name in ("travel_s", "distance_m"):
            label, given = f"ways.{name}", getattr(self, name)
            array = int_array(label, given, shape=(rows, rows), maximum=LATEST_S)
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.travel_s)

    def legs(self, here: IntArray, there: IntArray) -> tuple[IntArray, IntArray]:
        """Return (k,) seconds and (k,) metres from here[i] to there[i]."""
        return self.travel_s[here, there], self.distance_m[here, there]

    def longest(self) -> tuple[int, int]:
        """Return seconds and metres that no leg exceeds."""
        return int(self.travel_s.max(initial=0)), int(self.distance_m.max(initial=0))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SparseWays:
    """Measured ways to near neighbours and hubs; straight lines for the rest.

    For tens of thousands of locations, where matrices do not fit into memory.

    Parameters
    ----------
    x, y
        (n,) coordinates on a plane, in any unit.
    metres_per_unit, seconds_per_unit
        Straight-line ways: the distance in units times this, rounded to whole metres
        and seconds. Include the detour that streets make.
    neighbour
        (n, k) locations with a measured way, ascending in each row; k may be 0.
    neighbour_s, neighbour_m
        (n, k) seconds and metres from the row's location to the neighbour.
    from_hub_s, from_hub_m, to_hub_s, to_hub_m
        (h, n), (h, n), (n, h), (n, h) measured ways from and to the first h locations
        (depots and facilities); h may be 0.
    """

    x: FloatArray
    y: FloatArray
    metres_per_unit: float
    seconds_per_unit: float
    neighbour: IntArray
    neighbour_s: IntArray
    neighbour_m: IntArray
    from_hub_s: IntArray
    from_hub_m: IntArray
    to_hub_s: IntArray
    to_hub_m: IntArray

    def __post_init__(self) -> None:
        n, k = shape_of("ways.neighbour", self.neighbour, dimensions=2)
        hubs, _ = shape_of("ways.from_hub_s", self.from_hub_s, dimensions=2)
        self._freeze_plane(n)
        shapes = dict.fromkeys(("neighbour", "neighbour_s", "neighbour_m"), (n, k))
        shapes |= {"from_hub_s": (hubs, n), "from_hub_m": (hubs, n)}
        shapes |= {"to_hub_s": (n, hubs), "to_hub_m": (n, hubs)}
        for name, shape in shapes.items():
            label, given = f"ways.{name}", getattr(self, name)
            most = n - 1 if name == "neighbour" else LATEST_S
            array = int_array(label, given, shape=shape, maximum=most)
            object.__setattr__(self, name, array)
        is_bad = np.zeros((n, k), np.bool_)
        is_bad[:, 1:] = self.neighbour[:, 1:] <= self.neighbour[:, :-1]
        refuse("ways.neighbour", self.neighbour, is_bad, "rows must ascend")

    def _freeze_plane(self, n: int) -> None:
        for name in ("x", "y"):
            label, given = f"ways.{name}", getattr(self, name)
            array = float_array(label, given, shape=(n,), minimum=-np.inf)
            object.__setattr__(self, name, array)
        for name in ("metres_per_unit", "seconds_per_unit"):
            float_array(f"ways.{name}", getattr(self, name), shape=())

    def __len__(self) -> int:
        return len(self.x)

    def legs(self, here: IntArray, there: IntArray) -> tuple[IntArray, IntArray]:
        """Return (k,) seconds and (k,) metres from here[i] to there[i]."""
        far = np.sqrt(
            (self.x[here] - self.x[there]) ** 2 + (self.y[here] - self.y[there]) ** 2
        )
        travel_s = np.floor(far * self.seconds_per_unit + 0.5).astype(np.int64)
        distance_m = np.floor(far * self.metres_per_unit + 0.5).astype(np.int64)
        self._put_neighbours(here, there, travel_s, distance_m)
        self._put_hubs(here, there, travel_s, distance_m)
        return travel_s, distance_m

    def longest(self) -> tuple[int, int]:
        """Return seconds and metres that no leg exceeds."""
        far = float(np.hypot(np.ptp(self.x), np.ptp(self.y)))
        seconds = [self.neighbour_s, self.from_hub_s, self.to_hub_s]
        metres = [self.neighbour_m, self.from_hub_m, self.to_hub_m]
        return (
            max(int(far * self.seconds_per_unit) + 1, *map(_most, seconds)),
            max(int(far * self.metres_per_unit) + 1, *map(_most, metres)),
        )

    def _put_neighbours(
        self, here: IntArray, there: IntArray, travel_s: IntArray, distance_m: IntArray
    ) -> None:
        is_near = self.neighbour[here] == there[:, None]
        row, column = np.nonzero(is_near)
        travel_s[row] = self.neighbour_s[here[row], column]
        distance_m[row] = self.neighbour_m[here[row], column]

    def _put_hubs(
        self, here: IntArray, there: IntArray, travel_s: IntArray, distance_m: IntArray
    ) -> None:
        hubs = len(self.from_hub_s)
        is_to = there < hubs
        travel_s[is_to] = self.to_hub_s[here[is_to], there[is_to]]
        distance_m[is_to] = self.to_hub_m[here[is_to], there[is_to]]
        is_from = here < hubs
        travel_s[is_from] = self.from_hub_s[here[is_from], there[is_from]]
        distance_m[is_from] = self.from_hub_m[here[is_from], there[is_from]]


def _most(array: IntArray) -> int:
    return int(array.max(initial=0))


def plane_ways(
    x: FloatArray, y: FloatArray, *, metres_per_unit: float, seconds_per_unit: float
) -> SparseWays:
    """Return straight-line ways between all locations, nothing measured."""
    n = len(x)
    none = np.zeros((n, 0), np.int64)
    return SparseWays(
        x=x,
        y=y,
        metres_per_unit=metres_per_unit,
        seconds_per_unit=seconds_per_unit,
        neighbour=none,
        neighbour_s=none,
        neighbour_m=none,
        from_hub_s=none.T,
        from_hub_m=none.T,
        to_hub_s=none,
        to_hub_m=none,
    )
