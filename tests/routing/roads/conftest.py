"""Tiny towns, drawn on a plane in metres and written as OSM extracts."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from routing.roads import Conditions, Profile, StreetNetwork, build_network

M_PER_DEG = math.radians(1) * 6_371_008.8
SOUTH_DEG, WEST_DEG = 60.0, 24.0
# 10 m/s everywhere and free turns, so that seconds are tenths of metres; bins on quiet
# streets are served from either direction.
PLAIN = Profile(
    speed_kmh={"residential": 36.0, "primary": 72.0},
    turn_s=0.0,
    u_turn_s=7.0,
    serves_across=frozenset({"residential", "pedestrian"}),
)
Restriction = tuple[Mapping[str, str], Sequence[tuple[str, str, int]]]


@dataclass(kw_only=True)
class Town:
    """Nodes in metres east and north, ways by their nodes, restriction relations."""

    nodes: Mapping[int, tuple[float, float]]
    ways: Mapping[int, Sequence[int]]
    way_tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    node_tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    restrictions: Sequence[Restriction] = ()

    def write(self, path: Path) -> Path:
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for id_, (east_m, north_m) in sorted(self.nodes.items()):
                lat, lon = degrees(east_m, north_m)
                tags = self.node_tags.get(id_, {})
                writer.add_node(Node(id=id_, location=(lon, lat), tags=dict(tags)))
            for id_, refs in sorted(self.ways.items()):
                tags = {"highway": "residential", **self.way_tags.get(id_, {})}
                writer.add_way(Way(id=id_, nodes=list(refs), tags=tags))
            for id_, (tags, members) in enumerate(self.restrictions, start=1):
                named = [(type_, ref, role) for role, type_, ref in members]
                all_tags = {"type": "restriction", **tags}
                writer.add_relation(Relation(id=id_, members=named, tags=all_tags))
        return path


def degrees(east_m: float, north_m: float) -> tuple[float, float]:
    lat = SOUTH_DEG + north_m / M_PER_DEG
    return lat, WEST_DEG + east_m / M_PER_DEG / math.cos(math.radians(SOUTH_DEG))


@pytest.fixture(scope="session")
def write_town(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    path = tmp_path_factory.mktemp("town") / "town.osm.pbf"
    return lambda **town: Town(**town).write(path)


@pytest.fixture
def build_town(write_town: Callable[..., Path]) -> Callable[..., StreetNetwork]:
    def build(
        profile: Profile = PLAIN, country: str | None = None, **town
    ) -> StreetNetwork:
        pbf = write_town(**town)
        return build_network(pbf, profile, country=country, max_snap_m=60.0)

    return build


def under(network: StreetNetwork, conditions: Conditions) -> StreetNetwork:
    """The same streets under other conditions."""
    return StreetNetwork(
        network.roads, network.profile, conditions=conditions, max_snap_m=60.0
    )


@pytest.fixture(scope="session")
def plain() -> Profile:
    return PLAIN


@pytest.fixture(scope="session")
def at() -> Callable[[float, float], tuple[float, float]]:
    """Latitude and longitude of a point in metres east and north."""
    return degrees


@pytest.fixture(scope="session")
def helsinki_pbf() -> Path:
    return Path(__file__).parents[3] / "backend/demo/city/helsinki.osm.pbf"
