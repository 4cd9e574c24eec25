"""Loads and days as OR-Tools is told of them, each at its limit and one beyond."""

from dataclasses import replace

import pytest

from tests.routing.solver.or_tools.routed import left, routed, used
from tests.routing.solver.towns import Bin, Tip, Town, Truck

TWO = [Bin(at_km=5, demand_l=500, mass_kg=50), Bin(at_km=6, demand_l=500, mass_kg=50)]
BOTH = [(True, True)]


def trips(truck: Truck, bins=TWO) -> int:
    """Trips of the only truck; its tip, at the depot, is location 1."""
    [run] = routed(Town(bins=bins, trucks=[truck]))
    return run.count(1)


@pytest.mark.parametrize(
    ("just", "less"),
    [
        ({"capacity_l": (1000.0,)}, {"capacity_l": (999.0,)}),
        ({"capacity_kg": 100.0}, {"capacity_kg": 99.0}),
        ({"capacity_containers": 2}, {"capacity_containers": 1}),
    ],
)
def test_a_vehicle_that_just_holds_both_bins_makes_one_trip(just, less):
    assert trips(Truck(**just)) == 1
    assert trips(Truck(**less)) == 2


def test_a_thousandth_of_a_litre_is_too_much():
    bins = [Bin(at_km=5, demand_l=500.001), Bin(at_km=6, demand_l=500)]

    assert trips(Truck(), bins) == 2


def test_floats_that_add_up_to_the_capacity_fit():
    bins = [Bin(at_km=5, demand_l=0.1), Bin(at_km=6, demand_l=0.2)]

    assert trips(Truck(capacity_l=(0.3,)), bins) == 1


@pytest.mark.parametrize(
    "limit",
    [{"capacity_l": (99.0,)}, {"capacity_kg": 99.0}, {"capacity_containers": 99}],
)
def test_a_bin_that_nobody_holds_is_left(limit):
    bins = [Bin(at_km=5, demand_l=100, mass_kg=100, containers=100)]
    short = replace(Truck(), **limit)

    assert left(Town(bins=bins, trucks=[Truck()])) == []
    assert left(Town(bins=bins, trucks=[short])) == [0]


@pytest.mark.parametrize(
    ("just", "less"),
    [
        ({"day_l": 1000.0}, {"day_l": 999.0}),
        ({"day_kg": 100.0}, {"day_kg": 99.0}),
        ({"day_containers": 2}, {"day_containers": 1}),
        ({"max_stops": 2}, {"max_stops": 1}),
        ({"max_distance_m": 12_000}, {"max_distance_m": 11_999}),
    ],
)
def test_a_day_that_just_holds_both_bins_holds_them(just, less):
    assert left(Town(bins=TWO, trucks=[Truck(**just)])) == []
    assert len(left(Town(bins=TWO, trucks=[Truck(**less)]))) == 1


def test_what_is_on_board_at_the_start_is_not_of_this_day():
    truck = Truck(is_under_way=True, aboard_l=(300.0,), aboard_kg=(9.0,), day_l=100)

    assert left(Town(bins=[Bin(at_km=5)], trucks=[truck])) == []


@pytest.mark.parametrize(("kg", "is_parted"), [(60.0, False), (59.0, True)])
def test_the_mass_of_streams_that_are_tipped_apart_is_added_up(kg, is_parted):
    """Glass goes to location 1, paper to location 2."""
    town = Town(
        streams=("glass", "paper"),
        bins=[Bin(at_km=5, mass_kg=30), Bin(at_km=6, mass_kg=30, stream=1)],
        trucks=[Truck(capacity_l=(1000.0, 1000.0), capacity_kg=kg)],
        tips=[Tip(accepts=(True, False)), Tip(accepts=(False, True))],
    )
    [run] = routed(town)
    first, last = sorted((run.index(3), run.index(4)))

    assert (last - first > 1) == is_parted


def test_a_stream_goes_where_it_is_accepted_and_nothing_comes_home():
    town = Town(
        streams=("glass", "paper"),
        bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
        trucks=[Truck(capacity_l=(1000.0, 1000.0))],
        tips=[Tip(at_km=7, accepts=(True, False)), Tip(at_km=8, accepts=(False, True))],
    )

    assert set(routed(town)[0]) == {1, 2, 3, 4}


@pytest.mark.parametrize(("home", "tips"), [((True,), 0), ((False,), 1), ((), 1)])
def test_only_a_home_that_takes_the_stream_saves_the_tip(home, tips):
    assert trips(Truck(home_accepts=home)) == tips


@pytest.mark.parametrize(
    "empty", [{"demand_l": 0.0}, {"demand_l": 0.0, "mass_kg": 0.0}]
)
def test_what_has_no_litres_is_tipped_as_well(empty):
    bins = [Bin(at_km=5, **empty)]

    assert trips(Truck(), bins) == 1
    assert trips(Truck(home_accepts=(True,)), bins) == 0


def test_a_stream_without_a_compartment_is_left_even_when_nothing_is_in_it():
    town = Town(
        streams=("glass", "paper"),
        bins=[Bin(at_km=5, demand_l=0, stream=1)],
        trucks=[Truck(capacity_l=(1000.0, 0.0))],
        tips=[Tip(accepts=(True, True))],
    )

    assert left(town) == [0]


@pytest.mark.parametrize(("demand_l", "halts"), [(600, [2, 1]), (601, [1, 2, 1])])
def test_a_load_at_the_start_leaves_room_for_the_rest(demand_l, halts):
    truck = Truck(is_under_way=True, aboard_l=(400.0,))
    town = Town(bins=[Bin(at_km=5, demand_l=demand_l)], trucks=[truck])

    assert routed(town) == [halts]


@pytest.mark.parametrize(
    "aboard",
    [{"aboard_l": (1.0,)}, {"aboard_kg": (1.0,)}, {"aboard_containers": (1,)}],
)
def test_who_is_under_way_tips_before_coming_home_and_who_is_not_stays(aboard):
    assert routed(Town(bins=[], trucks=[Truck(is_under_way=True, **aboard)])) == [[1]]
    assert routed(Town(bins=[], trucks=[Truck(**aboard)])) == [[]]


def test_a_vehicle_that_is_loaded_and_goes_tips_that_too():
    town = Town(
        streams=("glass", "paper"),
        bins=[Bin(at_km=5)],
        trucks=[Truck(capacity_l=(1000.0, 1000.0), aboard_l=(0.0, 5.0))],
        tips=[Tip(accepts=(True, False)), Tip(accepts=(False, True))],
    )

    assert set(routed(town)[0]) == {1, 2, 3}


def test_many_trips_of_one_vehicle_are_possible():
    bins = [Bin(at_km=km, demand_l=1000) for km in (1, 2, 3, 4, 5)]

    assert trips(Truck(), bins) == 5


def test_the_smaller_vehicle_goes_as_long_as_it_suffices():
    trucks = [Truck(capacity_l=(400.0,)), Truck(fixed_cents=50)]

    assert used(Town(bins=[Bin(at_km=5, demand_l=400)], trucks=trucks)) == [0]
    assert used(Town(bins=[Bin(at_km=5, demand_l=401)], trucks=trucks)) == [1]
