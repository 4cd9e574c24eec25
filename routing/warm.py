"""Compile the inner loops once, so that nobody waits for them later: part of set-up.

The machine code stays beside the sources, see `routing.compiled`.
"""

import numpy as np

from routing.roads.search import Ends, HierarchySearch, customise
from routing.roads.search.contraction import contract
from routing.selection.search import search_days
from routing.selection.trips import cheapest_place, saved_without
from routing.solver.budget import Budget
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays
from routing.solver.solve import solve


def warm_up() -> None:
    """Find a way, plan a bin, and look some days ahead."""
    find_a_way()
    plan_a_bin()
    look_at_a_bin()


def find_a_way() -> None:
    """Search two nodes that lead to each other."""
    there, back = np.array([0, 1]), np.array([1, 0])
    hierarchy = contract(np.arange(2, dtype=np.int32), there, back)
    search = HierarchySearch(customise(hierarchy, np.ones(2)))
    ends = Ends(first=np.arange(2), state=there[:1], cost=np.zeros(1), edge=there[:1])
    list(search.rows(ends, ends))
    search.path(ends, ends)


def plan_a_bin() -> None:
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


def look_at_a_bin() -> None:
    """Lay one bin into the coming days."""
    one, ways, pay = np.ones((1, 2)), np.ones((2, 2)), np.ones((1, 4))
    near = np.zeros((1, 1), np.int64)
    search_days(ways, one[0, :1], 1.0, pay, one, 1.0, near, 1, 1, 1.0, 1)
    saved_without(near[0], 1, 0, ways, one[0, :1])
    cheapest_place(near[0], 1, 0, ways, one[0, :1])


if __name__ == "__main__":
    warm_up()
