"""The checker and time: legs, windows, releases, shifts, lengths of runs."""

import pytest

from routing.solver.check import Rule, check_plan
from tests.routing.solver.judged import (
    changed,
    planned,
    rules_broken,
    with_step,
    with_steps,
)
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

#: Depot 0, tip 1, bins 2 and 3; from minute 0 to minute 17.
PROBLEM = Town(
    bins=[
        Bin(at_km=5, service_s=60, containers=3, service_per_container_s=20),
        Bin(at_km=6, service_s=60),
    ],
    tips=[Tip(at_km=4, tip_s=60)],
).problem()
PLAN = planned(PROBLEM, {0: [2, 3, 1]})
HOME_S = 16 * KM_S


def rules_with(part: str, **columns) -> set[Rule]:
    return rules_broken(changed(PROBLEM, part, **columns), PLAN)


def test_the_plan_is_home_after_a_quarter_of_an_hour():
    assert check_plan(PROBLEM, PLAN) == []
    assert PLAN.runs[0].duration_s == HOME_S


@pytest.mark.parametrize("name", ["leg_distance_m", "leg_travel_s"])
@pytest.mark.parametrize("index", [0, 1, 3, 4])
@pytest.mark.parametrize("by", [1, -1])
def test_a_leg_of_another_length_is_found(name, index, by):
    leg = getattr(PLAN.runs[0].steps[index], name)

    found = rules_broken(PROBLEM, with_step(PLAN, index, **{name: leg + by}))

    assert Rule.LEG in found
    assert found <= {Rule.LEG, Rule.TIME}


@pytest.mark.parametrize("name", ["arrive_s", "start_s", "depart_s", "wait_s"])
@pytest.mark.parametrize("index", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("by_s", [1, -1])
def test_a_time_that_does_not_follow_is_found(name, index, by_s):
    time_s = getattr(PLAN.runs[0].steps[index], name)

    found = rules_broken(PROBLEM, with_step(PLAN, index, **{name: time_s + by_s}))

    assert Rule.TIME in found


def test_work_counts_the_containers():
    assert rules_with("stops", service_per_container_s=[21, 20]) == {Rule.TIME}
    assert rules_with("stops", containers=[4, 1]) >= {Rule.TIME}


def moved_from(plan, index, by_s):
    """Everything from a step on happens later, the way to it the wait."""
    steps = list(plan.runs[0].steps)
    late = with_step(
        plan,
        index,
        start_s=steps[index].start_s + by_s,
        depart_s=steps[index].depart_s + by_s,
        wait_s=steps[index].wait_s + by_s,
    )
    for i in range(index + 1, len(steps)):
        times = {
            name: getattr(steps[i], name) + by_s
            for name in ("arrive_s", "start_s", "depart_s")
        }
        late = with_step(late, i, **times)
    return late


def test_waiting_before_work_is_allowed():
    assert check_plan(PROBLEM, moved_from(PLAN, 2, 600)) == []


def test_standing_in_the_yard_after_a_tip_is_allowed():
    late = moved_from(PLAN, 3, 600)
    tip = PLAN.runs[0].steps[3]

    stood = with_step(late, 3, start_s=tip.start_s, wait_s=tip.wait_s)

    assert check_plan(PROBLEM, stood) == []


def test_standing_at_a_stop_after_the_work_is_not():
    late = moved_from(PLAN, 2, 600)
    pickup = PLAN.runs[0].steps[2]

    stood = with_step(late, 2, start_s=pickup.start_s, wait_s=pickup.wait_s)

    assert rules_broken(PROBLEM, stood) == {Rule.TIME}


def test_a_tip_that_is_too_short_is_found():
    assert rules_with("facilities", tip_s=61) == {Rule.TIME}
    assert rules_with("facilities", tip_s=59) == set()


# Windows: the bins are begun at 300 s and 480 s, the tip at 660 s.


def two_windows(closes_s: int, opens_s: int):
    """Close the first bin for a while."""
    return {
        "earliest_s": [[0, opens_s], [0, 0]],
        "latest_s": [[closes_s, 900], [900, 900]],
    }


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("stops", {"earliest_s": [301, 0]}),
        ("stops", {"latest_s": [300, 479]}),
        ("stops", two_windows(299, 301)),
        ("facilities", {"opens_s": 661}),
        ("facilities", {"closes_s": 659}),
        ("facilities", {"opens_s": [[0, 661]], "closes_s": [[659, 900]]}),
    ],
)
def test_work_outside_the_windows_is_found(part, columns):
    assert rules_with(part, **columns) == {Rule.WINDOW}


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("stops", {"earliest_s": [300, 480], "latest_s": [300, 480]}),
        ("stops", two_windows(299, 300)),
        ("facilities", {"opens_s": 660, "closes_s": 660}),
        ("facilities", {"opens_s": [[0, 660]], "closes_s": [[659, 900]]}),
    ],
)
def test_work_just_inside_a_window_is_fine(part, columns):
    assert rules_with(part, **columns) == set()


