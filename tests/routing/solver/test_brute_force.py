"""Trying all plans finds what a head can reckon, and what the checker calls sound."""

import pytest
from hypothesis import given, reject, settings

from routing.solver.check import check_plan
from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.brute_force import cheapest, plan_of_best
from tests.routing.solver.random_towns import QUICK, towns
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck


def cents_of(town: Town) -> float:
    best = cheapest(town.problem())
    assert best is not None
    assert best.mandatory_left == 0
    return best.cents


def test_one_trip_there_and_back():
    assert cents_of(Town(bins=[Bin(at_km=5), Bin(at_km=-3)])) == 1600


def test_a_second_trip_where_the_compartment_is_too_small():
    bins = [Bin(at_km=5, demand_l=600), Bin(at_km=6, demand_l=600)]

    assert cents_of(Town(bins=bins)) == 2200
    assert cents_of(Town(bins=bins, tips=[Tip(), Tip(at_km=7)])) == 1400


def test_a_prize_is_left_when_the_way_costs_more():
    for prize_cents, cents in ((999, 999), (1001, 1000)):
        bins = [Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents)]
        assert cents_of(Town(bins=bins)) == cents


def test_as_many_mandatory_stops_as_can_be_whatever_they_cost():
    bins = [Bin(at_km=5), Bin(at_km=6), Bin(at_km=-5, prize_cents=10**6)]

    best = cheapest(Town(bins=bins, trucks=[Truck(max_stops=2)]).problem())

    assert best is not None
    assert (best.mandatory_left, best.cents) == (1, 2000)


def test_the_departure_saves_the_wait():
    bins = [Bin(at_km=5, earliest_s=3600), Bin(at_km=6, latest_s=3600)]
    town = Town(bins=bins, trucks=[Truck(cents_per_km=0, cents_per_hour=60)])

    # At bin 1 when it closes, at bin 0 a minute later, home after five more.
    assert cents_of(town) == pytest.approx(12)


@pytest.mark.parametrize(("latest_s", "minutes"), [(14 * KM_S, 14), (13 * KM_S, 24)])
def test_a_break_costs_its_length_unless_the_truck_is_home_in_time(latest_s, minutes):
    lunch = Break(earliest_s=8 * KM_S, latest_s=latest_s, length_s=10 * KM_S)
    truck = Truck(
        cents_per_km=0,
        cents_per_hour=60,
        shift_end_s=3600,
        rest=Rest(breaks=(lunch,)),
    )
    bins = [Bin(at_km=7, latest_s=16 * KM_S)]

    assert cents_of(Town(bins=bins, trucks=[truck])) == pytest.approx(minutes)


def test_every_twenty_minutes_of_driving_cost_a_rest():
    rule = DrivingRule(max_driving_s=20 * KM_S, rest_s=5 * KM_S)
    truck = Truck(
        cents_per_km=0,
        cents_per_hour=60,
        shift_end_s=2 * 3600,
        rest=Rest(driving=rule),
    )

    for at_km, minutes in ((10, 20), (11, 27), (20, 45), (21, 52)):
        town = Town(bins=[Bin(at_km=at_km)], trucks=[truck])
        assert cents_of(town) == pytest.approx(minutes)


def test_no_plan_at_all_when_a_truck_under_way_cannot_come_home():
    truck = Truck(is_under_way=True, depot=1, end_depot=0, shift_end_s=9 * KM_S)

    assert cheapest(Town(depots_km=(0, 10), bins=[], trucks=[truck]).problem()) is None


@settings(QUICK, max_examples=100)
@given(town=towns())
def test_the_best_plan_is_sound_and_costs_what_was_reckoned(town):
    problem = town.problem()
    best = cheapest(problem)
    if best is None:
        reject()

    plan = plan_of_best(problem, best)

    assert check_plan(problem, plan) == []
    assert plan.cost.total_cents == pytest.approx(best.cents)
