"""How the solver behaves, whatever the problem."""

from dataclasses import replace

import numpy as np
import pytest

from routing.solver import UnservedReason, check_plan, explain_plan, solve
from routing.solver.draft import Draft
from routing.solver.ruin import improve
from routing.solver.screening import screen_stops
from tests.routing.solver.towns import DAY_S, Bin, Tip, Town, Truck


def busy_town(bins: int = 40, seed: int = 0) -> Town:
    rng = np.random.default_rng(seed)
    return Town(
        streams=("glass", "paper", "metal"),
        bins=[
            Bin(
                at_km=float(rng.integers(-30, 30)),
                stream=int(rng.integers(3)),
                demand_l=float(rng.integers(50, 600)),
                mass_kg=float(rng.integers(5, 90)),
                service_s=60,
                is_mandatory=bool(rng.random() < 0.3),
                prize_cents=int(rng.integers(0, 2000)),
            )
            for _ in range(bins)
        ],
        skew_km=rng.integers(0, 20, bins).tolist(),
        tips=[
            Tip(at_km=10, accepts=(True, True, False), tip_s=300, opens_s=3600),
            Tip(at_km=-12, accepts=(False, True, True), tip_s=300),
        ],
        trucks=[
            Truck(
                capacity_l=(2000, 1500, 1000),
                capacity_kg=400,
                shift_start_s=1800,
                shift_end_s=DAY_S // 3,
                cents_per_hour=3000,
                fixed_cents=2000,
            )
        ]
        * 2,
    )


def test_the_same_seed_and_iterations_give_the_same_plan():
    problem = busy_town().problem()

    plans = [solve(problem, budget_s=60, seed=3, iteration_limit=15) for _ in range(2)]

    assert plans[0].runs == plans[1].runs
    assert plans[0].cost == plans[1].cost


def test_a_busy_day_breaks_no_rule():
    problem = busy_town().problem()

    plan = solve(problem, budget_s=1, seed=1)

    assert check_plan(problem, plan) == []
    assert not any(problem.stops.is_mandatory[u.stop] for u in plan.unserved)


def test_progress_tells_of_ever_better_plans():
    problem = busy_town().problem()
    told: list[tuple[float, float]] = []

    plan = solve(
        problem, budget_s=0.5, seed=1, progress=lambda *news: told.append(news)
    )

    cents = [each[1] for each in told]
    assert cents == sorted(cents, reverse=True)
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert cents[-1] >= plan.cost.total_cents - 1


def test_a_budget_of_nothing_is_refused():
    with pytest.raises(ValueError, match="budget_s = 0 not understood"):
        solve(busy_town(1).problem(), budget_s=0, seed=1)


@pytest.mark.parametrize("seed", range(4))
def test_no_plan_costs_more_than_the_one_it_started_from(seed):
    problem = busy_town(seed=seed).problem()
    first = Draft(problem, screen_stops(problem).can_take)
    first.recreate(np.flatnonzero(first.is_open))

    best = improve(first, pace=lambda i: i / 20, seed=seed, heard=lambda cents: None)

    assert best.is_sound
    assert best.cents <= first.cents


@pytest.mark.parametrize("seed", range(4))
def test_a_draft_costs_what_its_plan_costs(seed):
    problem = busy_town(seed=seed).problem()
    told: list[float] = []

    plan = solve(
        problem,
        budget_s=30,
        seed=1,
        iteration_limit=5,
        progress=lambda _, cents: told.append(cents),
    )

    assert not any(problem.stops.is_mandatory[u.stop] for u in plan.unserved)
    # OR-Tools counts an idle cent for every tip.
    assert plan.cost.total_cents == pytest.approx(told[-1], abs=20)


def test_a_plan_says_what_every_stop_costs():
    problem = Town(
        bins=[
            Bin(at_km=5),
            Bin(at_km=4, is_mandatory=False, prize_cents=10),
            Bin(at_km=-3, is_mandatory=False, prize_cents=100),
            Bin(at_km=7, demand_l=5000),
        ]
    ).problem()
    plan = solve(problem, budget_s=0.3, seed=1)

    far, near, behind, huge = explain_plan(problem, plan)

    assert (far.vehicle, near.vehicle, behind.vehicle, huge.vehicle) == (
        0,
        0,
        None,
        None,
    )
    assert far.marginal_cents == pytest.approx(200)
    assert near.marginal_cents == pytest.approx(0)
    assert behind.marginal_cents == pytest.approx(600)
    assert behind.reason is UnservedReason.NOT_WORTH_IT
    assert huge.marginal_cents is None
    assert huge.reason is UnservedReason.TOO_LARGE


def test_the_only_stop_of_a_run_costs_the_whole_run():
    problem = Town(bins=[Bin(at_km=5)], trucks=[Truck(fixed_cents=700)]).problem()
    plan = solve(problem, budget_s=0.3, seed=1)

    [explanation] = explain_plan(problem, plan)

    assert explanation.marginal_cents == pytest.approx(1700)


def test_a_stop_that_no_run_can_hold_any_more_says_so():
    problem = Town(
        bins=[Bin(at_km=5), Bin(at_km=-5)], trucks=[Truck(shift_end_s=600)]
    ).problem()
    plan = solve(problem, budget_s=0.3, seed=1)

    [left] = [e for e in explain_plan(problem, plan) if e.vehicle is None]

    assert left.marginal_cents is None
    assert left.reason is UnservedReason.NO_ROOM


def test_waiting_paid_at_one_town_is_not_paid_when_time_is_free():
    town = busy_town(8)
    paid = solve(town.problem(), budget_s=0.3, seed=1)
    free = replace(
        town, trucks=[replace(truck, cents_per_hour=0.0) for truck in town.trucks]
    )

    plan = solve(free.problem(), budget_s=0.3, seed=1)

    assert plan.cost.time_cents == 0
    assert paid.cost.time_cents > 0
