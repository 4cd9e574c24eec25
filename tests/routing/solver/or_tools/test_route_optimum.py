"""On random tiny towns OR-Tools is told exactly the rules and prices there are."""

import numpy as np
import pytest
from hypothesis import given, reject, settings

from routing.solver.or_tools import route
from routing.solver.or_tools.costs import left_out_millicents
from routing.solver.or_tools.search import cents_of
from routing.solver.or_tools.state import state
from routing.solver.or_tools.thousandths import MILLI
from routing.solver.or_tools.usable import Usable, usable
from tests.routing.solver.brute_force import (
    Best,
    cheapest,
    groups_left,
    mandatory_left,
)
from tests.routing.solver.or_tools.routed import broken, everybody
from tests.routing.solver.random_towns import QUICK, towns

ROUNDING_CENTS = 1.5


@settings(QUICK, max_examples=60)
@given(towns())
def test_the_best_plan_keeps_all_rules_and_costs_what_it_costs(town):
    problem = town.problem()
    best = cheapest(problem)
    if best is None:
        reject()
    day = usable(problem, everybody(problem))
    halts = halts_of(best)
    stated = state(day.problem, day.may_take, halts=halts)
    assert stated is not None

    found_cents = cents_of(stated, halts)

    prices = left_out_millicents(stated.core) / MILLI
    assert found_cents == pytest.approx(
        told_cents(day, best, prices), abs=ROUNDING_CENTS
    )
    assert broken_locks(town, day) == best.broken


def broken_locks(town, day: Usable) -> tuple[int, ...]:
    pairs = zip(town.trucks, day.problem.locked, strict=True)
    return tuple(v for v, (truck, kept) in enumerate(pairs) if truck.locked != kept)


def halts_of(best: Best) -> list[list[int]]:
    return [
        [each for each in drive.script if isinstance(each, int)] if drive else []
        for drive in best.drives
    ]


def told_cents(day: Usable, best: Best, prices) -> float:
    """What OR-Tools should count: other prices of what is left, if it was offered."""
    problem, stops = day.problem, day.problem.stops
    served = {problem.stop_at(x) for run in halts_of(best) for x in run}
    left = {stop for stop in range(len(stops)) if stop not in served}
    cents = best.cents
    for stop in groups_left(problem, left):
        group = stops.alternative[stop]
        alone = np.arange(len(stops)) == stop
        members = stops.alternative == group if group >= 0 else alone
        is_offered = day.may_take[members].any()
        cents += (prices[stop] if is_offered else 0) - float(stops.prize_cents[stop])
    return cents


@settings(QUICK, max_examples=20)
@given(towns())
def test_what_it_finds_keeps_all_rules_and_is_no_better_than_can_be(town):
    problem = town.problem()
    best = cheapest(problem)
    if best is None:
        reject()

    found = route(problem, everybody(problem), None, seconds=0.1)

    assert found is not None
    assert broken(problem, found) == set()
    served = {problem.stop_at(x) for run in found for x in run}
    left = {stop for stop in range(len(problem.stops)) if stop not in served}
    if not (problem.stops.release_s > 0).any():  # for which any tip is of use
        assert mandatory_left(problem, left) >= best.mandatory_left
