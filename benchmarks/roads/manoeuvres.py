"""How many random ways are illegal, by the raw objects of the extract."""

import random
import sys
from collections.abc import Iterator

from benchmarks.report import Figure
from benchmarks.roads.city import City, draw_places
from benchmarks.roads.lawful import read_law
from benchmarks.roads.vehicles import vehicle_of

_MOST_TOLD = 5


def lines_of_manoeuvres(city: City, count: int) -> Iterator[Figure]:
    """Judge `count` random ways of the profile; say the first faults aloud."""
    law = read_law(city.pbf, vehicle_of(city.profile))
    places = draw_places(city.network, max(2, count), city.seed + 3)
    dice = random.Random(city.seed)
    faults: dict[str, int] = {}
    for _ in range(count):
        leg = city.network.path(*dice.sample(places, 2))
        fault = law.fault(leg.points)
        if fault is not None:
            faults[fault] = faults.get(fault, 0) + 1
    for fault, times in sorted(faults.items(), key=_times)[:_MOST_TOLD]:
        sys.stderr.write(f"{city.case}: {times} x {fault}\n")
    yield city.line(
        "illegal_manoeuvres",
        sum(faults.values()),
        f"of {count} routes",
        reference="the raw OSM objects, read by other code",
        goal=0,
    )


def _times(told: tuple[str, int]) -> int:
    return -told[1]
