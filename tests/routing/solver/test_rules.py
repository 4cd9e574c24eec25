"""Rules of loads, costs and counts, each at its limit and one beyond."""

import pytest

from routing.solver import StepKind, UnservedReason
from tests.routing.solver.planned import plan_of, reasons_of, tips_of
from tests.routing.solver.towns import DAY_S, KM_S, Bin, Tip, Town, Truck


def test_two_bins_that_just_fill_the_compartment_are_one_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=500), Bin(at_km=6, demand_l=500)]))

    assert tips_of(plan) == 1
    assert plan.cost.total_cents == pytest.approx(1200)


def test_one_litre_more_than_the_compartment_makes_a_second_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=500), Bin(at_km=6, demand_l=501)]))

    assert tips_of(plan) == 2
    assert plan.cost.total_cents == pytest.approx(1000 + 1200)


def test_a_bin_as_large_as_the_compartment_is_taken():
    assert reasons_of(plan_of(Town(bins=[Bin(at_km=5, demand_l=1000)]))) == []


def test_a_bin_larger_than_every_compartment_is_unserved():
    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=1000.5)]))

    assert reasons_of(plan) == [UnservedReason.TOO_LARGE]


def test_two_bins_as_heavy_as_the_vehicle_carries_are_one_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, mass_kg=500), Bin(at_km=6, mass_kg=500)]))

    assert tips_of(plan) == 1


def test_one_kilogram_more_than_the_vehicle_carries_makes_a_second_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, mass_kg=500), Bin(at_km=6, mass_kg=501)]))

    assert tips_of(plan) == 2


def test_a_bin_heavier_than_any_vehicle_carries_is_unserved():
    plan = plan_of(Town(bins=[Bin(at_km=5, mass_kg=1001)]))

    assert reasons_of(plan) == [UnservedReason.TOO_HEAVY]


def two_streams(capacity_kg: float) -> Town:
    return Town(
        streams=("glass", "paper"),
        tips=[Tip(accepts=(True, False)), Tip(at_km=1, accepts=(False, True))],
        trucks=[Truck(capacity_l=(1000, 1000), capacity_kg=capacity_kg)],
        bins=[Bin(at_km=5, mass_kg=500), Bin(at_km=6, stream=1, mass_kg=500)],
    )


def test_mass_of_streams_tipped_at_different_places_is_added_up():
    at_limit = plan_of(two_streams(capacity_kg=1000))
    beyond = plan_of(two_streams(capacity_kg=999))

    assert at_limit.cost.total_cents == pytest.approx(1200)
    assert beyond.cost.total_cents > at_limit.cost.total_cents


def test_each_stream_is_tipped_where_it_is_accepted():
    plan = plan_of(two_streams(capacity_kg=1000))

    halts = [(step.kind, step.load_l) for step in plan.runs[0].steps]
    assert halts[-1] == (StepKind.RETURN, (0.0, 0.0))
    assert tips_of(plan) == 2


def test_a_stream_without_a_compartment_is_unserved():
    town = Town(
        streams=("glass", "paper"),
        tips=[Tip(accepts=(True, True))],
        trucks=[Truck(capacity_l=(1000, 0))],
        bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
    )

    assert reasons_of(plan_of(town)) == [UnservedReason.NO_COMPARTMENT]


def test_a_stream_that_no_facility_takes_is_unserved():
    town = Town(
        streams=("glass", "paper"),
        tips=[Tip(accepts=(True, False))],
        trucks=[Truck(capacity_l=(1000, 1000))],
        bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
    )

    assert reasons_of(plan_of(town)) == [UnservedReason.NO_FACILITY]


def test_without_any_facility_nothing_is_collected():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[]))

    assert plan.runs == ()
    assert reasons_of(plan) == [UnservedReason.NO_FACILITY]


