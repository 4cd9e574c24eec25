"""Breaks and the driving rule as OR-Tools is told of them, at and beyond the limit."""

from dataclasses import replace

import pytest

from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.or_tools.routed import left, routed
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

#: Ten minutes there, ten back.
FAR = [Bin(at_km=10)]
DEPOT = (Tip(),)


def pause(earliest_min: int, latest_min: int, length_min: int) -> Break:
    return Break(
        earliest_s=earliest_min * KM_S,
        latest_s=latest_min * KM_S,
        length_s=length_min * KM_S,
    )


def lunch(earliest_min: int, latest_min: int, length_min: int) -> Rest:
    return Rest(breaks=(pause(earliest_min, latest_min, length_min),))


def rule(most_min: int, rest_min: int, *breaks: Break) -> Rest:
    driving = DrivingRule(max_driving_s=most_min * KM_S, rest_s=rest_min * KM_S)
    return Rest(breaks=breaks, driving=driving)


def left_of(rest: Rest, *, end_min: int, bins=FAR, tips=DEPOT, **truck) -> list[int]:
    one = Truck(rest=rest, shift_end_s=end_min * KM_S)
    return left(Town(bins=bins, trucks=[replace(one, **truck)], tips=tips))


@pytest.mark.parametrize(("latest_min", "expected"), [(20, []), (19, [0])])
def test_who_is_home_in_time_needs_no_break(latest_min, expected):
    assert left_of(lunch(10, latest_min, 5), end_min=24) == expected


@pytest.mark.parametrize(("end_min", "expected"), [(25, []), (24, [0])])
def test_a_break_takes_its_time_of_the_shift(end_min, expected):
    assert left_of(lunch(10, 19, 5), end_min=end_min) == expected


@pytest.mark.parametrize(("most_min", "expected"), [(25, []), (24, [0])])
def test_a_break_counts_as_time_of_the_run(most_min, expected):
    longest_s = most_min * KM_S

    assert left_of(lunch(10, 12, 5), end_min=30, max_duration_s=longest_s) == expected


@pytest.mark.parametrize(("length_min", "expected"), [(10, []), (11, [0])])
def test_who_leaves_late_enough_had_the_break_at_home(length_min, expected):
    longest_s = 20 * KM_S
    rest = lunch(10, 12, length_min)

    assert left_of(rest, end_min=40, max_duration_s=longest_s) == expected


@pytest.mark.parametrize(("latest_min", "expected"), [(20, []), (19, [0])])
def test_no_break_interrupts_work(latest_min, expected):
    """Work takes from minute 10, for which the truck leaves at once, to minute 20."""
    bins = [Bin(at_km=10, service_s=10 * KM_S, latest_s=10 * KM_S)]

    assert left_of(lunch(1, latest_min, 5), bins=bins, end_min=60) == expected


@pytest.mark.parametrize(("closes_min", "expected"), [(15, []), (14, [0])])
def test_a_break_lies_on_the_way_where_no_halt_is_in_its_window(closes_min, expected):
    bins = [Bin(at_km=10, latest_s=closes_min * KM_S)]

    assert left_of(lunch(4, 6, 5), bins=bins, end_min=25) == expected


@pytest.mark.parametrize(("opens_min", "expected"), [(15, []), (16, [0])])
def test_a_break_in_a_wait_takes_no_time(opens_min, expected):
    bins = [Bin(at_km=10, earliest_s=opens_min * KM_S)]

    assert left_of(lunch(5, 11, 5), bins=bins, end_min=25) == expected


@pytest.mark.parametrize(("end_min", "expected"), [(25, []), (24, [0])])
def test_two_breaks_are_had(end_min, expected):
    rest = Rest(breaks=(pause(2, 4, 2), pause(12, 14, 3)))

    assert left_of(rest, end_min=end_min) == expected


def test_every_truck_has_its_own_breaks():
    hungry = Truck(rest=lunch(5, 12, 60), shift_end_s=30 * KM_S)
    dear = Truck(fixed_cents=500, shift_end_s=30 * KM_S)

    assert routed(Town(bins=FAR, trucks=[hungry, dear])) == [[], [2, 1]]


@pytest.mark.parametrize(("most_min", "expected"), [(20, []), (19, [0])])
def test_who_drives_no_longer_than_the_rule_allows_needs_no_rest(most_min, expected):
    assert left_of(rule(most_min, 5), end_min=24) == expected


@pytest.mark.parametrize(("end_min", "expected"), [(25, []), (24, [0])])
def test_a_rest_takes_its_time(end_min, expected):
    assert left_of(rule(19, 5), end_min=end_min) == expected


def test_work_is_not_driving():
    bins = [Bin(at_km=10, service_s=3600)]

    assert left_of(rule(20, 5), bins=bins, end_min=80) == []


@pytest.mark.parametrize(("most_min", "expected"), [(18, []), (17, [1])])
def test_a_rest_in_a_wait_takes_no_time_if_it_does_not_come_too_early(
    most_min, expected
):
    """The wait comes after 2 minutes of driving, of 20."""
    bins = [
        Bin(at_km=2, earliest_s=600, latest_s=600),
        Bin(at_km=10, is_mandatory=False, prize_cents=9000),
    ]

    assert left_of(rule(most_min, 5), bins=bins, end_min=28) == expected
    assert left_of(rule(most_min, 5), bins=bins, end_min=33) == []


@pytest.mark.parametrize(("end_min", "expected"), [(24, []), (23, [0])])
def test_several_rests_are_taken(end_min, expected):
    assert left_of(rule(8, 2), end_min=end_min) == expected
    assert left_of(rule(4, 1), end_min=end_min) == expected


@pytest.mark.parametrize(("length_min", "end_min"), [(5, 25), (4, 29)])
def test_a_break_that_is_long_enough_stands_for_the_rest(length_min, end_min):
    rest = rule(15, 5, pause(5, 15, length_min))

    assert left_of(rest, end_min=end_min) == []
    assert left_of(rest, end_min=end_min - 1) == [0]


@pytest.mark.parametrize(("latest_min", "end_min"), [(5, 25), (4, 30)])
def test_a_break_that_comes_too_early_does_not(latest_min, end_min):
    """Of 20 minutes of driving the last 15 may be done without a rest."""
    rest = rule(15, 5, pause(1, latest_min, 5))

    assert left_of(rest, end_min=end_min) == []
    assert left_of(rest, end_min=end_min - 1) == [0]


@pytest.mark.parametrize(("end_min", "expected"), [(55, []), (54, [1])])
def test_who_stands_in_the_yard_until_a_release_has_lunch_after_it(end_min, expected):
    bins = [
        Bin(at_km=5, latest_s=5 * KM_S),
        Bin(at_km=10, release_s=30 * KM_S, is_mandatory=False, prize_cents=9000),
    ]

    assert left_of(lunch(31, 35, 5), bins=bins, end_min=end_min) == expected


@pytest.mark.parametrize(("end_min", "expected"), [(50, []), (49, [1])])
def test_or_before_the_tip(end_min, expected):
    bins = [
        Bin(at_km=5, latest_s=5 * KM_S),
        Bin(at_km=10, release_s=30 * KM_S, is_mandatory=False, prize_cents=9000),
    ]

    assert left_of(lunch(10, 20, 5), bins=bins, end_min=end_min) == expected