# Releases


def test_a_trip_that_leaves_before_the_release_is_found():
    plan = planned(PROBLEM, {0: [2, 3, 1]}, depart_s=500)

    for release_s, found in ((500, set()), (501, {Rule.RELEASE})):
        problem = changed(PROBLEM, "stops", release_s=[0, release_s])
        assert rules_broken(problem, plan) == found


def test_after_a_tip_the_next_trip_counts():
    plan = planned(PROBLEM, {0: [2, 1, 3, 1]})
    tipped_s = plan.runs[0].steps[2].depart_s

    for release_s, found in ((tipped_s, set()), (tipped_s + 1, {Rule.RELEASE})):
        problem = changed(PROBLEM, "stops", release_s=[0, release_s])
        assert rules_broken(problem, plan) == found


def test_a_tip_that_empties_nothing_counts_as_well():
    plan = planned(PROBLEM, {0: [1, 2, 3, 1]})
    tipped_s = plan.runs[0].steps[1].depart_s
    problem = changed(PROBLEM, "stops", release_s=tipped_s)

    assert check_plan(problem, plan) == []


# Shifts and lengths


def test_a_departure_before_the_shift_is_found():
    assert rules_with("vehicles", shift_start_s=1) == {Rule.SHIFT}


def test_a_return_after_the_shift_and_its_overtime_is_found():
    for end_s, overtime_s, found in (
        (HOME_S, 0, set()),
        (HOME_S - 1, 0, {Rule.SHIFT}),
        (HOME_S - 300, 300, set()),
        (HOME_S - 300, 299, {Rule.SHIFT}),
    ):
        limits = {"shift_end_s": end_s, "overtime_s": overtime_s}
        assert rules_with("vehicles", **limits) == found


@pytest.mark.parametrize(
    ("name", "most", "rule"),
    [
        ("max_duration_s", HOME_S, Rule.DURATION),
        ("max_distance_m", 12_000, Rule.DISTANCE),
        ("max_stops", 2, Rule.STOP_COUNT),
    ],
)
def test_a_run_longer_than_its_limit_is_found(name, most, rule):
    assert rules_with("vehicles", **{name: most}) == set()
    assert rules_with("vehicles", **{name: most - 1}) == {rule}


# Under way


def test_a_vehicle_under_way_departs_at_once():
    problem = changed(PROBLEM, "vehicles", is_under_way=1)

    assert check_plan(problem, PLAN) == []
    for depart_s in (1, 600):
        late = planned(problem, {0: [2, 3, 1]}, depart_s=depart_s)
        assert rules_broken(problem, late) == {Rule.UNDER_WAY}


def test_a_vehicle_under_way_is_not_forgotten():
    problem = changed(PROBLEM, "vehicles", is_under_way=1)

    assert rules_broken(problem, planned(problem, {})) == {Rule.UNDER_WAY}
    assert check_plan(problem, planned(problem, {0: []})) == []


def test_two_steps_in_the_wrong_order_are_found():
    steps = list(PLAN.runs[0].steps)
    steps[1], steps[2] = steps[2], steps[1]

    assert rules_broken(PROBLEM, with_steps(PLAN, steps)) >= {Rule.LEG, Rule.TIME}


def test_limits_of_a_truck_are_its_own():
    town = Town(bins=[Bin(at_km=5)], trucks=[Truck(max_stops=0), Truck(max_stops=1)])
    problem = town.problem()

    assert rules_broken(problem, planned(problem, {0: [2, 1]})) == {Rule.STOP_COUNT}
    assert check_plan(problem, planned(problem, {1: [2, 1]})) == []
