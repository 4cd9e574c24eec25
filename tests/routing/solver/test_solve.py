"""The front door: budgets, progress, stopping, going on, and what is left out."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from routing.solver import Budget, StepKind, UnservedReason, check_plan, solve
from tests.routing.solver.towns import Bin, Tip, Town, Truck

ROUND = Town(
    bins=[Bin(at_km=km, demand_l=300.0) for km in (1, 4, 2, 7, 5, 3, 6, 8)],
    trucks=[Truck(), Truck()],
    tips=[Tip(at_km=0.0), Tip(at_km=9.0)],
    skew_km=(1, 0, 2, 0, 1, 3, 0, 1),
)


def halts_of(problem, plan):
    halts: list[list[int]] = [[] for _ in range(len(problem.vehicles))]
    for run in plan.runs:
        halts[run.vehicle] = [
            step.location
            for step in run.steps
            if step.kind in (StepKind.PICKUP, StepKind.TIP)
        ]
    return halts


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({}, "needs seconds or iterations"),
        ({"seconds": 0.0}, "seconds = 0.0"),
        ({"seconds": -1.0}, "seconds = -1.0"),
        ({"iterations": -1}, "iterations = -1"),
        ({"iterations": 1, "threads": 0}, "threads = 0"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(limits, message):
    with pytest.raises(ValueError, match=message):
        Budget(**limits)


def test_progress_tells_falling_costs_above_a_bound():
    problem, news = ROUND.problem(), []

    plan = solve(
        problem,
        budget=Budget(iterations=400),
        progress=lambda **told: news.append(told),
    )

    costs = [each["cents"] for each in news]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(plan.cost.total_cents)
    assert all(each["bound_cents"] <= plan.cost.total_cents for each in news)
    assert plan.solver.bound_cents == news[0]["bound_cents"]


def test_a_search_that_is_told_to_stop_returns_the_plan_so_far():
    problem = ROUND.problem()

    plan = solve(problem, budget=Budget(seconds=60.0), stop=lambda: True)

    assert plan.solver.seconds < 30.0
    assert check_plan(problem, plan) == []
    assert plan.unserved == ()


def test_the_same_seed_and_iterations_give_the_same_plan():
    problem = ROUND.problem()

    plans = [
        solve(problem, budget=Budget(iterations=300), seed=seed) for seed in (7, 7)
    ]

    assert plans[0].runs == plans[1].runs
    assert plans[0].cost == plans[1].cost


def test_another_process_finds_the_same_plan():
    words = (
        "from routing.solver import Budget, solve;"
        "from tests.routing.solver.test_solve import ROUND, halts_of;"
        "p = ROUND.problem();"
        "print(halts_of(p, solve(p, budget=Budget(iterations=300), seed=7)))"
    )
    problem = ROUND.problem()
    here = halts_of(problem, solve(problem, budget=Budget(iterations=300), seed=7))

    there = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )

    assert there.stdout.strip() == str(here)


def test_a_good_start_is_never_made_worse():
    problem = ROUND.problem()
    good = solve(problem, budget=Budget(iterations=2000), seed=1)

    again = solve(
        problem,
        budget=Budget(iterations=0),
        seed=2,
        start=halts_of(problem, good),
    )

    assert again.cost.total_cents <= good.cost.total_cents + 0.01


def test_a_day_without_stops_has_no_runs():
    problem = Town(bins=[]).problem()

    plan = solve(problem, budget=Budget(iterations=10))

    assert plan.runs == ()
    assert plan.unserved == ()


def test_stops_that_nobody_can_take_are_left_with_their_reasons():
    problem = Town(
        bins=[Bin(at_km=1, demand_l=5000.0), Bin(at_km=1, mass_kg=9000.0)]
    ).problem()

    plan = solve(problem, budget=Budget(iterations=10))

    assert [each.reason for each in plan.unserved] == [
        UnservedReason.TOO_LARGE,
        UnservedReason.TOO_HEAVY,
    ]


def test_what_is_worth_less_than_its_way_is_left():
    bins = [
        Bin(at_km=1, prize_cents=10_000, is_mandatory=False),
        Bin(at_km=50, prize_cents=100, is_mandatory=False),
    ]
    problem = Town(bins=bins).problem()

    plan = solve(problem, budget=Budget(iterations=200))

    assert [each.stop for each in plan.unserved] == [1]
    assert plan.unserved[0].reason is UnservedReason.NOT_WORTH_IT
    assert plan.cost.prizes_left_cents == 100


def test_a_mandatory_stop_without_room_tells_what_would_make_room():
    bins = [Bin(at_km=1, service_s=600) for _ in range(4)]
    problem = Town(bins=bins, trucks=[Truck(shift_end_s=2000)]).problem()

    plan = solve(problem, budget=Budget(iterations=300))

    left = [each for each in plan.unserved if each.reason is UnservedReason.NO_ROOM]
    assert left
    assert left[0].relaxation is not None
    assert left[0].relaxation.amount > 0


def test_more_vehicles_than_are_needed_stay_home():
    town = replace(ROUND, trucks=[Truck(fixed_cents=5000) for _ in range(5)])
    problem = town.problem()

    plan = solve(problem, budget=Budget(iterations=1500))

    assert len(plan.runs) == 1
    assert np.isclose(plan.cost.fixed_cents, 5000)
