"""Compile the engine once, so that nobody waits for it later: part of the set-up.

The machine code stays beside the sources, see `routing.solver.engine.compiled`.
"""

import numpy as np

from routing.solver.budget import Budget
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays
from routing.solver.solve import solve


def warm_up() -> None:
    """Plan one bin."""
    way = np.ones((3, 3), np.int64)
    problem = Problem(
        streams=("any",),
        depot_count=1,
        facilities=Facilities(accepts=np.ones((1, 1), np.bool_)),
        stops=Stops(demand_l=np.ones(1)),
        vehicles=Vehicles(
            capacity_l=np.ones((1, 1)),
            shift_start_s=np.array([0]),
            shift_end_s=np.array([99]),
        ),
        ways=FullWays(travel_s=way, distance_m=way),
    )
    solve(problem, budget=Budget(iterations=10))


if __name__ == "__main__":
    warm_up()
