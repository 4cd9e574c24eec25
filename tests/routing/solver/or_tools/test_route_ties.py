"""Who may come, and what hangs together, as OR-Tools is told of it."""

from dataclasses import replace

import pytest

from routing.solver.or_tools import route
from tests.routing.solver.or_tools.routed import (
    MORE_SECONDS,
    everybody,
    left,
    routed,
    used,
)
from tests.routing.solver.towns import Bin, Tip, Town, Truck

BOTH = Tip(accepts=(True, True))
MIXED = Truck(capacity_l=(1000.0, 1000.0))


@pytest.mark.parametrize(("has", "truck"), [(("crane",), 0), (("horn",), 1), ((), 1)])
def test_who_has_what_the_bin_needs_comes(has, truck):
    town = Town(
        skills=("crane", "horn"),
        bins=[Bin(at_km=5, needs=("crane",))],
        trucks=[Truck(has=has), Truck(has=("crane", "horn"), fixed_cents=5)],
    )

    assert used(town) == [truck]


def test_half_of_what_the_bin_needs_is_not_enough():
    town = Town(
        skills=("crane", "horn"),
        bins=[Bin(at_km=5, needs=("crane", "horn"))],
        trucks=[Truck(has=("crane",)), Truck(has=("horn",))],
    )

    assert left(town) == [0]


def test_a_pinned_bin_is_for_its_truck_however_dear():
    trucks = [Truck(), Truck(fixed_cents=9000)]

    assert used(Town(bins=[Bin(at_km=5, pinned_vehicle=1)], trucks=trucks)) == [1]


def test_nobody_goes_where_screening_forbids_it():
    problem = Town(
        bins=[Bin(at_km=5)], trucks=[Truck(), Truck(fixed_cents=9)]
    ).problem()
    can_take = everybody(problem)
    can_take[0, 0] = False

    assert route(problem, can_take, None, seconds=0.05) == [[], [2, 1]]


@pytest.mark.parametrize(("conflicts", "trucks"), [((), 1), (((0, 1),), 2)])
def test_streams_in_conflict_have_a_truck_each(conflicts, trucks):
    town = Town(
        streams=("glass", "paper"),
        conflicts=conflicts,
        bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
        trucks=[MIXED, MIXED],
        tips=[BOTH],
    )

    assert len(used(town)) == trucks


def test_what_is_on_board_at_the_start_is_in_conflict_with_nothing():
    truck = replace(MIXED, is_under_way=True, aboard_l=(5.0, 0.0))
    town = Town(
        streams=("glass", "paper"),
        conflicts=((0, 1),),
        bins=[Bin(at_km=6, stream=1)],
        trucks=[truck],
        tips=[BOTH],
    )

    assert left(town) == []


#: A truck on each side of the town.
SIDES = Town(
    bins=[Bin(at_km=-8), Bin(at_km=8)],
    depots_km=(-10.0, 10.0),
    trucks=[Truck(home_accepts=(True,)), Truck(home_accepts=(True,), depot=1)],
    tips=[],
)


@pytest.mark.parametrize(("group", "trucks"), [((), 2), (((0, 1),), 1)])
def test_bins_that_belong_together_have_one_truck(group, trucks):
    assert len(used(replace(SIDES, same_vehicle=group))) == trucks


def test_a_bin_that_is_not_worth_it_parts_from_its_group():
    bins = [SIDES.bins[0], Bin(at_km=8, is_mandatory=False, prize_cents=100)]

    assert left(replace(SIDES, bins=bins, same_vehicle=((0, 1),))) == [1]


@pytest.mark.parametrize(
    ("precedence", "run"), [((), [2, 3, 1]), (((1, 0),), [3, 2, 1])]
)
def test_a_bin_comes_after_the_one_before_it(precedence, run):
    """The tip is at the end of the road, so that back and forth is longer."""
    town = Town(
        bins=[Bin(at_km=5), Bin(at_km=6)],
        tips=[Tip(at_km=20)],
        precedence=precedence,
    )

    assert routed(town) == [run]


