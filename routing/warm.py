"""Compile the inner loops once, so that nobody waits for them later: part of set-up.

The machine code stays beside the sources, see `routing.compiled`.
"""

import numpy as np

from routing.demand import QUANTILES, Learned, SlotHistory, forecast_fill
from routing.demand.forests import grow_forests
from routing.demand.inner.looking import FEATURES
from routing.demand.looks import KNOTS_H
from routing.roads.search import Ends, HierarchySearch, customise
from routing.roads.search.contraction import contract
from routing.selection.search import search_days
from routing.selection.trips import cheapest_place
from routing.solver.budget import Budget
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays
from routing.solver.solve import solve


def warm_up() -> None:
    """Find a way, plan a bin, foresee a fill, and look some days ahead."""
    find_a_way()
    plan_a_bin()
    foresee_a_fill()
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


def foresee_a_fill() -> None:
    """Foresee a week from a month, with something learned from noise."""
    hours = np.arange(24.0 * 30)
    history = SlotHistory(
        slot_id=1,
        volume_l=1.0,
        stream="any",
        measured_h=hours,
        fill_fraction=hours / 1000,
        emptied_h=np.empty(0),
        observed_h=np.empty(0),
        observed_fill=np.empty(0),
    )
    noise = np.random.default_rng(1).normal(size=(300, len(FEATURES)))
    learned = Learned(
        forests=grow_forests(noise, noise[:, 0], QUANTILES),
        shift=np.zeros((2, len(KNOTS_H), len(QUANTILES))),
        rows=0,
        slots=0,
        learned_h=0.0,
    )
    forecast_fill(
        [history],
        now_h=float(len(hours)),
        horizon_h=hours[:100],
        utc_offset_h=0.0,
        learned=learned,
    )


def look_at_a_bin() -> None:
    """Lay one bin into the coming days."""
    one, ways, pay = np.ones((1, 2)), np.ones((2, 2)), np.ones((1, 4))
    near = np.zeros((1, 1), np.int64)
    search_days(ways, one[0, :1], 1.0, pay, one, 1.0, near, 1, 1, 1.0, 1)
    cheapest_place(near[0], 1, 0, ways, one[0, :1])


if __name__ == "__main__":
    warm_up()
