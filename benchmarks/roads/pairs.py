"""Whether the fast search finds what Dijkstra finds: equal times, equal lengths."""

import random
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from benchmarks.report import Figure
from benchmarks.roads.city import City, draw_places
from routing.roads.costs import distance_m, travel_s
from routing.roads.main_part import allowed_turns
from routing.roads.places import Stand
from routing.roads.search.dijkstra import rows_by_dijkstra

Floats = npt.NDArray[np.float64]

_ENDS_OF_A_START = 20


def lines_of_pairs(city: City, count: int, *, paths: int) -> Iterator[Figure]:
    """Compare the costs of `count` random pairs, and the legs of `paths` of them."""
    network = city.network
    starts = draw_places(network, -(-count // _ENDS_OF_A_START), city.seed + 1)
    ends = draw_places(network, len(starts) * _ENDS_OF_A_START, city.seed + 2)
    stand = Stand(network.roads, network.weights)
    departures, arrivals = stand.departures(starts), stand.arrivals(ends)
    arcs = allowed_turns(network.roads, network.weights)
    wanted, found = np.empty((2, len(starts), len(ends)))
    for rows, costs in rows_by_dijkstra(arcs, departures, arrivals):
        wanted[rows] = costs
    for rows, costs in network.search.rows(departures, arrivals):
        found[rows] = costs
    pairs = [(end // _ENDS_OF_A_START, end) for end in range(count)]
    unequal = sum(wanted[pair] != found[pair] for pair in pairs)
    yield city.line(
        "pairs_unequal",
        int(unequal),
        f"of {count} pairs",
        reference="SciPy Dijkstra",
        goal=0,
    )
    unequal = 0
    for start, end in random.Random(city.seed).sample(pairs, min(paths, len(pairs))):
        direct = [cost for cost, _ in stand.direct(starts[start], ends[end])]
        cost = np.array(min([wanted[start, end], *direct]))
        leg = network.path(starts[start], ends[end])
        is_equal = leg.travel_s == travel_s(cost) and leg.distance_m == distance_m(cost)
        unequal += not is_equal
    yield city.line(
        "paths_unequal",
        unequal,
        f"of {min(paths, count)} paths",
        reference="SciPy Dijkstra",
        goal=0,
    )
