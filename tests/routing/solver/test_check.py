"""The checker finds what is done to a good plan: stops, vehicles, shape, costs."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from routing.solver.check import Rule, check_plan
from routing.solver.plan import PlanCost, StepKind, Unserved, UnservedReason
from tests.routing.solver.judged import (
    changed,
    index_of,
    planned,
    rules_broken,
    with_step,
    with_steps,
)
from tests.routing.solver.towns import HOUR_S, Bin, Tip, Town, Truck

NO_ROOM = UnservedReason.NO_ROOM

PROBLEM = Town(
    streams=("glass", "paper"),
    bins=[
        Bin(at_km=5, demand_l=600, mass_kg=60, service_s=30),
        Bin(at_km=6, demand_l=300, mass_kg=30, service_s=30),
        Bin(at_km=7, stream=1, demand_l=500, mass_kg=50, service_s=30),
        Bin(at_km=90, is_mandatory=False, prize_cents=50),
    ],
    tips=[
        Tip(accepts=(True, False), tip_s=60, tip_cents=100),
        Tip(at_km=8, accepts=(True, True), tip_s=60, tip_cents=100),
    ],
    trucks=[
        Truck(capacity_l=(1000, 1000), cents_per_hour=100, fixed_cents=10),
        Truck(capacity_l=(1000, 0), fixed_cents=10_000),
    ],
).problem()

#: Bins are locations 3 to 6, the tips 1 and 2.
PLAN = planned(PROBLEM, {0: [3, 4, 5, 2]})


def test_a_good_plan_breaks_no_rule():
    assert check_plan(PROBLEM, PLAN) == []


def test_a_plan_that_does_nothing_is_sound():
    assert check_plan(PROBLEM, planned(PROBLEM, {})) == []


def test_every_rule_is_broken_by_some_test():
    here = Path(__file__).parent
    tests = "".join(path.read_text("utf-8") for path in here.glob("test_check*.py"))

    assert [rule for rule in Rule if f"Rule.{rule.name}" not in tests] == []


def test_a_violation_says_where_and_what():
    [violation] = check_plan(PROBLEM, with_step(PLAN, 2, load_l=(1.0, 0.0)))

    assert (violation.run, violation.step) == (0, 2)
    assert violation.message == "load_l = (1.0, 0.0), expected (900.0, 0.0)"


# Stops and vehicles


def test_a_stop_left_out_silently_is_found():
    assert rules_broken(PROBLEM, replace(PLAN, unserved=())) == {
        Rule.COVERAGE,
        Rule.COST,
    }


def test_a_stop_both_served_and_unserved_is_found():
    twice = (*PLAN.unserved, Unserved(stop=0, reason=NO_ROOM))

    assert Rule.COVERAGE in rules_broken(PROBLEM, replace(PLAN, unserved=twice))


def test_a_stop_unserved_twice_is_found():
    twice = replace(PLAN, unserved=PLAN.unserved * 2)

    assert rules_broken(PROBLEM, twice) == {Rule.COVERAGE}


def test_a_stop_served_twice_is_found():
    assert Rule.COVERAGE in rules_broken(PROBLEM, planned(PROBLEM, {0: [3, 2, 3, 2]}))


@pytest.mark.parametrize("stop", [99, -1])
def test_a_stop_that_does_not_exist_is_found(stop):
    ghost = (*PLAN.unserved, Unserved(stop=stop, reason=NO_ROOM))

    assert rules_broken(PROBLEM, replace(PLAN, unserved=ghost)) == {Rule.COVERAGE}


def test_two_runs_of_one_vehicle_are_found():
    glass, paper = planned(PROBLEM, {0: [3, 4, 2]}), planned(PROBLEM, {0: [5, 2]})
    runs = (*glass.runs, *paper.runs)
    cost = replace(
        PLAN.cost,
        **{
            each.name: getattr(glass.cost, each.name) + getattr(paper.cost, each.name)
            for each in fields(PlanCost)
        },
    )
    cost = replace(cost, prizes_left_cents=PLAN.cost.prizes_left_cents)

    found = rules_broken(PROBLEM, replace(PLAN, runs=runs, cost=cost))

    assert found == {Rule.VEHICLE_ONCE}


def test_a_vehicle_that_sets_out_for_nothing_is_found():
    assert rules_broken(PROBLEM, planned(PROBLEM, {1: []})) == {Rule.IDLE}
    assert rules_broken(PROBLEM, planned(PROBLEM, {1: [1]})) == {Rule.IDLE}


@pytest.mark.parametrize(
    ("stop", "reason"),
    [
        (3, UnservedReason.NO_ROOM),
        (0, UnservedReason.NOT_WORTH_IT),
        (0, UnservedReason.ALTERNATIVE_SERVED),
        (0, UnservedReason.BEFORE_UNSERVED),
        (0, UnservedReason.LOCK_BROKEN),
    ],
)
def test_a_reason_that_cannot_be_is_found(stop, reason):
    plan = planned(PROBLEM, {}, reasons={stop: reason})

    assert rules_broken(PROBLEM, plan) == {Rule.REASON}


# Shape


def test_a_run_that_does_not_return_is_found():
    stranded = with_steps(PLAN, PLAN.runs[0].steps[:-1])

    assert rules_broken(PROBLEM, stranded) == {Rule.SHAPE}


def test_a_run_that_never_departs_is_found():
    assert rules_broken(PROBLEM, with_steps(PLAN, PLAN.runs[0].steps[1:])) >= {
        Rule.SHAPE
    }


def test_a_departure_on_the_way_is_found():
    steps = PLAN.runs[0].steps

    assert rules_broken(PROBLEM, with_steps(PLAN, [steps[0], *steps])) == {Rule.SHAPE}


@pytest.mark.parametrize(
    ("kind", "location"),
    [
        (StepKind.TIP, 3),
        (StepKind.TIP, 0),
        (StepKind.DEPART, 1),
        (StepKind.RETURN, 3),
    ],
)
def test_a_halt_where_it_cannot_be_is_found(kind, location):
    elsewhere = with_step(PLAN, index_of(PLAN, kind), location=location)

    assert rules_broken(PROBLEM, elsewhere) == {Rule.SHAPE}


def test_a_pickup_at_a_facility_is_found():
    elsewhere = with_step(PLAN, index_of(PLAN, StepKind.PICKUP), location=1)

    assert rules_broken(PROBLEM, elsewhere) >= {Rule.SHAPE}


def test_a_run_begins_and_ends_at_the_depots_of_its_vehicle():
    town = Town(
        depots_km=(0, 10), bins=[Bin(at_km=5)], trucks=[Truck(depot=0, end_depot=1)]
    )
    problem = town.problem()
    plan = planned(problem, {0: [3, 2]})

    assert check_plan(problem, plan) == []
    assert rules_broken(changed(problem, "vehicles", end_depot=0), plan) == {Rule.SHAPE}
    assert rules_broken(changed(problem, "vehicles", depot=1), plan) == {Rule.SHAPE}


# Costs


DEAR = Town(
    bins=[
        Bin(at_km=5, mass_kg=500, planned_vehicle=1, move_cents=70, zone=1),
        Bin(at_km=6, mass_kg=250, planned_vehicle=0, move_cents=80, zone=0),
        Bin(at_km=7, is_mandatory=False, prize_cents=40),
        Bin(at_km=8, is_mandatory=False, prize_cents=30, alternative=5),
        Bin(at_km=9, is_mandatory=False, prize_cents=30, alternative=5),
    ],
    tips=[Tip(tip_cents=25, cents_per_tonne=(2000,))],
    trucks=[
        Truck(
            cents_per_km=150,
            cents_per_hour=3000,
            fixed_cents=900,
            shift_end_s=600,
            overtime_s=600,
            overtime_cents_per_hour=1200,
            fair_duration_s=360,
            unfair_cents_per_hour=600,
            zone=0,
            foreign_cents=15,
        ),
        Truck(),
    ],
).problem()
DEAR_PLAN = planned(DEAR, {0: [2, 3, 1]})


def test_every_part_of_the_cost_is_what_a_head_reckons():
    cost = PlanCost(
        distance_cents=12 * 150,
        time_cents=720 / HOUR_S * 3000,
        fixed_cents=900,
        overtime_cents=120 / HOUR_S * 1200,
        balance_cents=360 / HOUR_S * 600,
        tip_cents=25,
        tonnage_cents=0.75 * 2000,
        moved_cents=70,
        foreign_cents=15,
        prizes_left_cents=40 + 30,
    )

    assert check_plan(DEAR, replace(DEAR_PLAN, cost=cost)) == []


@pytest.mark.parametrize("part", [each.name for each in fields(PlanCost)])
@pytest.mark.parametrize("by_cents", [1, -1, 0.02])
def test_a_cost_that_does_not_add_up_is_found(part, by_cents):
    cents = getattr(DEAR_PLAN.cost, part) + by_cents
    cost = replace(DEAR_PLAN.cost, **{part: cents})

    assert rules_broken(DEAR, replace(DEAR_PLAN, cost=cost)) == {Rule.COST}


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("vehicles", {"cents_per_km": 151}),
        ("vehicles", {"cents_per_hour": 3001}),
        ("vehicles", {"fixed_cents": 901}),
        ("vehicles", {"overtime_cents_per_hour": 1201}),
        ("vehicles", {"unfair_cents_per_hour": 601}),
        ("vehicles", {"foreign_cents": 16}),
        ("facilities", {"tip_cents": 26}),
        ("facilities", {"cents_per_tonne": 2001}),
        ("stops", {"move_cents": 71}),
        ("stops", {"prize_cents": 31}),
    ],
)
def test_a_price_of_which_the_plan_knows_nothing_is_found(part, columns):
    assert rules_broken(changed(DEAR, part, **columns), DEAR_PLAN) == {Rule.COST}


def test_an_alternative_of_which_one_is_emptied_leaves_no_prize():
    plan = planned(
        DEAR, {0: [2, 3, 5, 1]}, reasons={4: UnservedReason.ALTERNATIVE_SERVED}
    )

    assert check_plan(DEAR, plan) == []
    assert plan.cost.prizes_left_cents == 40


def test_what_is_brought_home_is_not_paid_by_weight():
    problem = changed(DEAR, "vehicles", home_accepts=1)
    plan = planned(problem, {0: [2, 3]})

    assert check_plan(problem, plan) == []
    assert plan.cost.tonnage_cents == 0


def test_what_was_on_board_before_is_paid_by_weight_as_well():
    problem = changed(DEAR, "vehicles", aboard_kg=100)
    plan = planned(problem, {0: [2, 3, 1]})

    assert check_plan(problem, plan) == []
    assert plan.cost.tonnage_cents == pytest.approx(0.85 * 2000)
