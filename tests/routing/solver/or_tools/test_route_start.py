"""Where OR-Tools begins, when it ends, and what it tells on the way."""

from time import perf_counter

import pytest

from routing.solver.or_tools import route
from tests.routing.solver.or_tools.routed import everybody, routed
from tests.routing.solver.towns import Bin, Tip, Town, Truck

TOWN = Town(bins=[Bin(at_km=5), Bin(at_km=6)], tips=[Tip(at_km=7)])


def test_it_goes_on_from_a_plan():
    problem = TOWN.problem()
    heard: list[float] = []

    found = route(
        problem,
        everybody(problem),
        [[3, 2, 1]],
        seconds=5,
        solution_limit=1,
        heard=heard.append,
    )

    assert found == [[3, 2, 1]]
    assert heard == [pytest.approx(1600, abs=0.1)]


def test_it_tells_every_better_plan():
    problem = TOWN.problem()
    heard: list[float] = []

    route(problem, everybody(problem), [[3, 2, 1]], seconds=0.1, heard=heard.append)

    assert heard == sorted(set(heard), reverse=True)
    assert heard[0] == pytest.approx(1600, abs=0.1)
    assert heard[-1] == pytest.approx(1400, abs=0.1)


@pytest.mark.parametrize("halts", [[[3, 2]], [[1, 2, 3, 1, 3, 1]]])
def test_it_starts_afresh_where_the_plan_breaks_a_rule(halts):
    """Loaded at home; a bin twice."""
    assert routed(TOWN, halts) == [[2, 3, 1]]


def test_it_starts_afresh_where_the_plan_goes_where_it_may_not(capfd):
    town = Town(bins=[Bin(at_km=5, pinned_vehicle=1)], trucks=[Truck(), Truck()])

    assert routed(town, [[2, 1], []]) == [[], [2, 1]]
    assert capfd.readouterr().err == ""


def test_a_plan_may_tip_more_often_than_would_be_thought_of():
    problem = TOWN.problem()
    often = [[1, 2, 1, 1, 1, 3, 1, 1, 1]]

    found = route(problem, everybody(problem), often, seconds=5, solution_limit=1)

    assert found == often


def test_it_ends_in_time():
    problem = Town(bins=[Bin(at_km=km / 7) for km in range(40)]).problem()
    start_s = perf_counter()

    route(problem, everybody(problem), None, seconds=0.2)

    # Without a limit the search would go on for ever.
    assert perf_counter() - start_s < 10


def test_the_same_seed_and_solutions_give_the_same_plan():
    bins = [Bin(at_km=km % 7 - 3, demand_l=90 * (km % 5)) for km in range(12)]
    problem = Town(bins=bins, trucks=[Truck(), Truck()]).problem()

    first, second = (
        route(problem, everybody(problem), None, seconds=9, seed=3, solution_limit=20)
        for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    "town",
    [
        Town(bins=[]),
        Town(bins=[Bin(at_km=5, earliest_s=90_000, latest_s=90_001)]),
        Town(bins=[Bin(at_km=5)], tips=[]),
        Town(bins=[Bin(at_km=5)], tips=[Tip(opens_s=90_000, closes_s=90_001)]),
        Town(bins=[Bin(at_km=5)], trucks=[Truck(capacity_l=(0.0,))]),
    ],
)
def test_nothing_to_do_is_an_empty_plan(town):
    assert routed(town) == [[]]
