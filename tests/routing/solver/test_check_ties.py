"""The checker and ties: skills, pins, conflicts, groups, orders, locks."""

from dataclasses import replace

import pytest

from routing.solver.check import Rule, check_plan
from routing.solver.plan import UnservedReason
from tests.routing.solver.judged import changed, planned, rules_broken
from tests.routing.solver.towns import Bin, Town, Truck

#: Depot 0, tip 1, bins 2 to 4.
TOWN = Town(
    bins=[Bin(at_km=5), Bin(at_km=6), Bin(at_km=7)],
    trucks=[Truck(), Truck()],
    skills=("crane", "licence"),
)
PROBLEM = TOWN.problem()

LOCK_BROKEN = UnservedReason.LOCK_BROKEN


def rules_of(problem, *scripts, **planning) -> set[Rule]:
    return rules_broken(problem, planned(problem, dict(enumerate(scripts)), **planning))


def test_without_ties_anybody_may_do_anything_in_any_order():
    for scripts in ([[4, 2, 3, 1]], [[2, 1], [3, 4, 1]]):
        assert rules_of(PROBLEM, *scripts) == set()


def test_a_vehicle_without_what_the_stop_needs_is_found():
    needs = [[False, False], [True, False], [True, True]]
    problem = changed(PROBLEM, "stops", needs=needs)
    skilled = changed(problem, "vehicles", has=[[True, False], [True, True]])

    assert rules_of(problem, [2, 1]) == set()
    assert rules_of(problem, [3, 1]) == {Rule.SKILLS}
    assert rules_of(skilled, [3, 2, 1], [4, 1]) == set()
    assert rules_of(skilled, [4, 1]) == {Rule.SKILLS}


def test_each_skill_that_is_lacking_is_named():
    problem = changed(PROBLEM, "stops", needs=[[True, True]] * 3)
    found = check_plan(problem, planned(problem, {0: [2, 1]}))

    assert [violation.message for violation in found] == [
        "vehicle 0 has no crane",
        "vehicle 0 has no licence",
    ]


def test_another_vehicle_than_the_pinned_one_is_found():
    problem = changed(PROBLEM, "stops", pinned_vehicle=[-1, 1, 0])

    assert rules_of(problem, [4, 1], [3, 2, 1]) == set()
    assert rules_of(problem, [3, 1]) == {Rule.PINNED}
    assert rules_of(problem, [], [4, 1]) >= {Rule.PINNED}


# Streams in conflict


def conflicted():
    trucks = [Truck(capacity_l=(1000, 1000), home_accepts=(True, True))] * 2
    bins = [Bin(at_km=5), Bin(at_km=6, stream=1)]
    town = Town(streams=("oil", "paper"), bins=bins, trucks=trucks, tips=[])
    return replace(town, conflicts=((0, 1),)).problem()


def test_streams_in_conflict_are_not_collected_in_one_run():
    problem = conflicted()

    assert rules_of(problem, [1], [2]) == set()
    assert rules_of(problem, [1, 2]) == {Rule.CONFLICT}
    assert rules_of(replace(problem, conflicts=False), [1, 2]) == set()


def test_what_is_on_board_at_the_start_is_in_conflict_with_nothing():
    aboard = {"aboard_l": [[100, 0], [0, 0]], "aboard_kg": [[10, 0], [0, 0]]}
    problem = changed(conflicted(), "vehicles", **aboard)

    assert rules_of(problem, [2]) == set()


# Groups


def test_stops_that_belong_together_are_in_one_run():
    problem = replace(PROBLEM, same_vehicle=((0, 2),))

    assert rules_of(problem, [2, 3, 4, 1]) == set()
    assert rules_of(problem, [3, 1], [4, 2, 1]) == set()
    assert rules_of(problem, [2, 1]) == set()
    assert rules_of(problem, [2, 3, 1], [4, 1]) == {Rule.SAME_VEHICLE}


def test_a_stop_comes_after_the_one_before_it():
    problem = replace(PROBLEM, precedence=((2, 0),))

    assert rules_of(problem, [4, 3, 2, 1]) == set()
    assert rules_of(problem, [4, 3, 1]) == set()
    assert rules_of(problem, [2, 3, 4, 1]) == {Rule.PRECEDENCE}
    assert rules_of(problem, [2, 3, 1]) == {Rule.PRECEDENCE}
    assert rules_of(problem, [2, 1], [4, 1]) == {Rule.PRECEDENCE}


def test_who_waits_for_one_that_is_unserved_may_say_so():
    problem = replace(PROBLEM, precedence=((2, 0),))
    reasons = {0: UnservedReason.BEFORE_UNSERVED}

    assert rules_of(problem, [3, 1], reasons=reasons) == set()
    assert rules_of(problem, [4, 1], reasons=reasons) == {Rule.REASON}


def test_one_stop_of_an_alternative_is_enough_and_all_that_may_be():
    problem = changed(PROBLEM, "stops", alternative=[7, -1, 7])
    reasons = {0: UnservedReason.ALTERNATIVE_SERVED}

    assert rules_of(problem, [3, 4, 1], reasons=reasons) == set()
    assert rules_of(problem, [3, 1]) == set()
    assert rules_of(problem, [2, 4, 1]) == {Rule.ALTERNATIVE}
    assert rules_of(problem, [2, 1], [4, 1]) == {Rule.ALTERNATIVE}
    assert rules_of(problem, [3, 1], reasons=reasons) == {Rule.REASON}


def test_two_alternatives_do_not_mix():
    problem = changed(PROBLEM, "stops", alternative=[7, 8, 8])

    assert rules_of(problem, [2, 4, 1]) == set()


# Locks: the first truck has to go to bin 3, the tip, bin 2.


@pytest.fixture(scope="module")
def locked():
    trucks = [Truck(locked=(3, 1, 2)), Truck()]
    return replace(TOWN, trucks=trucks).problem()


def test_a_run_begins_with_what_is_locked(locked):
    assert rules_of(locked, [3, 1, 2, 1]) == set()
    assert rules_of(locked, [3, 1, 2, 4, 1]) == set()


@pytest.mark.parametrize(
    "scripts",
    [
        [[3, 2, 1]],
        [[2, 1, 3, 1]],
        [[4, 3, 1, 2, 1]],
        [[3, 1]],
        [[4, 1], [3, 1, 2, 1]],
    ],
)
def test_a_run_that_begins_otherwise_is_found(locked, scripts):
    assert rules_of(locked, *scripts) == {Rule.LOCKED}


def test_a_lock_that_cannot_be_driven_leaves_the_vehicle_unused(locked):
    reasons = {0: LOCK_BROKEN, 1: LOCK_BROKEN}
    without = planned(locked, {1: [4, 1]}, reasons=reasons)

    assert check_plan(locked, without) == []


def test_locked_stops_without_a_run_say_that_the_lock_is_broken(locked):
    plan = planned(locked, {1: [4, 1]}, reasons={0: LOCK_BROKEN})
    other = planned(locked, {1: [3, 1]}, reasons={0: LOCK_BROKEN})

    assert rules_broken(locked, plan) == {Rule.LOCKED}
    assert rules_broken(locked, other) == {Rule.LOCKED}


def test_a_broken_lock_keeps_a_vehicle_under_way_where_it_is(locked):
    problem = changed(locked, "vehicles", is_under_way=[True, False])
    reasons = {0: LOCK_BROKEN, 1: LOCK_BROKEN}

    assert check_plan(problem, planned(problem, {}, reasons=reasons)) == []
    assert rules_of(problem, [], reasons=reasons) == {Rule.LOCKED}
