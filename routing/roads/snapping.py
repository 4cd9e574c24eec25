"""Where on the streets a vehicle halts for a point, or why it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.map.edges import NO_TWIN
from routing.roads.map.road_map import RoadMap
from routing.roads.map.segments import Selection, Spot
from routing.roads.network import Place, Unreachable
from routing.roads.profile import Profile
from routing.roads.tags.access import KINDS
from routing.roads.tags.limits import SIZES, Limits
from routing.roads.weights import Weights

Flags = npt.NDArray[np.bool_]

_OSM_DECIMALS = 7
# A point this near to the middle of the street lies on neither side of it.
_ON_THE_STREET_M = 1.0
_WORDS = {
    "height_m": ("m", "high"),
    "width_m": ("m", "wide"),
    "length_m": ("m", "long"),
    "weight_t": ("t", "heavy"),
    "axle_t": ("t", "on an axle"),
}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Snapper:
    """Finds the nearest street of the part where everything is reachable.

    `usable` are the edges of that part that can be halted on; `closed` says why, by
    edge, for edges that are shut today.
    """

    roads: RoadMap
    profile: Profile
    weights: Weights
    is_main: Flags
    usable: Selection
    closed: Mapping[int, str]
    max_distance_m: float

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point on a street, or say why there is none."""
        if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):  # noqa: PLR2004
            return Unreachable(reason=f"{lat_deg}, {lon_deg} is no point on Earth")
        spot = self.usable.nearest(lat_deg, lon_deg)
        if spot is not None and spot.distance_m <= self.max_distance_m:
            return self._place(spot)
        return Unreachable(reason=self._why(lat_deg, lon_deg, spot))

    def _place(self, spot: Spot) -> Place:
        edges = self.roads.edges
        edge = self._edge_to_halt_on(spot)
        is_turned = edge != spot.edge
        length_m = float(edges.length_m[edge])
        rule = self.roads.rule(edge)
        return Place(
            lat_deg=round(spot.lat_deg, _OSM_DECIMALS),
            lon_deg=round(spot.lon_deg, _OSM_DECIMALS),
            edge=edge,
            offset_m=length_m - spot.offset_m if is_turned else spot.offset_m,
            distance_m=spot.distance_m,
            side="left" if spot.is_left != is_turned else "right",
            is_kerbside=rule.road_class not in self.profile.serves_across
            and spot.distance_m > _ON_THE_STREET_M,
        )

    def _edge_to_halt_on(self, spot: Spot) -> int:
        """Choose the direction of the stretch: the one that passes the point's kerb."""
        twin = int(self.roads.edges.twin[spot.edge])
        if twin == NO_TWIN or not self.is_main[twin]:
            return spot.edge
        if not self.is_main[spot.edge]:
            return twin
        rule = self.roads.rule(spot.edge)
        if rule.road_class in self.profile.serves_across:
            return spot.edge
        return twin if spot.is_left == self.roads.drives_on_right else spot.edge

    def _why(self, lat_deg: float, lon_deg: float, usable: Spot | None) -> str:
        street = self.roads.every_segment.nearest(lat_deg, lon_deg)
        limit = f"limit {self.max_distance_m:.0f} m"
        if street is None or street.distance_m > self.max_distance_m:
            away = "" if usable is None else f" is {usable.distance_m:.0f} m away"
            return f"the nearest street that the vehicle may use{away} ({limit})"
        name = self.roads.name(street.edge) or "the street"
        said = f"{name}, {street.distance_m:.0f} m away, {self._fault(street.edge)}"
        if usable is None:
            return said
        away = f"{usable.distance_m:.0f} m away ({limit})"
        return f"{said}; the nearest that will do is {away}"

    def _fault(self, edge: int) -> str:
        """Say what keeps the vehicle from an edge."""
        if self.weights.is_open[edge]:
            return "has no legal way there and back on this map"
        if edge in self.closed:
            return (
                f"is closed: {self.closed[edge]}" if self.closed[edge] else "is closed"
            )
        rule = self.roads.rule(edge)
        if rule.verdicts[KINDS.index(self.profile.kind)] == "closed":
            return "is closed to vehicles of this kind"
        return _excess(rule.limits, self.profile) or "is no street for this vehicle"


def _excess(limits: Limits, profile: Profile) -> str | None:
    for name in SIZES:
        limit, size = getattr(limits, name), getattr(profile, name)
        if size > limit:
            unit, word = _WORDS[name]
            vehicle = f"the vehicle is {size:g} {unit} {word}"
            return f"is signposted for {limit:g} {unit}; {vehicle}"
    return None