def test_every_run_ends_with_a_tip_even_where_that_is_a_detour():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[Tip(at_km=-20)]))

    assert [step.kind for step in plan.runs[0].steps] == [
        StepKind.DEPART,
        StepKind.PICKUP,
        StepKind.TIP,
        StepKind.RETURN,
    ]
    assert plan.cost.total_cents == pytest.approx(5000)


def test_the_cheaper_of_two_facilities_is_used():
    plan = plan_of(
        Town(bins=[Bin(at_km=5)], tips=[Tip(tip_cents=300), Tip(at_km=6, tip_cents=0)])
    )

    assert plan.runs[0].steps[-2].location == 2
    assert plan.cost.total_cents == pytest.approx(1200)


def test_a_distance_limit_is_kept_to_the_metre():
    at_limit = plan_of(Town(bins=[Bin(at_km=5)], trucks=[Truck(max_distance_m=10_000)]))
    beyond = plan_of(Town(bins=[Bin(at_km=5)], trucks=[Truck(max_distance_m=9_999)]))

    assert reasons_of(at_limit) == []
    assert reasons_of(beyond) == [UnservedReason.OUT_OF_REACH]


def test_a_limit_of_stops_is_kept():
    bins = [Bin(at_km=5), Bin(at_km=6), Bin(at_km=7)]

    at_limit = plan_of(Town(bins=bins, trucks=[Truck(max_stops=3)]))
    beyond = plan_of(Town(bins=bins, trucks=[Truck(max_stops=2)]))

    assert reasons_of(at_limit) == []
    assert reasons_of(beyond) == [UnservedReason.NO_ROOM]


def optional(prize_cents: int) -> Town:
    return Town(bins=[Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents)])


def test_an_optional_bin_worth_more_than_its_way_is_taken():
    assert reasons_of(plan_of(optional(1010))) == []


def test_an_optional_bin_worth_less_than_its_way_is_left():
    plan = plan_of(optional(990))

    assert reasons_of(plan) == [UnservedReason.NOT_WORTH_IT]
    assert plan.cost.total_cents == plan.cost.prizes_left_cents == 990


def test_an_optional_bin_on_the_way_is_taken_for_a_small_prize():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5), Bin(at_km=4, is_mandatory=False, prize_cents=10)],
        )
    )

    assert reasons_of(plan) == []


def test_a_mandatory_bin_is_taken_whatever_it_costs():
    plan = plan_of(Town(bins=[Bin(at_km=500)], trucks=[Truck(cents_per_km=10_000)]))

    assert reasons_of(plan) == []


def test_a_vehicle_that_is_not_needed_stays_in_the_depot():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5), Bin(at_km=6)],
            trucks=[Truck(fixed_cents=500), Truck(fixed_cents=400)],
        )
    )

    assert [run.vehicle for run in plan.runs] == [1]


def test_a_second_vehicle_goes_when_one_shift_is_too_short():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=5), Bin(at_km=-5)],
            trucks=[Truck(shift_end_s=10 * KM_S)] * 2,
        )
    )

    assert len(plan.runs) == 2


def test_each_vehicle_starts_and_ends_at_its_own_depot():
    plan = plan_of(
        Town(
            depots_km=(0, 100),
            bins=[Bin(at_km=5), Bin(at_km=95)],
            tips=[Tip(at_km=0), Tip(at_km=100)],
            trucks=[Truck(), Truck(depot=1)],
        )
    )

    ends = [(run.steps[0].location, run.steps[-1].location) for run in plan.runs]
    assert ends == [(0, 0), (1, 1)]
    assert plan.cost.total_cents == pytest.approx(2000)


def test_nothing_to_collect_is_an_empty_plan():
    plan = plan_of(Town(bins=[]))

    assert plan.runs == ()
    assert plan.cost.total_cents == 0


def test_many_trips_of_one_vehicle_are_possible():
    plan = plan_of(
        Town(
            bins=[Bin(at_km=1, demand_l=1000) for _ in range(6)],
            trucks=[Truck(shift_end_s=DAY_S)],
        )
    )

    assert tips_of(plan) == 6
    assert reasons_of(plan) == []
