"""What happens at each location: the problem as flat arrays for the solver."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from routing.solver.model import Problem


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Locations:
    """One row a location, n rows; depots do nothing and are always open.

    Parameters
    ----------
    work_s, opens_s, closes_s
        (n,) how long the work takes, and between when it may begin.
    added_l, added_kg
        (n, streams) what is picked up.
    is_tipped
        (n, streams) whether the stream is tipped here.
    """

    work_s: IntArray
    opens_s: IntArray
    closes_s: IntArray
    added_l: FloatArray
    added_kg: FloatArray
    is_tipped: BoolArray


def lay_locations(problem: "Problem", *, always_s: int) -> Locations:
    """Put depots, facilities and stops one below the other."""
    facilities, stops = problem.facilities, problem.stops
    at_depot = np.zeros(problem.depot_count, dtype=np.int64)
    no_load = np.zeros((problem.depot_count + len(facilities), len(problem.streams)))
    is_stream = stops.stream[:, None] == np.arange(len(problem.streams))
    is_tipped = np.zeros((problem.location_count, len(problem.streams)), dtype=np.bool_)
    first_stop = problem.stop_location(0)
    is_tipped[problem.depot_count : first_stop] = facilities.accepts
    return Locations(
        work_s=np.concatenate([at_depot, facilities.tip_s, stops.service_s]),
        opens_s=np.concatenate([at_depot, facilities.opens_s, stops.earliest_s]),
        closes_s=np.concatenate(
            [at_depot + always_s, facilities.closes_s, stops.latest_s]
        ),
        added_l=np.vstack([no_load, is_stream * stops.demand_l[:, None]]),
        added_kg=np.vstack([no_load, is_stream * stops.mass_kg[:, None]]),
        is_tipped=is_tipped,
    )
