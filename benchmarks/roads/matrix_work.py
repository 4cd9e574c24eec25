"""What is measured in processes of their own: matrices, and what they stand beside."""

import time
from pathlib import Path

import numpy as np

from benchmarks.child import Facts
from benchmarks.roads.city import draw_places
from routing.roads import (
    PROFILES,
    Place,
    StreetNetwork,
    load_road_map,
)
from routing.roads.main_part import allowed_turns
from routing.roads.places import Stand
from routing.roads.search.dijkstra import rows_by_dijkstra

_MS_PER_UNIT = 100


def only_import() -> Facts:
    """Do nothing: what is resident are Python and the libraries."""
    return {}


def measure_ours(road_map: str, profile: str, count: int, seed: int) -> Facts:
    """Make the search ready and fill a matrix."""
    network, places = _load(road_map, profile, count, seed)
    fresh = StreetNetwork(network.roads, network.profile)
    begun_s = time.process_time()
    assert fresh.search
    fresh.matrix(places)
    return {"cpu_s": time.process_time() - begun_s}


def measure_dijkstra(
    road_map: str, profile: str, count: int, seed: int, rows: int
) -> Facts:
    """Search from some of the same places to all of them; scale to all rows."""
    network, places = _load(road_map, profile, count, seed)
    stand = Stand(network.roads, network.weights)
    arrivals = stand.arrivals(places)
    rows = min(rows, count)
    begun_s = time.process_time()
    arcs = allowed_turns(network.roads, network.weights)
    ready_s = time.process_time() - begun_s
    for _ in rows_by_dijkstra(arcs, stand.departures(places[:rows]), arrivals):
        pass
    rows_s = time.process_time() - begun_s - ready_s
    return {"cpu_s": ready_s + rows_s * count / rows, "rows": rows}


def measure_pyroutingkit(road_map: str, profile: str, count: int, seed: int) -> Facts:
    """Let RoutingKit's own many-to-many search find the times between the same edges.

    Its 32-bit weights hold tenths of seconds, and no lengths; its order is made before.
    """
    import pyroutingkit as kit

    network, places = _load(road_map, profile, count, seed)
    roads, cost = network.roads, network.weights.turn
    turns, edges = roads.turns, roads.edges
    middle = ((edges.first_point[:-1] + edges.first_point[1:]) // 2)[turns.edge]
    topology = kit.CCHTopology()
    topology.build(
        turns.before.astype(np.uint32),
        turns.after.astype(np.uint32),
        edges.lat_deg[middle].astype(np.float32),
        edges.lon_deg[middle].astype(np.float32),
        len(turns.edge),
    )
    weights = np.full(len(turns), kit.INF_WEIGHT, np.uint32)
    is_open = np.isfinite(cost)
    weights[is_open] = cost[is_open].astype(np.int64) // 2**26 // _MS_PER_UNIT
    states = np.array([place.edge for place in places], np.uint32)
    begun_s = time.process_time()
    metric = kit.CCHMetric(topology)
    metric.customize(weights)
    metric.distances_many_to_many(states, states)
    return {"cpu_s": time.process_time() - begun_s}


def _load(
    road_map: str, profile: str, count: int, seed: int
) -> tuple[StreetNetwork, list[Place]]:
    network = StreetNetwork(load_road_map(Path(road_map)), PROFILES[profile])
    return network, draw_places(network, count, seed)
