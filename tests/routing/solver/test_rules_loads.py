"""What is on board: each rule at its limit and one beyond."""

from dataclasses import replace

import pytest

from routing.solver.plan import StepKind, UnservedReason
from tests.routing.solver.planned import halts_of, left_of, plan_of, reasons_of, tips_of
from tests.routing.solver.towns import Bin, Tip, Town, Truck


def test_two_bins_that_just_fill_the_compartment_are_one_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=500), Bin(at_km=6, demand_l=500)]))

    assert tips_of(plan) == 1
    assert plan.cost.total_cents == pytest.approx(1200)


def test_one_litre_more_than_the_compartment_makes_a_second_trip():
    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=500), Bin(at_km=6, demand_l=501)]))

    assert tips_of(plan) == 2
    assert plan.cost.total_cents == pytest.approx(1000 + 1200)


def test_a_bin_as_large_as_the_compartment_is_taken():
    assert left_of(plan_of(Town(bins=[Bin(at_km=5, demand_l=1000)]))) == []


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


def boxes(first: int, second: int) -> Town:
    """Room for five containers."""
    return Town(
        bins=[Bin(at_km=5, containers=first), Bin(at_km=6, containers=second)],
        trucks=[Truck(capacity_containers=5)],
    )


def test_as_many_containers_as_the_vehicle_carries_are_one_trip():
    assert tips_of(plan_of(boxes(2, 3))) == 1


def test_one_container_more_than_the_vehicle_carries_makes_a_second_trip():
    assert tips_of(plan_of(boxes(3, 3))) == 2


def test_more_containers_than_any_vehicle_carries_are_unserved():
    plan = plan_of(boxes(6, 5))

    assert left_of(plan) == [0]
    assert reasons_of(plan) == [UnservedReason.TOO_LARGE]


# Streams


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


def test_containers_of_streams_are_added_up():
    town = two_streams(capacity_kg=1000)
    for most, cents in ((2, 1200), (1, 2000)):
        truck = replace(town.trucks[0], capacity_containers=most)
        plan = plan_of(replace(town, trucks=[truck]))
        assert plan.cost.total_cents == pytest.approx(cents)


def test_each_stream_has_a_compartment_of_its_own():
    town = two_streams(capacity_kg=1000)
    bins = [replace(each, demand_l=1000) for each in town.bins]

    assert plan_of(replace(town, bins=bins)).cost.total_cents == pytest.approx(1200)


def test_each_stream_is_tipped_where_it_is_accepted():
    plan = plan_of(two_streams(capacity_kg=1000))

    last = plan.runs[0].steps[-1]
    assert (last.kind, last.load_l) == (StepKind.RETURN, (0.0, 0.0))
    assert tips_of(plan) == 2


def test_a_stream_without_a_compartment_is_unserved_even_when_there_is_nothing_in_it():
    for demand_l in (100, 0):
        town = Town(
            streams=("glass", "paper"),
            tips=[Tip(accepts=(True, True))],
            trucks=[Truck(capacity_l=(1000, 0))],
            bins=[Bin(at_km=5), Bin(at_km=6, stream=1, demand_l=demand_l, mass_kg=0)],
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


# Tips


def test_without_any_facility_nothing_is_collected():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[]))

    assert plan.runs == ()
    assert reasons_of(plan) == [UnservedReason.NO_FACILITY]


def test_every_run_ends_with_a_tip_even_where_that_is_a_detour():
    plan = plan_of(Town(bins=[Bin(at_km=5)], tips=[Tip(at_km=-20)]))

    assert halts_of(plan) == {0: [2, 1]}
    assert plan.cost.total_cents == pytest.approx(5000)


def test_a_home_that_takes_the_stream_saves_the_tip():
    town = Town(bins=[Bin(at_km=5)], tips=[Tip(at_km=-20)])
    yard = replace(town, trucks=[Truck(home_accepts=(True,))])

    assert halts_of(plan_of(yard)) == {0: [2]}
    assert halts_of(plan_of(replace(yard, tips=[]))) == {0: [1]}


def test_a_home_takes_only_its_streams():
    town = Town(
        streams=("glass", "paper"),
        tips=[Tip(at_km=-20, accepts=(True, True))],
        trucks=[Truck(capacity_l=(1000, 1000), home_accepts=(True, False))],
        bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
    )

    assert plan_of(town).cost.total_cents == pytest.approx(2 * 6 * 100 + 2 * 20 * 100)


def test_many_trips_of_one_vehicle_are_possible():
    plan = plan_of(Town(bins=[Bin(at_km=1, demand_l=1000) for _ in range(4)]))

    assert tips_of(plan) == 4
    assert left_of(plan) == []


# On board at the start: 500 l are.


def laden(demand_l: float, **changes) -> Town:
    truck = Truck(aboard_l=(500,), aboard_kg=(50,), aboard_containers=(1,))
    return Town(
        bins=[Bin(at_km=5, demand_l=demand_l)],
        tips=[Tip(at_km=-1)],
        trucks=[replace(truck, **changes)],
    )


def test_a_load_at_the_start_leaves_room_for_the_rest():
    assert halts_of(plan_of(laden(500))) == {0: [2, 1]}


def test_one_litre_beyond_the_rest_is_fetched_after_a_tip():
    assert halts_of(plan_of(laden(501))) == {0: [1, 2, 1]}


def test_kilograms_and_containers_at_the_start_take_room_as_well():
    for changes in ({"capacity_kg": 60}, {"capacity_containers": 2}):
        assert halts_of(plan_of(laden(100, **changes))) == {0: [2, 1]}
    for changes in ({"capacity_kg": 59}, {"capacity_containers": 1}):
        assert halts_of(plan_of(laden(100, **changes))) == {0: [1, 2, 1]}
