"""What every road network answers, whatever is inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from routing.roads.profile import Profile

Side = Literal["left", "right"]
Point = tuple[float, float]
ManoeuvreKind = Literal["depart", "turn", "roundabout", "u_turn", "ferry", "arrive"]
# fmt: off
Bend = Literal[
    "straight", "slight_right", "right", "sharp_right",
    "slight_left", "left", "sharp_left",
]
# fmt: on


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a vehicle halts: a point on a street.

    Parameters
    ----------
    lat_deg, lon_deg
        The point on the street.
    edge
        Street edge of the network that made this place; means nothing elsewhere.
    offset_m
        From the start of the edge, along it, in metres.
    distance_m
        From the point that was asked for, as the crow flies, in metres.
    side
        Where the asked point lies, seen along the edge.
    is_kerbside
        Whether the vehicle must come along the edge, since nobody crosses the street
        there; else it may come from either end.
    """

    lat_deg: float
    lon_deg: float
    edge: int
    offset_m: float
    distance_m: float
    side: Side
    is_kerbside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreachable:
    """Why no vehicle of this network can halt near the asked point."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TravelMatrix:
    """Fastest ways between all pairs of places, row from, column to.

    Parameters
    ----------
    travel_s
        (n, n) int32 seconds.
    distance_m
        (n, n) int32 metres along that fastest way.
    """

    travel_s: npt.NDArray[np.int32]
    distance_m: npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SparseMatrix:
    """Fastest ways to the nearest places, and from and to a few hubs.

    For tens of thousands of places, whose full matrices do not fit into memory.

    Parameters
    ----------
    neighbour
        (n, k) the nearest places by time from each place, ascending in each row.
    neighbour_s, neighbour_m
        (n, k) int32 seconds and metres to them.
    from_hub_s, from_hub_m, to_hub_s, to_hub_m
        (h, n), (h, n), (n, h), (n, h) int32 from and to the first h places.
    """

    neighbour: npt.NDArray[np.int32]
    neighbour_s: npt.NDArray[np.int32]
    neighbour_m: npt.NDArray[np.int32]
    from_hub_s: npt.NDArray[np.int32]
    from_hub_m: npt.NDArray[np.int32]
    to_hub_s: npt.NDArray[np.int32]
    to_hub_m: npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manoeuvre:
    """Something a driver has to do, and how far it is from there to the next.

    Parameters
    ----------
    bend
        Where the way goes on; on arrival, on which side the place lies. At the
        beginning it means nothing.
    street
        What it leads into, by its name or number; empty if it has none.
    distance_m
        Metres until the next manoeuvre; 0 on arrival.
    exit_number
        Which exit of a roundabout to take, from 1.
    """

    kind: ManoeuvreKind
    bend: Bend
    street: str
    distance_m: int
    lat_deg: float
    lon_deg: float
    exit_number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """One fastest way along streets.

    Parameters
    ----------
    points
        (lat, lon) in degrees, from the first place to the second.
    manoeuvres
        What the driver does on the way, from departure to arrival; empty where no
        street was looked at.
    """

    points: tuple[Point, ...]
    travel_s: int
    distance_m: int
    manoeuvres: tuple[Manoeuvre, ...] = ()


class RoadNetwork(Protocol):
    """Streets as one vehicle profile may use them.

    `matrix` and `path` agree to the second and the metre. A place is only good
    for the network that made it. Between two places there is always a way.
    """

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point of a street from which everything is reachable."""
        ...

    def snap_for_all(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest street for every vehicle: of a depot, of a facility."""
        ...

    def can_reach(self, place: Place, profile: Profile) -> bool:
        """Say whether a vehicle can come to a place and leave it again."""
        ...

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Measure the fastest ways between all pairs of places."""
        ...

    def sparse(
        self, places: Sequence[Place], *, hubs: int, neighbours: int
    ) -> SparseMatrix:
        """Measure the fastest ways to the nearest places, and from and to hubs."""
        ...

    def path(self, start: Place, end: Place) -> Leg:
        """Trace the fastest way between two places."""
        ...
