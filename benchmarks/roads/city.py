"""One city that is measured, and random places in it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import Figure
from routing.roads import (
    PROFILES,
    Place,
    Profile,
    StreetNetwork,
    build_road_map,
    save_road_map,
)

BENCH = "roads"
# How far from the middle of the street bins stand.
_NOISE_M = 4.0
_M_PER_DEG = 111_195.0


@dataclass(frozen=True, kw_only=True)
class City:
    """An extract, its saved road map, and who drives there."""

    pbf: Path
    road_map: Path
    profile_name: str
    seed: int

    @property
    def case(self) -> str:
        """Name it in lines."""
        return f"{self.pbf.name.removesuffix('.osm.pbf')}, {self.profile_name}"

    @property
    def profile(self) -> Profile:
        """Return who drives."""
        return PROFILES[self.profile_name]

    @cached_property
    def network(self) -> StreetNetwork:
        """Build the streets, as `city add` does, and keep them."""
        roads = build_road_map(self.pbf)
        save_road_map(roads, self.road_map)
        return StreetNetwork(roads, self.profile)

    def line(
        self,
        figure: str,
        value: float | None,
        unit: str,
        **more: Any,  # noqa: ANN401 - fields of Figure
    ) -> Figure:
        """Make a line about it."""
        case = more.pop("case", self.case)
        return Figure(
            bench=BENCH, case=case, figure=figure, value=value, unit=unit, **more
        )


def draw_places(
    network: StreetNetwork, count: int, seed: int, *, noise_m: float = _NOISE_M
) -> list[Place]:
    """Snap random points near streets; long streets have more of them."""
    roads, dice = network.roads, np.random.default_rng(seed)
    edges = np.flatnonzero(network.is_main & roads.can_halt)
    if len(edges) == 0:
        raise SystemExit("no streets that reach each other for this vehicle")
    length_m = roads.edges.length_m[edges]
    places: list[Place] = []
    while len(places) < count:
        edge = int(dice.choice(edges, p=length_m / length_m.sum()))
        point = _point_on(network, edge, dice.random())
        scale = np.array([1.0, np.cos(np.radians(point[0]))]) * _M_PER_DEG
        lat_deg, lon_deg = point + dice.normal(0.0, noise_m, 2) / scale
        place = network.snap(float(lat_deg), float(lon_deg))
        if isinstance(place, Place):
            places.append(place)
    return places


def _point_on(
    network: StreetNetwork, edge: int, share: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    edges = network.roads.edges
    points = slice(edges.first_point[edge], edges.first_point[edge + 1])
    at_m = share * edges.length_m[edge]
    offset_m = edges.offset_m[points]
    return np.array(
        [
            np.interp(at_m, offset_m, edges.lat_deg[points]),
            np.interp(at_m, offset_m, edges.lon_deg[points]),
        ]
    )
