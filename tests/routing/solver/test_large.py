"""Long runs and large problems: a first plan in trips, and stretches turned round."""

import numpy as np

from routing.solver import Budget, solve
from routing.solver.closing import with_tips
from routing.solver.improver.improve import Improver, Tastes
from routing.solver.improver.prepare import prepare
from routing.solver.locks import judge_locks
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import plane_ways
from routing.solver.savings import join_trips
from routing.solver.screening import screen_stops
from tests.routing.solver.planned import left_of


def on_a_plane(x, y, *, trucks: int, capacity_l: float) -> Problem:
    """Stops of one litre each; the depot is the first point."""
    count = len(x) - 1
    return Problem(
        streams=("load",),
        depot_count=1,
        facilities=Facilities(accepts=np.zeros((0, 1), np.bool_)),
        stops=Stops(demand_l=np.ones(count), is_mandatory=np.ones(count, np.bool_)),
        vehicles=Vehicles(
            capacity_l=np.full((trucks, 1), capacity_l),
            shift_start_s=np.zeros(trucks, np.int64),
            shift_end_s=np.full(trucks, 86_400),
            home_accepts=np.ones((trucks, 1), np.bool_),
            cents_per_km=np.full(trucks, 1000.0),
        ),
        ways=plane_ways(x, y, metres_per_unit=1.0, seconds_per_unit=0.0),
    )


def laid(problem: Problem, halts) -> Improver:
    screening, locks = screen_stops(problem), judge_locks(problem)
    facts = prepare(problem, screening.can_take, locks.out, locks.broken_stops)
    return Improver(
        facts, seed=1, halts=with_tips(problem, halts, locks.out), locked=locks.locked
    )


def test_a_stretch_driven_the_wrong_way_is_turned_at_once():
    turn = np.linspace(0, 2 * np.pi, 41)[:-1]
    x, y = 10_000 * np.cos(turn), 10_000 * np.sin(turn)
    problem = on_a_plane(x, y, trucks=1, capacity_l=100)
    crossed = [*range(1, 10), *range(29, 9, -1), *range(30, 40)]
    improver = laid(problem, [crossed])

    improver._run(Tastes(tails=1.0), 0, 2000, np.zeros(0, np.int32))

    best = improver.best_halts()[0]
    assert best in (list(range(1, 40)), list(range(39, 0, -1)))


def test_the_first_plan_of_a_large_problem_makes_no_detours():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 10_000, (2, 601))
    problem = on_a_plane(x, y, trucks=60, capacity_l=20)
    heard: list[float] = []

    plan = solve(
        problem,
        budget=Budget(iterations=200_000),
        progress=lambda *, cents, **_: heard.append(cents),
    )

    assert left_of(plan) == []
    assert heard[0] < 1.2 * plan.cost.total_cents


def test_trips_join_what_saves_most_and_fill_one_vehicle_at_most():
    near = np.array([[1, 2, 3], [0, 2, 3], [1, 3, 0], [2, 1, 0]])
    legs = np.array([[1, 2, 3], [1, 1, 2], [1, 1, 2], [1, 2, 3]], float)
    home, share = np.full(4, 10.0), np.array([0.5, 0.5, 0.5, 0.5])

    trip = join_trips(near, legs, home, share)

    assert trip[0] == trip[1]
    assert trip[2] == trip[3]
    assert trip[0] != trip[2]


def test_the_bound_is_worked_out_once():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 10_000, (2, 101))
    problem = on_a_plane(x, y, trucks=10, capacity_l=20)
    bounds: list[float] = []

    solve(
        problem,
        budget=Budget(iterations=20_000),
        progress=lambda *, bound_cents, **_: bounds.append(bound_cents),
    )

    assert len(bounds) > 1
    assert len({id(each) for each in bounds}) == 1
