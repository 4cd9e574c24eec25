"""Prizes and prices: what is done for a cent more and given up for a cent less."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import (
    halts_of,
    left_of,
    minutes_of,
    plan_of,
    reasons_of,
)
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck


def vehicles_of(plan) -> list[int]:
    return sorted(run.vehicle for run in plan.runs)


# Prizes: a bin at 5 km costs ten euros.


def optional(prize_cents: int, **changes) -> Town:
    each = Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents)
    return Town(bins=[each], trucks=[Truck(**changes)])


def test_an_optional_bin_worth_more_than_its_way_is_taken():
    assert left_of(plan_of(optional(1001))) == []


def test_an_optional_bin_worth_less_than_its_way_is_left():
    plan = plan_of(optional(999))

    assert reasons_of(plan) == [UnservedReason.NOT_WORTH_IT]
    assert plan.cost.total_cents == plan.cost.prizes_left_cents == 999


def test_an_optional_bin_on_the_way_is_taken_for_a_small_prize():
    bins = [Bin(at_km=5), Bin(at_km=4, is_mandatory=False, prize_cents=1)]

    assert left_of(plan_of(Town(bins=bins))) == []


def test_several_small_prizes_together_pay_for_a_way():
    for prize_cents, left in ((334, []), (333, [0, 1, 2])):
        bins = [Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents)] * 3
        assert left_of(plan_of(Town(bins=bins))) == left


def test_a_mandatory_bin_is_taken_whatever_it_costs():
    plan = plan_of(Town(bins=[Bin(at_km=500)], trucks=[Truck(cents_per_km=10_000)]))

    assert left_of(plan) == []


def test_a_mandatory_bin_goes_before_any_prize():
    rich = Bin(at_km=5, is_mandatory=False, prize_cents=10**8)
    town = Town(bins=[rich, Bin(at_km=-5)], trucks=[Truck(max_stops=1)])

    assert left_of(plan_of(town)) == [0]


def test_two_mandatory_bins_go_before_one_with_a_prize():
    rich = Bin(at_km=5, demand_l=1000, prize_cents=10**6)
    bins = [rich, Bin(at_km=5, demand_l=500), Bin(at_km=5, demand_l=500)]

    assert left_of(plan_of(Town(bins=bins, trucks=[Truck(day_l=1000)]))) == [0]


# Prices of a run


@pytest.mark.parametrize(
    ("changes", "cents"),
    [
        ({"fixed_cents": 77}, 1077),
        ({"cents_per_km": 150.5}, 1505),
        ({"cents_per_hour": 600}, 1100),
        ({"shift_end_s": 480, "overtime_s": 300, "overtime_cents_per_hour": 900}, 1030),
        ({"fair_duration_s": 420, "unfair_cents_per_hour": 1200}, 1060),
    ],
)
def test_a_run_is_made_for_what_it_costs_and_not_for_less(changes, cents):
    for prize_cents, left in ((cents + 1, []), (cents - 1, [0])):
        assert left_of(plan_of(optional(prize_cents, **changes))) == left


def test_overtime_is_had_while_it_is_cheaper_than_another_vehicle():
    """Ten minutes of overtime, or a vehicle for 50 cents."""
    bins = [Bin(at_km=5), Bin(at_km=-5)]
    for per_hour, vehicles in ((290, [0]), (310, [0, 1])):
        truck = Truck(
            shift_end_s=10 * KM_S,
            overtime_s=3600,
            overtime_cents_per_hour=per_hour,
        )
        trucks = [truck, Truck(shift_end_s=10 * KM_S, fixed_cents=50)]
        assert vehicles_of(plan_of(Town(bins=bins, trucks=trucks))) == vehicles


def test_an_early_departure_saves_overtime():
    truck = Truck(shift_end_s=60 * KM_S, overtime_s=3600, overtime_cents_per_hour=60)

    plan = plan_of(Town(bins=[Bin(at_km=5)], trucks=[truck]))

    assert plan.cost.overtime_cents == 0


def test_a_departure_weighs_the_wait_against_nothing_else():
    """Overtime is the same whenever the truck leaves: the bin opens at minute 58."""
    truck = Truck(
        cents_per_km=0,
        cents_per_hour=60,
        shift_end_s=60 * KM_S,
        overtime_s=3600,
        overtime_cents_per_hour=60,
    )

    plan = plan_of(Town(bins=[Bin(at_km=5, earliest_s=58 * KM_S)], trucks=[truck]))

    assert minutes_of(plan) == 10
    assert plan.cost.total_cents == pytest.approx(10 + 3)


def test_work_is_shared_while_unfairness_is_dearer_than_a_second_run():
    """Each side is ten minutes; a share is ten minutes."""
    bins = [Bin(at_km=5), Bin(at_km=-5)]
    for per_hour, runs in ((290, 1), (310, 2)):
        truck = Truck(
            fixed_cents=50,
            fair_duration_s=10 * KM_S,
            unfair_cents_per_hour=per_hour,
        )
        assert len(plan_of(Town(bins=bins, trucks=[truck] * 2)).runs) == runs


# Tips


def test_the_cheaper_of_two_facilities_is_used():
    for tip_cents, there in ((199, 1), (201, 2)):
        tips = [Tip(tip_cents=tip_cents), Tip(at_km=6)]
        plan = plan_of(Town(bins=[Bin(at_km=5)], tips=tips))
        assert halts_of(plan) == {0: [3, there]}


def test_what_is_tipped_costs_by_its_weight():
    """Half a tonne: two euros of way more, or four euros a tonne."""
    for per_tonne, there in ((399, 1), (401, 2)):
        tips = [Tip(cents_per_tonne=(per_tonne,)), Tip(at_km=6)]
        plan = plan_of(Town(bins=[Bin(at_km=5, mass_kg=500)], tips=tips))
        assert halts_of(plan) == {0: [3, there]}


def test_each_stream_has_its_price_by_weight():
    """Only the tip is cheap that is cheap for what is on board."""
    tips = [
        Tip(accepts=(True, True), cents_per_tonne=(0, 1000)),
        Tip(accepts=(True, True), cents_per_tonne=(1000, 0)),
    ]
    for stream, there in ((0, 1), (1, 2)):
        town = Town(
            streams=("glass", "paper"),
            bins=[Bin(at_km=5, stream=stream)],
            tips=tips,
            trucks=[Truck(capacity_l=(1000, 1000))],
        )
        assert halts_of(plan_of(town)) == {0: [3, there]}


def test_a_load_at_the_start_is_paid_for_as_well():
    truck = Truck(aboard_kg=(500,), is_under_way=True)
    tips = [Tip(cents_per_tonne=(401,)), Tip(at_km=1)]

    plan = plan_of(Town(bins=[], tips=tips, trucks=[truck]))

    assert halts_of(plan) == {0: [2]}


def test_a_tip_that_costs_its_weight_is_left_for_a_free_home():
    truck = Truck(home_accepts=(True,))
    tips = [Tip(at_km=5, cents_per_tonne=(1,))]

    plan = plan_of(Town(bins=[Bin(at_km=5, mass_kg=500)], tips=tips, trucks=[truck]))

    assert halts_of(plan) == {0: [2]}


# Whose bin it is


def test_a_bin_stays_with_its_vehicle_while_moving_is_dearer():
    """The other vehicle is a euro cheaper."""
    trucks = [Truck(fixed_cents=100), Truck()]
    for move_cents, vehicle in ((101, 0), (99, 1)):
        bins = [Bin(at_km=5, planned_vehicle=0, move_cents=move_cents)]
        assert vehicles_of(plan_of(Town(bins=bins, trucks=trucks))) == [vehicle]


def test_a_bin_that_nobody_was_to_empty_moves_for_nothing():
    trucks = [Truck(fixed_cents=100), Truck()]

    plan = plan_of(Town(bins=[Bin(at_km=5, move_cents=5000)], trucks=trucks))

    assert vehicles_of(plan) == [1]
    assert plan.cost.moved_cents == 0


def test_a_vehicle_stays_in_its_territory_while_leaving_it_is_dearer():
    """The other vehicle is a euro cheaper, but of another territory."""
    trucks = [Truck(fixed_cents=100, zone=7), Truck(zone=8)]
    for foreign_cents, vehicle in ((101, 0), (99, 1)):
        fleet = [replace(truck, foreign_cents=foreign_cents) for truck in trucks]
        town = Town(bins=[Bin(at_km=5, zone=7)], trucks=fleet)
        assert vehicles_of(plan_of(town)) == [vehicle]


@pytest.mark.parametrize(("bin_zone", "truck_zone"), [(-1, 8), (7, -1), (7, 7)])
def test_nobody_is_foreign_without_a_territory_or_in_his_own(bin_zone, truck_zone):
    truck = Truck(zone=truck_zone, foreign_cents=500)

    plan = plan_of(Town(bins=[Bin(at_km=5, zone=bin_zone)], trucks=[truck]))

    assert plan.cost.foreign_cents == 0
    assert plan.cost.total_cents == pytest.approx(1000)


def test_every_foreign_bin_is_paid_for():
    bins = [Bin(at_km=5, zone=7), Bin(at_km=5, zone=7), Bin(at_km=5, zone=8)]
    truck = Truck(zone=8, foreign_cents=30)

    assert plan_of(Town(bins=bins, trucks=[truck])).cost.foreign_cents == 60
