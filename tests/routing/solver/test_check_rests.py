"""The checker and rests: breaks on the way or at a halt, and the driving rule."""

from dataclasses import replace

import pytest

from routing.solver.check import Rule, check_plan
from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.handmade import Pause
from tests.routing.solver.judged import (
    changed,
    planned,
    rules_broken,
    with_step,
    with_steps,
)
from tests.routing.solver.towns import KM_S, Bin, Town, Truck

LUNCH = Break(earliest_s=600, latest_s=1500, length_s=300)
LATE_LUNCH = Break(earliest_s=1500, latest_s=2400, length_s=600)
EU = DrivingRule(max_driving_s=20 * KM_S, rest_s=450)


def problem_with(rest: Rest):
    """Depot 0, tip 1, bins 2 (10 km) and 3 (20 km); 40 minutes without a break."""
    bins = [Bin(at_km=10), Bin(at_km=20, latest_s=86_000)]
    return Town(bins=bins, trucks=[Truck(rest=rest, shift_end_s=9000)]).problem()


def rules_of(rest: Rest, *script, depart_s: int = 0) -> set[Rule]:
    problem = problem_with(rest)
    return rules_broken(problem, planned(problem, {0: script}, depart_s=depart_s))


ONE = Rest(breaks=(LUNCH,))


@pytest.mark.parametrize(
    "script",
    [
        (2, Pause(0, 300), 3, 1),  # at 600 s, at the bin
        (2, Pause(450, 300), 3, 1),  # at 1050 s, on the way
        (2, Pause(600, 300), 3, 1),  # at 1200 s, before the next bin's work
        (2, 3, Pause(300, 300), 1),  # at 1500 s, on the way to the tip
        (2, Pause(0, 300, start_s=800), 3, 1),  # after a wait
        (Pause(600, 300), 2, 3, 1),  # before the first bin's work
    ],
)
def test_a_break_may_lie_anywhere_but_in_the_work(script):
    assert rules_of(ONE, *script) == set()


@pytest.mark.parametrize(
    "script",
    [
        (2, 3, 1),
        (Pause(599, 300), 2, 3, 1),
        (2, 3, Pause(301, 300), 1),
        (2, Pause(0, 299), 3, 1),
        (2, Pause(0, 301), 3, 1),
        (2, Pause(0, 300), 3, Pause(0, 300), 1),
        (2, Pause(0, 150), Pause(0, 150), 3, 1),
    ],
)
def test_a_break_that_is_missing_mistimed_misshapen_or_doubled_is_found(script):
    assert rules_of(ONE, *script) == {Rule.BREAKS}


def test_a_break_where_none_is_granted_is_found():
    assert rules_of(Rest(), 2, Pause(0, 300), 3, 1) == {Rule.BREAKS}


def test_who_leaves_when_the_break_could_be_over_had_it_at_home():
    assert rules_of(ONE, 2, 3, 1, depart_s=900) == set()
    assert rules_of(ONE, 2, 3, 1, depart_s=899) == {Rule.BREAKS}


def test_who_is_home_before_the_break_must_have_begun_has_it_there():
    home_s = 40 * KM_S
    for latest_s, found in ((home_s, set()), (home_s - 1, {Rule.BREAKS})):
        lunch = Break(earliest_s=600, latest_s=latest_s, length_s=300)
        assert rules_of(Rest(breaks=(lunch,)), 2, 3, 1) == found


def test_who_could_have_the_break_at_home_may_have_it_on_the_way():
    assert rules_of(ONE, Pause(0, 300), 2, 3, 1, depart_s=900) == set()


def test_several_breaks_are_had_in_their_order():
    two = Rest(breaks=(LUNCH, LATE_LUNCH))

    assert rules_of(two, 2, Pause(0, 300), 3, Pause(300, 600), 1) == set()
    assert rules_of(two, 2, Pause(0, 300), 3, 1) == {Rule.BREAKS}
    assert rules_of(two, 2, 3, Pause(300, 600), 1) == {Rule.BREAKS}
    assert rules_of(two, 2, Pause(0, 600), 3, Pause(0, 300), 1) == {Rule.BREAKS}


def test_the_first_of_two_breaks_may_be_had_at_home():
    two = Rest(breaks=(LUNCH, LATE_LUNCH))

    assert rules_of(two, 2, Pause(0, 600), 3, 1, depart_s=900) == set()


