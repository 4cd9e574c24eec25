"""Whatever is done to a good plan at random is noticed."""

from dataclasses import fields, replace

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from routing.solver.check import check_plan
from routing.solver.plan import Plan, PlanCost, StepKind
from tests.routing.solver.brute_force import cheapest, plan_of_best
from tests.routing.solver.judged import with_step, with_steps
from tests.routing.solver.random_towns import QUICK, towns

WORK = (StepKind.PICKUP, StepKind.TIP)
NOT_TIPS = [kind for kind in StepKind if kind is not StepKind.TIP]


def good_plan(problem) -> Plan:
    best = cheapest(problem)
    if best is None or not any(best.drives):
        reject()
    plan = plan_of_best(problem, best)
    assert check_plan(problem, plan) == []
    return plan


def any_step(draw, plan: Plan, *kinds: StepKind):
    """Draw the place of a step, of some kind if any is named."""
    places = [
        (r, i)
        for r, run in enumerate(plan.runs)
        for i, step in enumerate(run.steps)
        if not kinds or step.kind in kinds
    ]
    assume(places)
    return draw(st.sampled_from(places))


def a_time_shifted(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan)
    name = draw(st.sampled_from(["arrive_s", "start_s", "depart_s", "wait_s"]))
    by_s = draw(st.sampled_from([-300, -1, 1, 300]))
    time_s = getattr(plan.runs[run].steps[i], name)
    return with_step(plan, i, run=run, **{name: time_s + by_s})


def a_leg_changed(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan)
    name = draw(st.sampled_from(["leg_travel_s", "leg_distance_m"]))
    leg = getattr(plan.runs[run].steps[i], name)
    return with_step(plan, i, run=run, **{name: leg + draw(st.sampled_from([-1, 1]))})


def a_load_changed(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan)
    name = draw(st.sampled_from(["load_l", "load_kg", "load_containers"]))
    load = list(getattr(plan.runs[run].steps[i], name))
    load[draw(st.integers(0, len(load) - 1))] += draw(st.sampled_from([-1, 1]))
    return with_step(plan, i, run=run, **{name: tuple(load)})


def two_steps_swapped(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan, *WORK)
    steps = list(plan.runs[run].steps)
    steps[i], steps[i + 1] = steps[i + 1], steps[i]
    return with_steps(plan, steps, run=run)


def a_step_dropped(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan)
    steps = plan.runs[run].steps
    return with_steps(plan, steps[:i] + steps[i + 1 :], run=run)


def a_tip_dropped(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan, StepKind.TIP)
    steps = plan.runs[run].steps
    return with_steps(plan, steps[:i] + steps[i + 1 :], run=run)


def a_pickup_doubled(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan, StepKind.PICKUP)
    steps = plan.runs[run].steps
    return with_steps(plan, steps[:i] + steps[i - 1 : i + 1] + steps[i:], run=run)


def a_step_elsewhere(draw, plan: Plan) -> Plan:
    """Of two facilities at one place either may be right."""
    run, i = any_step(draw, plan, *NOT_TIPS)
    step = plan.runs[run].steps[i]
    location = draw(st.integers(0, 6).filter(lambda x: x != step.location))
    return with_step(plan, i, run=run, location=location)


def a_step_of_another_kind(draw, plan: Plan) -> Plan:
    run, i = any_step(draw, plan)
    step = plan.runs[run].steps[i]
    kinds = [kind for kind in StepKind if kind is not step.kind]
    return with_step(plan, i, run=run, kind=draw(st.sampled_from(kinds)))


def a_run_doubled(draw, plan: Plan) -> Plan:
    return replace(plan, runs=(*plan.runs, draw(st.sampled_from(plan.runs))))


def a_run_dropped(draw, plan: Plan) -> Plan:
    dropped = draw(st.integers(0, len(plan.runs) - 1))
    return replace(plan, runs=plan.runs[:dropped] + plan.runs[dropped + 1 :])


def an_unserved_stop_dropped(draw, plan: Plan) -> Plan:
    assume(plan.unserved)
    dropped = draw(st.integers(0, len(plan.unserved) - 1))
    left = plan.unserved[:dropped] + plan.unserved[dropped + 1 :]
    return replace(plan, unserved=left)


def a_cost_changed(draw, plan: Plan) -> Plan:
    name = draw(st.sampled_from([each.name for each in fields(PlanCost)]))
    cents = getattr(plan.cost, name) + draw(st.sampled_from([-100.0, -0.1, 0.1, 100.0]))
    return replace(plan, cost=replace(plan.cost, **{name: cents}))


MUTATIONS = [
    a_time_shifted,
    a_leg_changed,
    a_load_changed,
    two_steps_swapped,
    a_step_dropped,
    a_tip_dropped,
    a_pickup_doubled,
    a_step_elsewhere,
    a_step_of_another_kind,
    a_run_doubled,
    a_run_dropped,
    an_unserved_stop_dropped,
    a_cost_changed,
]


@settings(QUICK, max_examples=250)
@given(town=towns(), mutate=st.sampled_from(MUTATIONS), data=st.data())
def test_no_mutation_goes_unnoticed(town, mutate, data):
    problem = town.problem()
    plan = good_plan(problem)

    assert check_plan(problem, mutate(data.draw, plan)) != []
