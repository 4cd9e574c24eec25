"""Long runs and large problems: trips to begin with, stretches turned, threads."""

import numpy as np
import pytest

from routing.solver import Budget, Plan, check_plan, solve
from routing.solver.first import insertion_order
from routing.solver.improver.improve import Tastes
from routing.solver.improver.split import split
from routing.solver.model import Problem
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import plane_ways
from routing.solver.savings import join_trips
from tests.routing.solver.planned import improver_of, left_of


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


def test_a_stretch_driven_the_wrong_way_is_turned_at_once():
    turn = np.linspace(0, 2 * np.pi, 41)[:-1]
    x, y = 10_000 * np.cos(turn), 10_000 * np.sin(turn)
    problem = on_a_plane(x, y, trucks=1, capacity_l=100)
    crossed = [*range(1, 10), *range(29, 9, -1), *range(30, 40)]
    improver = improver_of(problem, [crossed])

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


def scattered(count: int, *, capacity_l: float = 20) -> Problem:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 10_000, (2, count + 1))
    trucks = int(1.5 * count / capacity_l)
    return on_a_plane(x, y, trucks=trucks, capacity_l=capacity_l)


def test_parts_cost_together_what_the_whole_plan_costs():
    problem = scattered(300)
    whole = improver_of(problem)
    whole.fill(insertion_order(problem))
    halts = whole.best_halts()

    parts = split(whole.facts, whole.near, halts, count=3, rng=np.random.default_rng(1))

    assert sorted(np.concatenate([each.stops for each in parts])) == list(range(300))
    assert sorted(np.concatenate([each.routes for each in parts])) == list(
        range(len(problem.vehicles))
    )
    assert min(len(each.stops) for each in parts) > 60
    searches = [whole.again(halts, seed=1, part=each) for each in parts]
    assert sum(each.best for each in searches) == whole.best


def test_a_search_of_a_part_leaves_foreign_stops_and_routes_alone():
    problem = scattered(300)
    whole = improver_of(problem)
    whole.fill(insertion_order(problem))
    part, _ = split(
        whole.facts,
        whole.near,
        whole.best_halts(),
        count=2,
        rng=np.random.default_rng(1),
    )
    search = whole.again(whole.best_halts(), seed=1, part=part)

    search._run(Tastes(), 10**9, 5000, np.zeros(0, np.int32))

    halts = search.halts()
    stops = {problem.stop_at(x) for each in halts for x in each}
    assert stops == set(part.stops.tolist())
    assert {r for r, each in enumerate(halts) if each} <= set(part.routes.tolist())


@pytest.mark.parametrize("count", [60, 1000])
def test_several_threads_find_one_sound_plan_and_the_same_each_time(count):
    problem, news = scattered(count), []
    budget = Budget(iterations=20_000, threads=2)

    plans = [
        checked_plan(problem, budget, lambda **told: news.append(told["cents"]))
        for _ in range(2)
    ]

    assert plans[0].runs == plans[1].runs
    half = len(news) // 2
    assert news[:half] == news[half:] == sorted(news[:half], reverse=True)
    assert left_of(plans[0]) == []
    assert plans[0].solver.iterations == pytest.approx(20_000, rel=0.05)


def checked_plan(problem: Problem, budget: Budget, progress) -> Plan:
    plan = solve(problem, budget=budget, progress=progress)
    assert check_plan(problem, plan) == []
    return plan
