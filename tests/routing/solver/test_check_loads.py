"""The checker and loads: what is on board, what a day may hold, what comes home."""

from typing import Any

import pytest

from routing.solver.check import Rule, check_plan
from tests.routing.solver.judged import changed, planned, rules_broken, with_step
from tests.routing.solver.towns import Bin, Tip, Town, Truck

#: Depot 0, tips 1 (glass only) and 2, bins 3, 4 (glass) and 5 (paper).
PROBLEM = Town(
    streams=("glass", "paper"),
    bins=[
        Bin(at_km=5, demand_l=600, mass_kg=60, containers=2),
        Bin(at_km=6, demand_l=300, mass_kg=30, containers=1),
        Bin(at_km=7, demand_l=500, mass_kg=50, containers=1, stream=1),
    ],
    tips=[Tip(accepts=(True, False)), Tip(at_km=8, accepts=(True, True))],
    trucks=[Truck(capacity_l=(1000, 1000))],
).problem()
PLAN = planned(PROBLEM, {0: [3, 4, 5, 2]})


def rules_with(part: str, **columns) -> set[Rule]:
    return rules_broken(changed(PROBLEM, part, **columns), PLAN)


def test_the_plan_is_sound():
    assert check_plan(PROBLEM, PLAN) == []


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"capacity_l": [[899.9, 1000]]}, Rule.LITRES),
        ({"capacity_l": [[1000, 499.9]]}, Rule.LITRES),
        ({"capacity_l": [[1000, 0]]}, Rule.COMPARTMENT),
        ({"capacity_kg": 139.9}, Rule.KILOGRAMS),
        ({"capacity_containers": 3}, Rule.CONTAINERS),
        ({"day_l": 1399.9}, Rule.DAY_LIMIT),
        ({"day_kg": 139.9}, Rule.DAY_LIMIT),
        ({"day_containers": 3}, Rule.DAY_LIMIT),
    ],
)
def test_a_capacity_that_is_a_little_too_small_is_found(columns, rule):
    assert rules_with("vehicles", **columns) == {rule}


@pytest.mark.parametrize(
    "columns",
    [
        {"capacity_l": [[900, 500]]},
        {"capacity_kg": 140},
        {"capacity_containers": 4},
        {"day_l": 1400},
        {"day_kg": 140},
        {"day_containers": 4},
    ],
)
def test_a_capacity_that_just_suffices_is_fine(columns):
    assert rules_with("vehicles", **columns) == set()


def test_sums_may_differ_by_less_than_anybody_measures():
    problem = Town(
        bins=[Bin(at_km=5, demand_l=0.1) for _ in range(3)],
        trucks=[Truck(capacity_l=(0.3,))],
    ).problem()

    assert check_plan(problem, planned(problem, {0: [2, 3, 4, 1]})) == []


def test_a_tip_makes_room_but_not_in_a_day():
    plan = planned(PROBLEM, {0: [3, 2, 4, 5, 2]})
    tight = {"capacity_l": [[600, 500]], "capacity_kg": 80, "capacity_containers": 2}

    assert check_plan(changed(PROBLEM, "vehicles", **tight), plan) == []
    narrow = changed(PROBLEM, "vehicles", day_l=1399)
    assert rules_broken(narrow, plan) == {Rule.DAY_LIMIT}


def test_nothing_to_collect_still_needs_a_compartment():
    problem = changed(PROBLEM, "stops", demand_l=[0] * 3, mass_kg=0)
    plan = planned(problem, {0: [3, 4, 5, 2]})
    without = changed(problem, "vehicles", capacity_l=[[1000, 0]])

    assert check_plan(problem, plan) == []
    assert rules_broken(without, plan) == {Rule.COMPARTMENT}


