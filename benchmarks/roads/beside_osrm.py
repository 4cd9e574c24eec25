"""Times and lengths of ways beside OSRM's, as the medians of their ratios."""

import random
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Figure
from benchmarks.roads.city import City, draw_places
from benchmarks.roads.osrm_server import OsrmServer, serving
from routing.roads import PROFILES, Place, StreetNetwork

# Our profile, and OSRM's that is most like it.
REFERENCES = (("truck-18t", "truck.lua"), ("van-3.5t", "car.lua"))
_MOST_OFF = 0.05
# OSRM has to start from the same street, and a ratio needs some way to be driven.
_MOST_OFF_M = 5.0
_LEAST_S = 10


class Ratio(NamedTuple):
    """Ours over OSRM's."""

    time: float
    distance: float


def lines_of_osrm(city: City, osrm: Path, count: int) -> Iterator[Figure]:
    """Compare `count` random ways for each of the references."""
    for profile_name, lua in REFERENCES:
        network = StreetNetwork(city.network.roads, PROFILES[profile_name])
        pairs = draw_pairs(network, count, city.seed + 4)
        with serving(osrm, city.pbf, lua) as server:
            ratios = [each for pair in pairs if (each := ratio(network, server, pair))]
        name = city.case.partition(",")[0]
        yield from _lines(city, f"{name}, {profile_name}", lua, ratios)


def draw_pairs(
    network: StreetNetwork, count: int, seed: int
) -> list[tuple[Place, Place]]:
    """Draw places in the middle of the street, where both directions may be taken."""
    places = draw_places(network, max(2, count), seed, noise_m=0.0)
    places = [_in_the_middle(network, place) for place in places]
    dice = random.Random(seed)
    return [(*dice.sample(places, 2),) for _ in range(count)]  # type: ignore[misc]


def ratio(
    network: StreetNetwork, server: OsrmServer, pair: tuple[Place, Place]
) -> Ratio | None:
    """Compare one way; None: OSRM has none, or not from the same streets."""
    theirs = server.way(*pair)
    if theirs is None or theirs.off_m > _MOST_OFF_M or theirs.travel_s < _LEAST_S:
        return None
    ours = network.path(*pair)
    return Ratio(ours.travel_s / theirs.travel_s, ours.distance_m / theirs.distance_m)


def _in_the_middle(network: StreetNetwork, place: Place) -> Place:
    again = network.snap(place.lat_deg, place.lon_deg)
    return again if isinstance(again, Place) else place


def _lines(city: City, case: str, lua: str, ratios: list[Ratio]) -> Iterator[Figure]:
    reference = f"OSRM, {lua}, {len(ratios)} pairs"
    time = statistics.median(each.time for each in ratios) if ratios else None
    metres = statistics.median(each.distance for each in ratios) if ratios else None
    off = None if time is None else abs(time - 1)
    for figure, value, goal in (
        ("osrm_median_time_ratio", time, None),
        ("osrm_median_time_off", off, _MOST_OFF),
        ("osrm_median_distance_ratio", metres, None),
    ):
        yield city.line(
            figure, value, "ours / theirs", case=case, reference=reference, goal=goal
        )