def test_two_breaks_may_follow_each_other_on_one_leg():
    two = Rest(breaks=(LUNCH, LATE_LUNCH))

    script = (2, Pause(100, 300), Pause(300, 600, start_s=1500), 3, 1)
    assert rules_of(two, *script) == set()


def test_breaks_part_a_leg_and_add_no_metre():
    problem = problem_with(ONE)
    plan = planned(problem, {0: [2, Pause(450, 300), 3, 1]})

    assert check_plan(problem, plan) == []
    assert [step.leg_travel_s for step in plan.runs[0].steps] == [
        0,
        600,
        450,
        150,
        1200,
        0,
    ]
    assert rules_broken(problem, with_step(plan, 2, leg_distance_m=1)) == {Rule.LEG}
    assert rules_broken(problem, with_step(plan, 2, location=2)) == {Rule.SHAPE}


def test_a_leg_is_never_driven_backwards_to_a_break():
    problem = problem_with(ONE)
    plan = planned(problem, {0: [2, Pause(-10, 300), 3, 1]})

    assert rules_broken(problem, plan) == {Rule.LEG, Rule.BREAKS}


def test_a_break_before_the_departure_or_after_the_return_is_no_shape():
    problem = problem_with(ONE)
    plan = planned(problem, {0: [2, Pause(0, 300), 3, 1]})
    steps = plan.runs[0].steps

    for order in ((steps[2], *steps), (*steps, steps[2])):
        assert rules_broken(problem, with_steps(plan, order)) == {Rule.SHAPE}


def test_break_time_is_run_time():
    problem = problem_with(ONE)
    plan = planned(problem, {0: [2, Pause(0, 300), 3, 1]})

    assert plan.runs[0].duration_s == 45 * KM_S
    tight = changed(problem, "vehicles", max_duration_s=45 * KM_S - 1)
    assert rules_broken(tight, plan) == {Rule.DURATION}


# The driving rule: 20 minutes at a stretch, then 7.5 minutes of rest.


@pytest.mark.parametrize(
    "script",
    [
        (2, 3, Pause(0, 450), 1),  # just 20 minutes before, just 20 after
        (2, Pause(0, 450), 3, Pause(600, 450), 1),
        (2, Pause(500, 450), 3, Pause(0, 450), 1),
    ],
)
def test_a_rest_begins_the_driving_anew(script):
    assert rules_of(Rest(driving=EU), *script) == set()


def test_driving_without_a_rest_is_found():
    assert rules_of(Rest(driving=EU), 2, 3, 1) == {Rule.DRIVING}
    assert rules_of(Rest(driving=EU), 2, Pause(599, 450), 3, 1) == {Rule.DRIVING}
    longer = replace(EU, max_driving_s=40 * KM_S)
    assert rules_of(Rest(driving=longer), 2, 3, 1) == set()


def test_driving_is_counted_on_the_way_to_a_rest_as_well():
    assert rules_of(Rest(driving=EU), 2, 3, Pause(1, 450), 1) == {Rule.DRIVING}


@pytest.mark.parametrize("length_s", [449, 451, 900])
def test_a_rest_is_as_long_as_the_rule_says(length_s):
    assert Rule.BREAKS in rules_of(Rest(driving=EU), 2, 3, Pause(0, length_s), 1)


def test_waiting_is_no_rest():
    problem = changed(problem_with(Rest(driving=EU)), "stops", earliest_s=[0, 3000])

    assert rules_broken(problem, planned(problem, {0: [2, 3, 1]})) == {Rule.DRIVING}


def test_a_break_that_is_long_enough_is_a_rest():
    long = Break(earliest_s=1200, latest_s=1500, length_s=450)
    longer, short = replace(long, length_s=460), replace(long, length_s=449)

    for lunch, found in ((long, set()), (longer, set()), (short, {Rule.DRIVING})):
        rest = Rest(breaks=(lunch,), driving=EU)
        assert rules_of(rest, 2, 3, Pause(0, lunch.length_s), 1) == found


def test_a_rest_that_looks_like_a_break_counts_for_one_of_both():
    lunch = Break(earliest_s=600, latest_s=1200, length_s=450)
    rest = Rest(breaks=(lunch,), driving=EU)

    assert rules_of(rest, 2, 3, Pause(0, 450), 1) == set()
    assert rules_of(rest, 2, Pause(0, 450), 3, Pause(0, 450), 1) == set()
    late = replace(rest, breaks=(replace(lunch, latest_s=1199),))
    assert rules_of(late, 2, 3, Pause(0, 450), 1) == {Rule.BREAKS}
