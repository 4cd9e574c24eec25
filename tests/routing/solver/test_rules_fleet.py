"""Who drives, from where to where, with what skills, and who is under way already."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import halts_of, left_of, plan_of, reasons_of
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

NO_VEHICLE = [UnservedReason.NO_VEHICLE]


def vehicles_of(plan) -> list[int]:
    return sorted(run.vehicle for run in plan.runs)


def test_nothing_to_collect_is_an_empty_plan():
    plan = plan_of(Town(bins=[]))

    assert plan.runs == ()
    assert plan.cost.total_cents == 0


def test_a_vehicle_that_is_not_needed_stays_in_the_depot():
    bins = [Bin(at_km=5), Bin(at_km=6)]
    trucks = [Truck(fixed_cents=500), Truck(fixed_cents=400)]

    assert vehicles_of(plan_of(Town(bins=bins, trucks=trucks))) == [1]


@pytest.mark.parametrize(
    ("end_s", "vehicles"), [(20 * KM_S, [0]), (20 * KM_S - 1, [0, 1])]
)
def test_a_second_vehicle_goes_when_one_shift_is_too_short(end_s, vehicles):
    bins = [Bin(at_km=5), Bin(at_km=-5)]
    trucks = [
        Truck(shift_end_s=end_s),
        Truck(shift_end_s=10 * KM_S, cents_per_km=101),
    ]

    assert vehicles_of(plan_of(Town(bins=bins, trucks=trucks))) == vehicles


@pytest.mark.parametrize(("at_km", "vehicle"), [(5, 1), (6, 0)])
def test_the_cheaper_vehicle_of_a_mixed_fleet_goes(at_km, vehicle):
    """The first is dear to have, the second dear to drive: ten euros lie between."""
    trucks = [
        Truck(fixed_cents=1100, cents_per_km=100),
        Truck(fixed_cents=0, cents_per_km=200),
    ]

    plan = plan_of(Town(bins=[Bin(at_km=at_km)], trucks=trucks))

    assert vehicles_of(plan) == [vehicle]


@pytest.mark.parametrize(("demand_l", "vehicle"), [(400, 0), (401, 1)])
def test_the_smaller_vehicle_goes_as_long_as_it_suffices(demand_l, vehicle):
    trucks = [Truck(capacity_l=(400,)), Truck(fixed_cents=1)]

    plan = plan_of(Town(bins=[Bin(at_km=5, demand_l=demand_l)], trucks=trucks))

    assert vehicles_of(plan) == [vehicle]


def test_each_vehicle_starts_and_ends_at_its_own_depot():
    town = Town(
        depots_km=(0, 100),
        bins=[Bin(at_km=5), Bin(at_km=95)],
        tips=[Tip(at_km=0), Tip(at_km=100)],
        trucks=[Truck(), Truck(depot=1)],
    )

    plan = plan_of(town)

    ends = {
        run.vehicle: (run.steps[0].location, run.steps[-1].location)
        for run in plan.runs
    }
    assert ends == {0: (0, 0), 1: (1, 1)}
    assert plan.cost.total_cents == pytest.approx(2000)


def test_a_vehicle_may_end_where_it_did_not_start():
    town = Town(
        depots_km=(0, 10),
        bins=[Bin(at_km=8), Bin(at_km=4)],
        tips=[Tip(at_km=9)],
        trucks=[Truck(end_depot=1)],
    )

    plan = plan_of(town)

    assert halts_of(plan) == {0: [4, 3, 2]}
    assert plan.cost.total_cents == pytest.approx(1000)


# Skills and pins


def skilled(needs: tuple[str, ...], *has: tuple[str, ...]) -> Town:
    return Town(
        skills=("crane", "licence"),
        bins=[Bin(at_km=5, needs=needs)],
        trucks=[Truck(has=each, fixed_cents=i) for i, each in enumerate(has)],
    )


@pytest.mark.parametrize(
    ("needs", "vehicle"),
    [((), 0), (("crane",), 1), (("licence",), 2), (("crane", "licence"), 3)],
)
def test_who_has_what_the_bin_needs_comes(needs, vehicle):
    has = [(), ("crane",), ("licence",), ("crane", "licence")]

    assert vehicles_of(plan_of(skilled(needs, *has))) == [vehicle]


def test_half_of_what_the_bin_needs_is_not_enough():
    plan = plan_of(skilled(("crane", "licence"), ("crane",), ("licence",)))

    assert reasons_of(plan) == NO_VEHICLE


def test_a_pinned_bin_is_for_its_vehicle_however_dear():
    trucks = [Truck(), Truck(cents_per_km=1000)]
    for pinned, vehicle in ((-1, 0), (1, 1)):
        town = Town(bins=[Bin(at_km=5, pinned_vehicle=pinned)], trucks=trucks)
        assert vehicles_of(plan_of(town)) == [vehicle]


def test_a_pinned_bin_is_left_when_its_vehicle_cannot_come():
    trucks = [Truck(), Truck(shift_end_s=10 * KM_S - 1)]

    plan = plan_of(Town(bins=[Bin(at_km=5, pinned_vehicle=1)], trucks=trucks))

    assert left_of(plan) == [0]


# Under way: a truck stands 10 km out at minute 30, its home is the depot.


def under_way(*bins: Bin, **changes) -> Town:
    truck = Truck(
        depot=1,
        end_depot=0,
        is_under_way=True,
        shift_start_s=30 * KM_S,
        shift_end_s=60 * KM_S,
    )
    return Town(
        depots_km=(0, 10),
        bins=bins,
        tips=[Tip(at_km=2)],
        trucks=[replace(truck, **changes)],
    )


def test_a_truck_under_way_comes_home_when_there_is_nothing_to_do():
    plan = plan_of(under_way())

    assert halts_of(plan) == {0: []}
    assert plan.runs[0].steps[0].depart_s == 30 * KM_S
    assert plan.cost.total_cents == pytest.approx(1000)


def test_a_truck_under_way_tips_what_it_has_on_board():
    plan = plan_of(under_way(aboard_l=(1,)))

    assert halts_of(plan) == {0: [2]}


@pytest.mark.parametrize(("demand_l", "halts"), [(600, [3, 2]), (601, [2, 3, 2])])
def test_a_truck_under_way_has_the_room_that_is_left(demand_l, halts):
    plan = plan_of(under_way(Bin(at_km=8, demand_l=demand_l), aboard_l=(400,)))

    assert halts_of(plan) == {0: halts}


@pytest.mark.parametrize(("end_min", "left"), [(44, []), (43, [0])])
def test_a_truck_under_way_has_the_time_that_is_left(end_min, left):
    town = under_way(Bin(at_km=12), shift_end_s=end_min * KM_S)

    assert left_of(plan_of(town)) == left


def test_a_truck_under_way_pays_the_wait_that_another_would_spend_at_home():
    town = under_way(
        Bin(at_km=8, earliest_s=40 * KM_S), cents_per_km=0, cents_per_hour=60
    )

    plan = plan_of(town)

    assert plan.cost.time_cents == pytest.approx(18)


def test_a_truck_under_way_is_free_for_what_others_would_start_for():
    town = under_way(Bin(at_km=8))
    near = Truck(fixed_cents=0, cents_per_km=1)

    plan = plan_of(replace(town, trucks=[*town.trucks, near]))

    assert halts_of(plan) == {0: [3, 2]}