@pytest.mark.parametrize(
    "load",
    [
        {"load_l": (600.1, 0.0)},
        {"load_l": (0.0, 600.0)},
        {"load_kg": (60.0, 0.1)},
        {"load_containers": (1, 0)},
        {"load_containers": (2, 1)},
    ],
)
def test_a_load_that_is_not_what_was_picked_up_is_found(load):
    assert rules_broken(PROBLEM, with_step(PLAN, 1, **load)) == {Rule.LOAD}


@pytest.mark.parametrize("index", [0, 4, 5])
@pytest.mark.parametrize("name", ["load_l", "load_kg", "load_containers"])
def test_a_load_that_should_not_be_there_is_found(index, name):
    ghost: dict[str, Any] = {name: (0, 1)}

    assert rules_broken(PROBLEM, with_step(PLAN, index, **ghost)) == {Rule.LOAD}


# Home


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("stops", {"mass_kg": 0, "containers": 0}),
        ("stops", {"demand_l": [0] * 3, "containers": 0}),
        ("stops", {"demand_l": [0] * 3, "mass_kg": 0}),
    ],
)
def test_litres_kilograms_or_containers_that_come_home_are_found(part, columns):
    problem = changed(PROBLEM, part, **columns)

    assert check_plan(problem, planned(problem, {0: [3, 4, 5, 2]})) == []
    untipped = planned(problem, {0: [3, 4, 5]})
    assert rules_broken(problem, untipped) == {Rule.HOME_LOADED}


def test_a_load_tipped_where_it_is_not_accepted_comes_home():
    assert rules_broken(PROBLEM, planned(PROBLEM, {0: [3, 4, 5, 1]})) == {
        Rule.HOME_LOADED
    }


def test_an_end_that_takes_the_stream_takes_it_home():
    paper_only = changed(PROBLEM, "vehicles", home_accepts=[[False, True]])
    both = changed(PROBLEM, "vehicles", home_accepts=1)

    assert check_plan(paper_only, planned(PROBLEM, {0: [3, 4, 5, 1]})) == []
    untipped = planned(PROBLEM, {0: [3, 4, 5]})
    assert rules_broken(paper_only, untipped) == {Rule.HOME_LOADED}
    assert check_plan(both, untipped) == []


# On board at the start


def loaded():
    return changed(
        PROBLEM,
        "vehicles",
        aboard_l=[[100, 500]],
        aboard_kg=[[10, 50]],
        aboard_containers=[[1, 2]],
    )


def test_what_is_on_board_at_the_start_is_carried_and_tipped():
    plan = planned(loaded(), {0: [3, 4, 2, 5, 2]})

    assert check_plan(loaded(), plan) == []
    assert plan.runs[0].steps[0].load_l == (100.0, 500.0)
    assert rules_broken(loaded(), planned(PROBLEM, {0: [3, 4, 2, 5, 2]})) == {Rule.LOAD}


def test_what_is_on_board_at_the_start_takes_room():
    plan = planned(loaded(), {0: [3, 4, 5, 2]})

    for columns, rule in (
        ({"capacity_l": [[999, 1000]]}, Rule.LITRES),
        ({"capacity_l": [[1000, 999]]}, Rule.LITRES),
        ({"capacity_kg": 199}, Rule.KILOGRAMS),
        ({"capacity_containers": 6}, Rule.CONTAINERS),
    ):
        assert rules_broken(changed(loaded(), "vehicles", **columns), plan) == {rule}


def test_what_is_on_board_at_the_start_is_not_of_this_day():
    plan = planned(loaded(), {0: [3, 4, 5, 2]})
    limits = {"day_l": 1400, "day_kg": 140, "day_containers": 4, "max_stops": 3}

    assert check_plan(changed(loaded(), "vehicles", **limits), plan) == []


def test_what_is_on_board_at_the_start_may_not_come_home():
    problem = changed(loaded(), "vehicles", is_under_way=1)

    assert rules_broken(problem, planned(problem, {0: []})) == {Rule.HOME_LOADED}
    assert rules_broken(problem, planned(problem, {0: [1]})) == {Rule.HOME_LOADED}
    assert check_plan(problem, planned(problem, {0: [2]})) == []
