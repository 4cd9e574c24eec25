"""What is locked at the beginning of a run, and what happens when it cannot be."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import halts_of, left_of, plan_of, reasons_of
from tests.routing.solver.towns import KM_S, Bin, Town, Truck

LOCK_BROKEN = UnservedReason.LOCK_BROKEN

#: Depot 0, tip 1, bins 2 to 4 at 5, 6 and 7 km.
BINS = [Bin(at_km=5), Bin(at_km=6), Bin(at_km=7)]


def locked(*halts: int, **changes) -> Town:
    return Town(bins=BINS, trucks=[Truck(locked=halts, **changes)])


def test_what_is_locked_comes_first_and_in_its_order():
    plan = plan_of(locked(3, 2))

    assert halts_of(plan) == {0: [3, 2, 4, 1]}
    assert plan.cost.total_cents == pytest.approx(600 + 100 + 200 + 700)


def test_a_tip_may_be_locked():
    plan = plan_of(locked(3, 1))

    assert halts_of(plan)[0][:2] == [3, 1]
    assert left_of(plan) == []


def test_a_tip_that_empties_nothing_may_be_locked():
    plan = plan_of(locked(2, 1, 1, 3))

    assert halts_of(plan)[0][:4] == [2, 1, 1, 3]


def test_a_lock_is_kept_though_another_truck_would_be_cheaper():
    trucks = [Truck(locked=(2,), cents_per_km=500), Truck()]

    plan = plan_of(Town(bins=BINS, trucks=trucks))

    halts = halts_of(plan)
    assert halts[0] == [2, 1]
    assert sorted(halts[1]) == [1, 3, 4]


def test_a_lock_makes_even_an_optional_bin_sure():
    bins = [replace(BINS[0], is_mandatory=False, prize_cents=1)]

    plan = plan_of(Town(bins=bins, trucks=[Truck(locked=(2,))]))

    assert left_of(plan) == []


def test_a_truck_with_nothing_locked_is_free():
    assert plan_of(locked()).cost.total_cents == pytest.approx(1400)


# The lock of bins 4, 2 just fits into 14 minutes.


@pytest.mark.parametrize(("end_s", "left"), [(14 * KM_S, []), (14 * KM_S - 1, [0, 2])])
def test_a_lock_that_cannot_be_driven_leaves_the_truck_at_home(end_s, left):
    town = locked(4, 2, shift_end_s=end_s)

    plan = plan_of(
        replace(town, bins=[BINS[0], replace(BINS[1], demand_l=1001), BINS[2]])
    )

    assert [stop for stop in left_of(plan) if stop != 1] == left
    assert [each.reason for each in plan.unserved if each.stop != 1] == [
        LOCK_BROKEN for _ in left
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"max_stops": 1},
        {"capacity_kg": 9},
        {"day_l": 199},
        {"max_distance_m": 13_999},
        {"max_duration_s": 14 * KM_S - 1},
        {"capacity_containers": 0},
    ],
)
def test_a_lock_that_breaks_any_rule_is_broken(changes):
    plan = plan_of(locked(4, 2, **changes))

    assert plan.runs == ()
    assert {each.reason for each in plan.unserved if each.stop != 1} == {LOCK_BROKEN}


def test_a_lock_that_is_too_much_on_board_is_broken():
    """Tips would help, but not before what is locked."""
    truck = Truck(capacity_l=(199,), locked=(2, 3))

    plan = plan_of(Town(bins=BINS, trucks=[truck, Truck(capacity_l=(100,))]))

    assert halts_of(plan) == {1: [4, 1]}
    assert reasons_of(plan) == [LOCK_BROKEN] * 2


def test_what_a_broken_lock_leaves_is_for_nobody_else():
    trucks = [Truck(max_stops=0, locked=(2,)), Truck()]

    plan = plan_of(Town(bins=BINS, trucks=trucks))

    assert left_of(plan) == [0]
    assert reasons_of(plan) == [LOCK_BROKEN]


def test_a_broken_lock_does_not_hinder_the_other_trucks():
    trucks = [Truck(max_stops=1, locked=(2, 3)), Truck(locked=(4,))]

    assert halts_of(plan_of(Town(bins=BINS, trucks=trucks))) == {1: [4, 1]}


def test_a_truck_under_way_keeps_to_what_is_locked():
    truck = Truck(
        depot=1, end_depot=0, is_under_way=True, shift_start_s=600, locked=(3,)
    )
    town = Town(depots_km=(0, 8), bins=[Bin(at_km=9), Bin(at_km=7)], trucks=[truck])

    plan = plan_of(town)

    assert halts_of(plan) == {0: [3, 4, 2]}
