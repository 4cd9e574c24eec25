"""What a run may do over the whole day, all its trips together."""

import numpy as np

from routing.arrays import IntArray
from routing.solver.or_tools.core import Core
from routing.solver.or_tools.thousandths import rounded_down, rounded_up


def limit_days(core: Core) -> None:
    """Keep what a run collects over the whole day, all trips together, and its way."""
    stops, fleet, nodes = core.problem.stops, core.problem.vehicles, core.nodes
    for name, added, limit in (
        ("day litres", rounded_up(stops.demand_l), rounded_down(fleet.day_l)),
        ("day kilograms", rounded_up(stops.mass_kg), rounded_down(fleet.day_kg)),
        ("day containers", stops.containers, fleet.day_containers),
        ("stops", np.ones(len(stops), np.int64), fleet.max_stops),
    ):
        by_node = nodes.of_stops(added)
        if (limit < by_node.sum()).any():
            _limit_day(core, name, core.vector(by_node), limit)
    farthest = len(nodes) * int(nodes.distance_m.max(initial=0))
    if (fleet.max_distance_m < farthest).any():
        _limit_day(core, "metres", core.matrix(nodes.distance_m), fleet.max_distance_m)


def _limit_day(core: Core, name: str, transit: int, limit: IntArray) -> None:
    core.routing.AddDimensionWithVehicleCapacity(transit, 0, limit.tolist(), True, name)
