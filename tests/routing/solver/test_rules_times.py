"""Windows, releases, shifts and limits of a run, each at its limit and one beyond."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import (
    halts_of,
    left_of,
    minutes_of,
    plan_of,
    reasons_of,
    tips_of,
)
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

OUT_OF_REACH = [UnservedReason.OUT_OF_REACH]

#: Costs a cent a minute, and nothing else.
BY_MINUTE = Truck(cents_per_km=0, cents_per_hour=60)


# Windows


def test_a_bin_that_closes_when_the_truck_can_be_there_is_taken():
    assert left_of(plan_of(Town(bins=[Bin(at_km=5, latest_s=5 * KM_S)]))) == []


def test_a_bin_that_closes_one_second_earlier_is_out_of_reach():
    plan = plan_of(Town(bins=[Bin(at_km=5, latest_s=5 * KM_S - 1)]))

    assert reasons_of(plan) == OUT_OF_REACH


def test_a_truck_leaves_later_rather_than_wait_for_a_bin_to_open():
    town = Town(bins=[Bin(at_km=5, earliest_s=36_000)], trucks=[BY_MINUTE])

    steps = plan_of(town).runs[0].steps

    assert steps[0].depart_s == 36_000 - 5 * KM_S
    assert sum(step.wait_s for step in steps) == 0


def test_waiting_between_two_windows_is_paid():
    bins = [Bin(at_km=5, latest_s=10 * KM_S), Bin(at_km=6, earliest_s=70 * KM_S)]

    plan = plan_of(Town(bins=bins, trucks=[BY_MINUTE]))

    # From minute 5 (last departure: minute 5, arriving at minute 10) to minute 76.
    assert plan.runs[0].duration_s == 71 * KM_S
    assert plan.cost.time_cents == pytest.approx(71)


def test_a_bin_has_several_windows_and_nothing_between_them():
    windows = ((0, 4 * KM_S), (20 * KM_S, 22 * KM_S), (50 * KM_S, 60 * KM_S))

    plan = plan_of(Town(bins=[Bin(at_km=5, windows=windows)]))
    late = plan_of(
        Town(bins=[Bin(at_km=5, windows=windows)], trucks=[Truck(shift_start_s=1021)])
    )

    assert plan.runs[0].steps[1].start_s >= 20 * KM_S
    assert late.runs[0].steps[1].start_s >= 50 * KM_S


@pytest.mark.parametrize(("closes_s", "minutes"), [(300, 10), (299, 10 + 50)])
def test_the_first_window_is_used_if_it_can_be(closes_s, minutes):
    """The other bin is only open at minute 5, so that the run begins with it."""
    windows = ((0, closes_s), (55 * KM_S, 60 * KM_S))
    bins = [Bin(at_km=5, latest_s=300), Bin(at_km=5, windows=windows)]

    assert minutes_of(plan_of(Town(bins=bins, trucks=[BY_MINUTE]))) == minutes


# Work


def test_work_takes_a_time_for_the_stop_and_one_for_each_container():
    each = Bin(at_km=5, service_s=60, containers=3, service_per_container_s=120)
    for end_s, left in ((17 * KM_S, []), (17 * KM_S - 1, [0])):
        town = Town(bins=[each], trucks=[Truck(shift_end_s=end_s)])
        assert left_of(plan_of(town)) == left


# Shifts


@pytest.mark.parametrize(("short_s", "reasons"), [(0, []), (1, OUT_OF_REACH)])
def test_a_shift_suffices_to_the_second(short_s, reasons):
    end_s = 100 + 10 * KM_S + 180 - short_s
    town = Town(
        bins=[Bin(at_km=5, service_s=60)],
        tips=[Tip(tip_s=120)],
        trucks=[Truck(shift_start_s=100, shift_end_s=end_s)],
    )

    assert reasons_of(plan_of(town)) == reasons


def test_mandatory_bins_that_do_not_fit_together_are_left_with_a_reason():
    truck = Truck(shift_end_s=10 * KM_S)
    plan = plan_of(Town(bins=[Bin(at_km=5), Bin(at_km=-5)], trucks=[truck]))

    assert reasons_of(plan) == [UnservedReason.NO_ROOM]


@pytest.mark.parametrize(("short_s", "reasons"), [(0, []), (1, OUT_OF_REACH)])
def test_overtime_is_allowed_to_the_second(short_s, reasons):
    truck = Truck(shift_end_s=9 * KM_S, overtime_s=KM_S - short_s)

    assert reasons_of(plan_of(Town(bins=[Bin(at_km=5)], trucks=[truck]))) == reasons


@pytest.mark.parametrize(
    ("limit", "amount"), [("max_duration_s", 12 * KM_S), ("max_distance_m", 12_000)]
)
def test_a_run_is_as_long_as_its_limit_and_no_longer(limit, amount):
    bins = [Bin(at_km=5), Bin(at_km=6)]

    for most, left in (
        (amount, []),
        (amount - 1, [1]),
        (10 * amount // 12 - 1, [0, 1]),
    ):
        town = Town(bins=bins, trucks=[Truck(**{limit: most})])
        assert left_of(plan_of(town)) == left


@pytest.mark.parametrize(
    ("limit", "amount"), [("max_duration_s", 9 * KM_S), ("max_distance_m", 9_999)]
)
def test_a_bin_farther_than_any_run_is_out_of_reach(limit, amount):
    town = Town(bins=[Bin(at_km=5)], trucks=[Truck(**{limit: amount})])

    assert reasons_of(plan_of(town)) == OUT_OF_REACH


def test_a_limit_of_duration_makes_a_truck_leave_late():
    """From minute 20 to 30, while the shift began at minute 0."""
    bins = [Bin(at_km=5, earliest_s=25 * KM_S)]
    town = Town(bins=bins, trucks=[Truck(max_duration_s=10 * KM_S)])

    assert left_of(plan_of(town)) == []


# Facilities


def test_a_facility_that_closes_when_the_truck_can_be_there_is_used():
    town = Town(bins=[Bin(at_km=5)], tips=[Tip(closes_s=10 * KM_S)])

    assert left_of(plan_of(town)) == []


def test_a_facility_that_closes_one_second_earlier_is_no_use():
    town = Town(bins=[Bin(at_km=5)], tips=[Tip(closes_s=10 * KM_S - 1)])

    assert reasons_of(plan_of(town)) == OUT_OF_REACH


def test_a_run_waits_for_a_facility_to_open():
    plan = plan_of(Town(bins=[Bin(at_km=5, latest_s=400)], tips=[Tip(opens_s=5000)]))

    assert plan.runs[0].steps[-1].arrive_s == 5000


def test_a_facility_has_several_opening_hours():
    """Shut from minute 10 to 30; another one, twenty minutes away, is always open."""
    for closes_s, halts in ((10 * KM_S, [3, 1]), (10 * KM_S - 1, [3, 2])):
        noon = Tip(windows=((0, closes_s), (60 * KM_S, 70 * KM_S)))
        bins = [Bin(at_km=5, latest_s=5 * KM_S)]
        town = Town(bins=bins, tips=[noon, Tip(at_km=-8)], trucks=[BY_MINUTE])
        assert halts_of(plan_of(town)) == {0: halts}


# Releases


@pytest.mark.parametrize(("latest_s", "left"), [(2100, []), (2099, [0])])
def test_a_truck_leaves_when_the_bin_is_released(latest_s, left):
    bins = [Bin(at_km=5, release_s=1800, latest_s=latest_s)]

    assert left_of(plan_of(Town(bins=bins))) == left


@pytest.mark.parametrize(("end_s", "left"), [(1800, []), (1799, [1])])
def test_a_truck_on_its_second_trip_stands_in_the_yard_until_the_release(end_s, left):
    """The first bin has to be begun at minute 5, the second is released at 20."""
    bins = [
        Bin(at_km=5, latest_s=300, prize_cents=10),
        Bin(at_km=5, release_s=1200),
    ]

    assert left_of(plan_of(Town(bins=bins, trucks=[Truck(shift_end_s=end_s)]))) == left


def test_a_release_parts_what_would_be_one_trip():
    early, late = Bin(at_km=5, latest_s=300), Bin(at_km=5, release_s=1)

    together = plan_of(Town(bins=[early, replace(late, release_s=0)]))
    parted = plan_of(Town(bins=[early, late]))

    assert together.cost.total_cents == pytest.approx(1000)
    assert parted.cost.total_cents == pytest.approx(2000)


def test_a_truck_under_way_tips_first_to_fetch_what_is_released_later():
    truck = Truck(is_under_way=True, aboard_l=(500,), aboard_kg=(50,))
    bins = [Bin(at_km=5, release_s=1800)]

    plan = plan_of(Town(bins=bins, tips=[Tip(at_km=5)], trucks=[truck]))

    assert left_of(plan) == []
    assert tips_of(plan) == 2
