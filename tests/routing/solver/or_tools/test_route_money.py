"""What OR-Tools weighs against what."""

import pytest

from tests.routing.solver.or_tools.routed import left, routed, used
from tests.routing.solver.towns import Bin, Tip, Town, Truck


@pytest.mark.parametrize(("prize_cents", "expected"), [(1001, []), (999, [0])])
def test_an_optional_bin_is_taken_for_more_than_its_way_costs(prize_cents, expected):
    bins = [Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents)]

    assert left(Town(bins=bins)) == expected


def test_a_mandatory_bin_goes_before_any_prize_and_the_dearer_before_the_other():
    bins = [
        Bin(at_km=5, is_mandatory=False, prize_cents=10**8),
        Bin(at_km=-5, prize_cents=8),
        Bin(at_km=5, prize_cents=9),
    ]

    assert left(Town(bins=bins, trucks=[Truck(max_stops=1)])) == [0, 1]


@pytest.mark.parametrize(
    "changes",
    [
        {"fixed_cents": 100},
        {"cents_per_km": 110},
        {"cents_per_hour": 600},
        {"zone": 8, "foreign_cents": 100},
    ],
)
def test_a_run_is_made_for_what_it_costs_and_not_for_less(changes):
    for prize_cents, expected in ((1101, []), (1099, [0])):
        bins = [Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents, zone=7)]
        assert left(Town(bins=bins, trucks=[Truck(**changes)])) == expected


@pytest.mark.parametrize(("at_km", "truck"), [(4.9, 1), (5.1, 0)])
def test_the_cheaper_truck_of_a_mixed_fleet_goes(at_km, truck):
    trucks = [Truck(cents_per_km=90, fixed_cents=100), Truck()]

    assert used(Town(bins=[Bin(at_km=at_km)], trucks=trucks)) == [truck]


def test_who_is_under_way_costs_no_less_for_doing_nothing():
    """The run of the first truck exists, whatever it does."""
    trucks = [Truck(is_under_way=True, fixed_cents=900), Truck(fixed_cents=800)]

    assert routed(Town(bins=[Bin(at_km=5)], trucks=trucks)) == [[2, 1], []]


@pytest.mark.parametrize(("move_cents", "truck"), [(99, 1), (101, 0)])
def test_a_bin_stays_with_its_truck_while_moving_is_dearer(move_cents, truck):
    bins = [Bin(at_km=5, planned_vehicle=0, move_cents=move_cents)]

    assert used(Town(bins=bins, trucks=[Truck(fixed_cents=100), Truck()])) == [truck]


@pytest.mark.parametrize(("bin_zone", "truck_zone"), [(-1, 8), (7, -1), (7, 7)])
def test_nobody_is_foreign_without_a_territory_or_in_his_own(bin_zone, truck_zone):
    home = Truck(zone=truck_zone, foreign_cents=500)
    town = Town(
        bins=[Bin(at_km=5, zone=bin_zone)], trucks=[home, Truck(fixed_cents=100)]
    )

    assert used(town) == [0]


@pytest.mark.parametrize(("tip_cents", "tip"), [(399, 1), (401, 2)])
def test_the_cheaper_of_two_facilities_is_used(tip_cents, tip):
    """The second is two kilometres farther, there and back."""
    tips = [Tip(at_km=5, tip_cents=tip_cents), Tip(at_km=7)]

    assert routed(Town(bins=[Bin(at_km=5)], tips=tips)) == [[3, tip]]


@pytest.mark.parametrize(("per_tonne", "tip"), [(39_900.0, 1), (40_100.0, 2)])
def test_what_is_tipped_costs_by_its_weight(per_tonne, tip):
    tips = [
        Tip(at_km=5, cents_per_tonne=(10_000.0 + per_tonne,)),
        Tip(at_km=7, cents_per_tonne=(10_000.0,)),
    ]

    assert routed(Town(bins=[Bin(at_km=5)], tips=tips)) == [[3, tip]]


@pytest.mark.parametrize(("per_tonne", "expected"), [(9_900.0, []), (10_100.0, [0])])
def test_a_price_that_all_facilities_have_is_weighed_against_the_prize(
    per_tonne, expected
):
    bins = [Bin(at_km=5, is_mandatory=False, prize_cents=1100)]
    tips = [Tip(at_km=5, cents_per_tonne=(per_tonne,))] * 2

    assert left(Town(bins=bins, tips=tips)) == expected


def test_a_tip_that_costs_its_weight_is_left_for_a_free_home():
    truck = Truck(home_accepts=(True,), cents_per_km=0)
    tips = [Tip(at_km=5, cents_per_tonne=(100.0,))]

    assert routed(Town(bins=[Bin(at_km=5)], trucks=[truck], tips=tips)) == [[2]]


def test_free_tips_are_not_made_for_nothing():
    bins = [Bin(at_km=km) for km in (2, 5, 8)]
    tips = [Tip(at_km=km) for km in (5, 5)]

    [run] = routed(Town(bins=bins, tips=tips, trucks=[Truck(cents_per_km=0)]))

    assert sum(location in (1, 2) for location in run) == 1
