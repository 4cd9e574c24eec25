"""Tiny problems with all kinds of rules: nothing is cheaper, and nothing is broken."""

import pytest
from hypothesis import given, reject, settings

from tests.routing.solver.brute_force import Best, cheapest, mandatory_left
from tests.routing.solver.planned import checked, left_of
from tests.routing.solver.random_towns import QUICK, towns


def best_of(problem) -> Best:
    """The best plan there is; not of problems that have none."""
    best = cheapest(problem)
    if best is None:
        reject()
    return best


@settings(QUICK, max_examples=80)
@given(town=towns())
def test_no_plan_of_a_tiny_town_is_cheaper(town):
    problem = town.problem()
    best = best_of(problem)

    plan = checked(problem, iterations=2000)

    assert mandatory_left(problem, {*left_of(plan)}) == best.mandatory_left
    assert plan.cost.total_cents == pytest.approx(best.cents, abs=0.01, rel=0)


@settings(QUICK, max_examples=40)
@given(town=towns())
def test_no_plan_is_below_the_bound(town):
    problem = town.problem()
    best = best_of(problem)

    plan = checked(problem, iterations=20)

    assert 0 <= plan.solver.bound_cents <= best.cents + 0.01


@settings(QUICK, max_examples=30)
@given(town=towns(most_bins=12, most_rules=6))
def test_every_plan_keeps_every_rule(town):
    checked(town.problem(), iterations=100)