@pytest.mark.parametrize(("latest_s", "expected"), [(900, []), (899, [0])])
def test_a_bin_is_left_when_it_closes_before_the_one_before_it_is_done(
    latest_s, expected
):
    bins = [Bin(at_km=5, latest_s=latest_s), Bin(at_km=10)]

    assert left(Town(bins=bins, precedence=((1, 0),))) == expected


def test_the_one_before_may_come_alone_but_not_the_one_after():
    small = [Truck(max_stops=1)]
    bins = [Bin(at_km=5), Bin(at_km=10)]
    [first], [second] = (
        left(Town(bins=bins, trucks=small, precedence=(pair,)))
        for pair in ((0, 1), (1, 0))
    )

    assert (first, second) == (1, 0)


def test_the_nearest_of_an_alternative_is_emptied_and_no_other():
    bins = [Bin(at_km=km, alternative=4, prize_cents=9000) for km in (7, 5, 6)]

    assert left(Town(bins=bins)) == [0, 2]


@pytest.mark.parametrize(("prize_cents", "expected"), [(1001, [0]), (999, [0, 1])])
def test_an_alternative_is_worth_one_prize(prize_cents, expected):
    one = Bin(at_km=6, alternative=0, is_mandatory=False, prize_cents=prize_cents)

    assert left(Town(bins=[one, replace(one, at_km=5)])) == expected


LOCKED = Town(bins=[Bin(at_km=5), Bin(at_km=6)], trucks=[Truck(locked=(3, 2))])


def with_truck(**changes) -> Town:
    return replace(LOCKED, trucks=[replace(LOCKED.trucks[0], **changes)])


def test_what_is_locked_comes_first_and_in_its_order():
    assert routed(LOCKED)[0][:2] == [3, 2]
    assert routed(with_truck(locked=(3, 1)))[0][:2] == [3, 1]
    assert routed(with_truck(locked=(1, 3)))[0][:2] == [1, 3]


@pytest.mark.parametrize(("end_s", "expected"), [(720, []), (719, [0, 1])])
def test_a_lock_that_cannot_be_driven_leaves_the_truck_at_home(end_s, expected):
    assert left(with_truck(shift_end_s=end_s)) == expected


@pytest.mark.parametrize(
    "limit",
    [
        {"max_stops": 1},
        {"capacity_l": (199.0,)},
        {"max_distance_m": 11_999},
        {"day_containers": 1},
    ],
)
def test_a_lock_that_breaks_any_rule_is_broken(limit):
    assert left(with_truck(**limit)) == [0, 1]


def test_what_a_broken_lock_leaves_is_for_nobody_else():
    town = with_truck(max_stops=1)
    others = [*town.trucks, Truck()]
    bins = [*town.bins, Bin(at_km=4)]

    assert left(replace(town, trucks=others, bins=bins)) == [0, 1]


def test_a_lock_is_kept_though_another_truck_would_be_cheaper():
    trucks = [Truck(locked=(2,), fixed_cents=900), Truck()]

    assert used(Town(bins=[Bin(at_km=5)], trucks=trucks)) == [0]


def test_a_truck_under_way_with_a_load_keeps_to_what_is_locked():
    truck = Truck(is_under_way=True, aboard_l=(950.0,), locked=(1, 3))

    [run] = routed(replace(LOCKED, trucks=[truck]))

    assert run[:2] == [1, 3]
    assert run[-1] == 1


def test_nothing_at_all_is_found_where_a_truck_under_way_cannot_come_home():
    truck = Truck(is_under_way=True, depot=1, end_depot=0, shift_end_s=299)
    problem = Town(bins=[], trucks=[truck], depots_km=(0.0, 5.0)).problem()

    found = route(problem, everybody(problem), None, seconds=MORE_SECONDS)

    assert found is None
