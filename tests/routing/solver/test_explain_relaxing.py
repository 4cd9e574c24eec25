"""What would make room for a bin, and that it does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from routing.solver import check_plan, relax_problem, schedule_run
from routing.solver.explain import with_relaxations
from routing.solver.plan import UnservedReason
from tests.routing.solver.handmade import plan_of_runs
from tests.routing.solver.random_towns import QUICK, towns
from tests.routing.solver.test_explain_adding import barest_plan, cheapest_way
from tests.routing.solver.towns import HOUR_S, Bin, Town, Truck

FIVE_AND_BACK = Bin(at_km=5)
OPPOSITE = Bin(at_km=-6)


def relaxation_of(truck: Truck, *, left: Bin = OPPOSITE, reason=None):
    problem = Town(bins=[FIVE_AND_BACK, left], trucks=[truck]).problem()
    run = schedule_run(problem, vehicle=0, halts=[2, 1])
    assert run is not None
    reasons = {1: reason} if reason else None
    plan = plan_of_runs(problem, run, reasons=reasons)
    [unserved] = with_relaxations(problem, plan.runs, plan.unserved)
    return unserved.relaxation


@pytest.mark.parametrize(
    ("truck", "limit", "amount"),
    [
        (Truck(shift_end_s=600), "shift_end_s", 720),
        (Truck(max_stops=1), "max_stops", 1),
        (Truck(max_distance_m=10_000), "max_distance_m", 12_000),
        (Truck(max_duration_s=700), "max_duration_s", 620),
        (Truck(day_l=150), "day_l", 50),
        (Truck(day_kg=15), "day_kg", 5),
        (Truck(day_containers=1), "day_containers", 1),
    ],
)
def test_the_limit_that_is_in_the_way_gives_way_by_what_is_missing(
    truck, limit, amount
):
    relaxation = relaxation_of(truck)

    assert (relaxation.limit, relaxation.amount) == (limit, amount)
    assert relaxation.vehicle == 0
    assert relaxation.cents == pytest.approx(1200)


def test_overtime_gives_way_where_there_is_some_and_costs_what_it_costs():
    truck = Truck(shift_end_s=600, overtime_s=60, overtime_cents_per_hour=6000)

    relaxation = relaxation_of(truck)

    assert (relaxation.limit, relaxation.amount) == ("overtime_s", 660)
    assert relaxation.cents == pytest.approx(1200 + 720 / HOUR_S * 6000)


def test_a_bin_that_closes_too_early_says_by_how_much():
    relaxation = relaxation_of(Truck(), left=Bin(at_km=10, latest_s=500))

    assert (relaxation.limit, relaxation.amount) == ("latest_s", 100)


def test_the_last_window_gives_way_where_there_are_more():
    left = Bin(at_km=10, windows=((0, 100), (200, 500)))

    relaxation = relaxation_of(Truck(), left=left)

    assert (relaxation.limit, relaxation.amount) == ("latest_s", 100)


@pytest.mark.parametrize(
    ("left", "reason", "limit", "amount"),
    [
        (
            Bin(at_km=-6, demand_l=1500),
            UnservedReason.TOO_LARGE,
            "capacity_l",
            500,
        ),
        (Bin(at_km=-6, mass_kg=1500), UnservedReason.TOO_HEAVY, "capacity_kg", 500),
    ],
)
def test_a_bin_too_large_or_heavy_says_what_the_vehicle_lacks(
    left, reason, limit, amount
):
    relaxation = relaxation_of(Truck(), left=left, reason=reason)

    # What else is on board takes its share, where that is cheaper than a tip.
    assert relaxation.limit == limit
    assert amount <= relaxation.amount <= amount + 100


def test_what_no_single_limit_would_make_possible_says_nothing():
    assert relaxation_of(Truck(max_stops=1, shift_end_s=600)) is None


def test_a_bin_without_a_compartment_says_nothing():
    reason = UnservedReason.NO_COMPARTMENT

    assert relaxation_of(Truck(max_stops=1), reason=reason) is None


def test_an_optional_bin_says_nothing():
    left = Bin(at_km=-6, is_mandatory=False)

    assert relaxation_of(Truck(max_stops=1), left=left) is None


def test_only_the_vehicle_that_would_come_is_relaxed():
    town = Town(bins=[FIVE_AND_BACK, OPPOSITE], trucks=[Truck(max_stops=1)] * 2)
    problem = town.problem()
    run = schedule_run(problem, vehicle=0, halts=[2, 1])
    assert run is not None
    problem = replace(
        problem, vehicles=replace(problem.vehicles, max_stops=np.array([1, 0]))
    )
    plan = plan_of_runs(problem, run)
    [unserved] = with_relaxations(problem, plan.runs, plan.unserved)
    assert unserved.relaxation is not None

    relaxed = relax_problem(problem, 1, unserved.relaxation)

    assert relaxed.vehicles.max_stops.tolist() == [2, 0]


@QUICK
@given(towns())
def test_granting_a_relaxation_makes_room_at_its_price(town):
    problem = town.problem()
    plan, broken = barest_plan(problem)

    for each in with_relaxations(problem, plan.runs, plan.unserved):
        if each.relaxation is None:
            continue
        relaxed = relax_problem(problem, each.stop, each.relaxation)
        cents, run = cheapest_way(relaxed, plan, each.stop, broken)

        assert run is not None
        assert cents <= each.relaxation.cents + 0.01
        others = [other for other in plan.runs if other.vehicle != run.vehicle]
        made = plan_of_runs(relaxed, *others, run, reasons=broken)
        assert check_plan(relaxed, made) == []
