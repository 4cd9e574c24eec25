"""What one vehicle may collect in a day, all trips together."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import left_of, plan_of, reasons_of, tips_of
from tests.routing.solver.towns import Bin, Tip, Town, Truck

THREE = [
    Bin(at_km=5, demand_l=600, mass_kg=60, containers=2),
    Bin(at_km=6, demand_l=600, mass_kg=60, containers=2),
    Bin(at_km=7, demand_l=600, mass_kg=60, containers=2),
]


def town_with(**limits) -> Town:
    return Town(bins=THREE, trucks=[Truck(**limits)])


@pytest.mark.parametrize(
    "limits",
    [{"day_l": 1800}, {"day_kg": 180}, {"day_containers": 6}, {"max_stops": 3}],
)
def test_a_day_that_just_holds_everything_holds_it(limits):
    plan = plan_of(town_with(**limits))

    assert left_of(plan) == []
    assert tips_of(plan) == 3


@pytest.mark.parametrize(
    "limits",
    [{"day_l": 1799}, {"day_kg": 179}, {"day_containers": 5}, {"max_stops": 2}],
)
def test_a_day_that_holds_one_less_leaves_a_bin(limits):
    plan = plan_of(town_with(**limits))

    assert reasons_of(plan) == [UnservedReason.NO_ROOM]
    assert left_of(plan) == [2]


@pytest.mark.parametrize(
    "limits",
    [{"day_l": 1799}, {"day_kg": 179}, {"day_containers": 5}, {"max_stops": 2}],
)
def test_what_a_day_does_not_hold_is_for_the_next_vehicle(limits):
    plan = plan_of(Town(bins=THREE, trucks=[Truck(**limits)] * 2))

    assert left_of(plan) == []
    assert len(plan.runs) == 2


@pytest.mark.parametrize(
    "limits",
    [{"day_l": 599}, {"day_kg": 59}, {"day_containers": 1}, {"max_stops": 0}],
)
def test_a_bin_that_no_day_holds_is_unserved(limits):
    plan = plan_of(town_with(**limits))

    assert left_of(plan) == [0, 1, 2]
    assert plan.runs == ()


def test_a_day_adds_up_all_streams():
    for day_l, left in ((1200, []), (1199, [1])):
        town = Town(
            streams=("glass", "paper"),
            bins=[Bin(at_km=5, demand_l=600), Bin(at_km=6, demand_l=600, stream=1)],
            tips=[Tip(accepts=(True, True))],
            trucks=[Truck(capacity_l=(1000, 1000), day_l=day_l)],
        )
        assert left_of(plan_of(town)) == left


def test_what_was_on_board_at_the_start_is_not_of_this_day():
    truck = Truck(
        aboard_l=(400,),
        aboard_kg=(40,),
        aboard_containers=(9,),
        day_l=1800,
        day_kg=180,
        day_containers=6,
    )

    assert left_of(plan_of(Town(bins=THREE, trucks=[truck]))) == []
    tight = replace(truck, day_containers=5)
    assert left_of(plan_of(Town(bins=THREE, trucks=[tight]))) == [2]
