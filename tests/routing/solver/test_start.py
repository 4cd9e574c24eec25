"""Where a search starts, and what it starts with, decides what comes out."""

import pytest
from hypothesis import given, reject, settings

from tests.routing.solver.brute_force import cheapest, mandatory_left, plan_of_best
from tests.routing.solver.planned import checked, halts_of, left_of
from tests.routing.solver.random_towns import QUICK, towns


def start_of(problem, plan) -> list[list[int]]:
    halts = halts_of(plan)
    return [halts.get(v, []) for v in range(len(problem.vehicles))]


@settings(QUICK, max_examples=25)
@given(town=towns(most_bins=6))
def test_the_same_seed_and_iterations_give_the_same_plan(town):
    problem = town.problem()

    once, twice = (checked(problem, iterations=50, seed=7) for _ in range(2))

    assert once.runs == twice.runs
    assert once.unserved == twice.unserved
    assert once.cost == twice.cost


@settings(QUICK, max_examples=25)
@given(town=towns(most_bins=6))
def test_no_plan_is_worse_than_the_one_it_started_from(town):
    problem = town.problem()
    first = checked(problem, iterations=1, seed=1)

    later = checked(problem, iterations=1, seed=2, start=start_of(problem, first))

    mandatory = [mandatory_left(problem, {*left_of(plan)}) for plan in (first, later)]
    assert mandatory[1] <= mandatory[0]
    if mandatory[1] == mandatory[0]:
        assert later.cost.total_cents <= first.cost.total_cents + 0.01


@settings(QUICK, max_examples=25)
@given(town=towns())
def test_a_start_that_cannot_be_beaten_is_kept(town):
    problem = town.problem()
    best = cheapest(problem)
    if best is None:
        reject()
    start = start_of(problem, plan_of_best(problem, best))

    plan = checked(problem, iterations=1, seed=1, start=start)

    assert mandatory_left(problem, {*left_of(plan)}) == best.mandatory_left
    assert plan.cost.total_cents == pytest.approx(best.cents, abs=0.01, rel=0)


@settings(QUICK, max_examples=25)
@given(town=towns(most_bins=6))
def test_a_start_that_breaks_rules_does_no_harm(town):
    """All bins in one run, in one trip, without a tip."""
    problem = town.problem()
    everything = [problem.stop_location(stop) for stop in range(len(problem.stops))]
    start = [everything, *[[] for _ in range(len(problem.vehicles) - 1)]]

    checked(problem, iterations=1, start=start)
