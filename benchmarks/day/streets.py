"""Ways along real one-way streets: the centre of Helsinki, stretched to a town."""

from itertools import chain, islice
from itertools import count as count_up
from pathlib import Path

import numpy as np

from routing.roads import Place, build_network
from routing.solver.problem.ways import FullWays

EXTRACT = Path(__file__).parents[2] / "backend/demo/city/helsinki.osm.pbf"
SOUTH_DEG, NORTH_DEG = 60.1632, 60.1795
WEST_DEG, EAST_DEG = 24.9310, 24.9572
# The extract is 1.8 km across, a town that keeps five trucks busy about 5 km.
STRETCH = 3


def measure_ways(hubs: list[tuple[float, float]], count: int, seed: int) -> FullWays:
    """Return ways between the hubs (lat, lon), then `count` places that are drawn."""
    network = build_network(EXTRACT)
    rng = np.random.default_rng(seed)
    drawn = (_draw(rng) for _ in count_up())
    on_streets = (network.snap(*point) for point in chain(hubs, drawn))
    places = (place for place in on_streets if isinstance(place, Place))
    matrix = network.matrix(list(islice(places, len(hubs) + count)))
    return FullWays(
        travel_s=matrix.travel_s.astype(np.int64) * STRETCH,
        distance_m=matrix.distance_m.astype(np.int64) * STRETCH,
    )


def _draw(rng: np.random.Generator) -> tuple[float, float]:
    return rng.uniform(SOUTH_DEG, NORTH_DEG), rng.uniform(WEST_DEG, EAST_DEG)
