"""The checker finds what is done to a good plan."""

from dataclasses import replace

import pytest

from routing.solver import (
    Plan,
    PlanCost,
    Problem,
    Rule,
    StepKind,
    Unserved,
    UnservedReason,
    check_plan,
    solve,
)
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Town(
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


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem, budget_s=0.3, seed=1)


def rules_broken(problem: Problem, plan: Plan) -> set[Rule]:
    return {violation.rule for violation in check_plan(problem, plan)}


def with_step(plan, index, **changes):
    run = plan.runs[0]
    steps = list(run.steps)
    steps[index] = replace(steps[index], **changes)
    return replace(plan, runs=(replace(run, steps=tuple(steps)),))


def index_of(plan: Plan, kind: StepKind) -> int:
    return [step.kind for step in plan.runs[0].steps].index(kind)


def tightened(problem, part, **arrays):
    """Same day under a narrower rule, for a plan that was made before it."""
    value = getattr(problem, part)
    return replace(problem, **{part: replace(value, **arrays)})


def test_a_good_plan_breaks_no_rule(problem, plan):
    assert check_plan(problem, plan) == []
    assert len(plan.runs) == 1


def test_a_stop_left_out_silently_is_found(problem, plan):
    assert Rule.COVERAGE in rules_broken(problem, replace(plan, unserved=()))


def test_a_stop_both_served_and_unserved_is_found(problem, plan):
    twice = (*plan.unserved, Unserved(stop=0, reason=UnservedReason.NO_ROOM))

    assert Rule.COVERAGE in rules_broken(problem, replace(plan, unserved=twice))


def test_a_stop_that_does_not_exist_is_found(problem, plan):
    ghost = (*plan.unserved, Unserved(stop=99, reason=UnservedReason.NO_ROOM))

    assert Rule.COVERAGE in rules_broken(problem, replace(plan, unserved=ghost))


def test_two_runs_of_one_vehicle_are_found(problem, plan):
    doubled = replace(plan, runs=plan.runs * 2)

    assert Rule.VEHICLE_ONCE in rules_broken(problem, doubled)


def test_a_vehicle_that_does_not_exist_is_found(problem, plan):
    foreign = replace(plan, runs=(replace(plan.runs[0], vehicle=7),))

    assert rules_broken(problem, foreign) == {Rule.SHAPE}


def test_a_run_that_does_not_return_is_found(problem, plan):
    run = plan.runs[0]
    stranded = replace(plan, runs=(replace(run, steps=run.steps[:-1]),))

    assert Rule.SHAPE in rules_broken(problem, stranded)


def test_a_tip_where_there_is_no_facility_is_found(problem, plan):
    at_a_stop = with_step(plan, index_of(plan, StepKind.TIP), location=4)

    assert Rule.SHAPE in rules_broken(problem, at_a_stop)


@pytest.mark.parametrize("name", ["leg_distance_m", "leg_travel_s"])
def test_a_leg_of_another_length_is_found(problem, plan, name):
    step = plan.runs[0].steps[1]

    changed = with_step(plan, 1, **{name: getattr(step, name) - 1})

    assert Rule.LEG in rules_broken(problem, changed)


@pytest.mark.parametrize("name", ["arrive_s", "start_s", "depart_s", "wait_s"])
@pytest.mark.parametrize("index", [1, 2, -1])
def test_a_time_that_does_not_follow_is_found(problem, plan, name, index):
    step = plan.runs[0].steps[index]

    changed = with_step(plan, index, **{name: getattr(step, name) + 1})

    assert Rule.TIME in rules_broken(problem, changed)


def test_litres_that_are_not_what_was_picked_up_are_found(problem, plan):
    assert Rule.LOAD in rules_broken(problem, with_step(plan, 1, load_l=(1.0, 0.0)))


def test_kilograms_that_are_not_what_was_picked_up_are_found(problem, plan):
    assert Rule.LOAD in rules_broken(problem, with_step(plan, 1, load_kg=1.0))


def test_a_run_without_its_tip_comes_home_loaded(problem, plan):
    run = plan.runs[0]
    steps = tuple(step for step in run.steps if step.kind is not StepKind.TIP)

    found = rules_broken(problem, replace(plan, runs=(replace(run, steps=steps),)))

    assert Rule.HOME_LOADED in found


def test_a_load_tipped_where_it_is_not_accepted_comes_home(problem, plan):
    refusing = tightened(problem, "facilities", accepts=[[True, False], [True, False]])

    assert Rule.HOME_LOADED in rules_broken(refusing, plan)


@pytest.mark.parametrize(
    ("part", "arrays", "rule"),
    [
        ("vehicles", {"capacity_l": [[899, 1000]] * 2}, Rule.LITRES),
        ("vehicles", {"capacity_l": [[1000, 0]] * 2}, Rule.COMPARTMENT),
        ("vehicles", {"capacity_kg": [139, 139]}, Rule.KILOGRAMS),
        ("vehicles", {"max_stops": [2, 2]}, Rule.STOP_COUNT),
        ("vehicles", {"max_distance_m": [15_999, 15_999]}, Rule.DISTANCE),
        ("vehicles", {"shift_end_s": [600, 600]}, Rule.SHIFT),
        ("vehicles", {"shift_start_s": [1, 1]}, Rule.SHIFT),
        ("stops", {"latest_s": [5 * KM_S - 1] * 4}, Rule.WINDOW),
        ("facilities", {"closes_s": [5 * KM_S, 5 * KM_S]}, Rule.WINDOW),
        ("vehicles", {"cents_per_km": [101, 101]}, Rule.COST),
        ("vehicles", {"cents_per_hour": [101, 101]}, Rule.COST),
    ],
)
def test_a_rule_made_one_narrower_than_the_plan_is_found(
    problem, plan, part, arrays, rule
):
    assert rules_broken(tightened(problem, part, **arrays), plan) == {rule}


@pytest.mark.parametrize(
    ("part", "arrays"),
    [
        ("vehicles", {"capacity_l": [[900, 500]] * 2}),
        ("vehicles", {"capacity_kg": [140, 140]}),
        ("vehicles", {"max_stops": [3, 3]}),
        ("vehicles", {"max_distance_m": [16_000, 16_000]}),
    ],
)
def test_a_rule_that_the_plan_just_keeps_is_not_reported(problem, plan, part, arrays):
    assert check_plan(tightened(problem, part, **arrays), plan) == []


@pytest.mark.parametrize(
    "part",
    ["distance_cents", "time_cents", "fixed_cents", "tip_cents", "prizes_left_cents"],
)
def test_a_cost_that_does_not_add_up_is_found(problem, plan, part):
    cost: PlanCost = replace(plan.cost, **{part: getattr(plan.cost, part) + 1})

    assert rules_broken(problem, replace(plan, cost=cost)) == {Rule.COST}
