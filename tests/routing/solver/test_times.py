"""Windows, shifts and opening hours, each at its limit and one beyond."""

import pytest

from routing.solver import UnservedReason
from tests.routing.solver.planned import plan_of, reasons_of
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck


def test_a_bin_that_closes_when_the_truck_can_be_there_is_taken():
    plan = plan_of(Town(bins=[Bin(at_km=5, latest_s=5 * KM_S)]))

    assert reasons_of(plan) == []


def test_a_bin_that_closes_one_second_earlier_is_out_of_reach():
    plan = plan_of(Town(bins=[Bin(at_km=5, latest_s=5 * KM_S - 1)]))

    assert reasons_of(plan) == [UnservedReason.OUT_OF_REACH]


def test_a_truck_leaves_later_rather_than_wait_for_a_bin_to_open():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5, earliest_s=36_000)],
            trucks=[Truck(cents_per_hour=3000)],
        )
    )

    steps = plan.runs[0].steps
    assert steps[0].depart_s == 36_000 - 5 * KM_S
    assert sum(step.wait_s for step in steps) == 0


def test_waiting_between_two_windows_is_paid():
    plan = plan_of(
        Town(
            bins=[
                Bin(at_km=5, latest_s=10 * KM_S),
                Bin(at_km=6, earliest_s=70 * KM_S),
            ],
            trucks=[Truck(cents_per_km=0, cents_per_hour=60)],
        )
    )

    # From minute 5 (last departure: minute 5, arriving at minute 10) to minute 76.
    assert plan.runs[0].duration_s == 71 * KM_S
    assert plan.cost.time_cents == pytest.approx(71)


def test_a_shift_that_just_suffices_is_enough():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5, service_s=60)],
            tips=[Tip(tip_s=120)],
            trucks=[Truck(shift_start_s=100, shift_end_s=100 + 10 * KM_S + 180)],
        )
    )

    assert reasons_of(plan) == []


def test_a_shift_one_second_shorter_is_not():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5, service_s=60)],
            tips=[Tip(tip_s=120)],
            trucks=[Truck(shift_start_s=100, shift_end_s=99 + 10 * KM_S + 180)],
        )
    )

    assert reasons_of(plan) == [UnservedReason.OUT_OF_REACH]


def test_mandatory_bins_that_do_not_fit_together_are_left_with_a_reason():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5), Bin(at_km=-5)],
            trucks=[Truck(shift_end_s=10 * KM_S)],
        )
    )

    assert reasons_of(plan) == [UnservedReason.NO_ROOM]


def test_a_facility_that_closes_when_the_truck_can_be_there_is_used():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[Tip(closes_s=10 * KM_S)]))

    assert reasons_of(plan) == []


def test_a_facility_that_closes_one_second_earlier_is_no_use():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[Tip(closes_s=10 * KM_S - 1)]))

    assert reasons_of(plan) == [UnservedReason.OUT_OF_REACH]


def test_a_run_waits_for_a_facility_to_open():
    plan = plan_of(Town(bins=[Bin(at_km=5, latest_s=400)], tips=[Tip(opens_s=5000)]))

    assert plan.runs[0].steps[-1].arrive_s == 5000
