"""How soon the search is ready after a street was closed, or signposted for less."""

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.report import Figure
from benchmarks.roads.city import City
from routing.roads import (
    Closure,
    Conditions,
    Limits,
    StreetNetwork,
    build_road_map,
)

_GOAL_MS = 50.0
_MS_PER_S = 1000.0


def lines_of_closures(city: City, count: int) -> Iterator[Figure]:
    """Close `count` random ways, one at a time; then limit the weight on them."""
    network = city.network
    assert network.search  # as on any day: the streets were in use before
    ways = np.unique(network.roads.edges.way[network.weights.is_open])
    dice = np.random.default_rng(city.seed)
    chosen = dice.choice(ways, min(count, len(ways)), replace=False).tolist()
    whole_ms = _cpu_ms(lambda: _rebuild(city))
    too_light = Limits(weight_t=city.profile.weight_t / 2)
    for figure, limits in (("closure_ms", None), ("weight_limit_ms", too_light)):
        taken = [
            _cpu_ms(lambda way=way, limits=limits: _close(network, way, limits))  # type: ignore[misc]
            for way in chosen
        ]
        yield city.line(
            figure,
            statistics.median(taken),
            "ms CPU",
            reference="building the streets anew",
            reference_value=whole_ms,
            goal=_GOAL_MS,
            digits=1,
        )


def _close(network: StreetNetwork, way: int, limits: Limits | None) -> None:
    conditions = Conditions(closures=(Closure(way=way, limits=limits),))
    shut = StreetNetwork(network.roads, network.profile, conditions=conditions)
    assert shut.search


def _rebuild(city: City) -> None:
    assert StreetNetwork(build_road_map(city.pbf), city.profile).search


def _cpu_ms(work: Callable[[], None]) -> float:
    begun_s = time.process_time()
    work()
    return (time.process_time() - begun_s) * _MS_PER_S
