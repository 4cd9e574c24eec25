"""A plan that cannot be read breaks a rule; it never breaks the checker."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.solver.check import Rule, check_plan
from routing.solver.plan import PlanCost, Relaxation, Step
from tests.routing.solver.judged import planned, rules_broken, with_step, with_steps
from tests.routing.solver.random_towns import QUICK
from tests.routing.solver.towns import Bin, Town

PROBLEM = Town(bins=[Bin(at_km=5), Bin(at_km=6), Bin(at_km=7)]).problem()
PLAN = planned(PROBLEM, {0: [2, 3, 1]})
RELAXATION = Relaxation(limit="shift_end_s", amount=60.0, vehicle=0, cents=12.5)

NAN = float("nan")
JUNK: list[Any] = [
    None,
    "one",
    NAN,
    float("inf"),
    0.5,
    10**30,
    -(10**30),
    -7,
    True,
    (),
    [[]],
    {},
]


def with_plan(**changes):
    return replace(PLAN, **changes)


def with_unserved(**changes):
    return replace(PLAN, unserved=(replace(PLAN.unserved[0], **changes),))


def with_run(**changes):
    return replace(PLAN, runs=(replace(PLAN.runs[0], **changes),))


def with_cost(**changes):
    return replace(PLAN, cost=replace(PLAN.cost, **changes))


@pytest.mark.parametrize(
    "plan",
    [
        with_run(vehicle=7),
        with_run(vehicle=-1),
        with_run(vehicle="first"),
        with_run(vehicle=NAN),
        with_run(steps=()),
        with_run(steps=PLAN.runs[0].steps[:1]),
        with_run(steps=None),
        with_step(PLAN, 1, location=99),
        with_step(PLAN, 1, location=-1),
        with_step(PLAN, 1, location=2.5),
        with_step(PLAN, 1, kind="swim"),
        with_step(PLAN, 1, arrive_s=NAN),
        with_step(PLAN, 1, start_s=300.0),
        with_step(PLAN, 1, depart_s=10**30),
        with_step(PLAN, 1, load_l=(100.0, 0.0)),
        with_step(PLAN, 1, load_l=(NAN,)),
        with_step(PLAN, 1, load_kg=10.0),
        with_step(PLAN, 1, load_containers=()),
        with_step(PLAN, 1, load_containers=(1.0,)),
        with_steps(PLAN, ["depart", "return"]),
        with_unserved(stop="last"),
        with_unserved(reason="rain"),
        with_unserved(relaxation="later"),
        with_unserved(relaxation=replace(RELAXATION, amount=NAN)),
        with_unserved(relaxation=replace(RELAXATION, vehicle=3)),
        with_cost(time_cents=NAN),
        with_cost(tip_cents=None),
        with_plan(cost=1000.0),
        with_plan(runs=None),
        with_plan(runs=("run",)),
        with_plan(unserved=3),
        None,
    ],
)
def test_what_cannot_be_read_is_found(plan):
    assert rules_broken(PROBLEM, plan) == {Rule.READABLE}


def test_what_cannot_be_read_is_named_with_its_place():
    [violation] = check_plan(PROBLEM, with_step(PLAN, 2, wait_s=0.25))

    assert (violation.run, violation.step) == (0, 2)
    assert violation.message == "wait_s = 0.25 is no whole number"


def test_numbers_of_numpy_are_numbers():
    step = PLAN.runs[0].steps[1]
    numbers: dict[str, Any] = {
        "arrive_s": np.int64(step.arrive_s),
        "location": np.int32(step.location),
        "load_l": list(np.array(step.load_l)),
    }

    assert check_plan(PROBLEM, with_step(PLAN, 1, **numbers)) == []


def test_a_relaxation_is_read_and_may_be_anything_that_is_possible():
    assert check_plan(PROBLEM, with_unserved(relaxation=RELAXATION)) == []


@st.composite
def spoiled(draw):
    """The plan with junk in one place."""
    junk = draw(st.sampled_from(JUNK))
    where = draw(st.sampled_from(["step", "run", "unserved", "cost", "plan"]))
    if where == "step":
        index = draw(st.integers(0, len(PLAN.runs[0].steps) - 1))
        name = draw(st.sampled_from([each.name for each in fields(Step)]))
        return with_step(PLAN, index, **{name: junk})
    if where == "run":
        return with_run(**{draw(st.sampled_from(["vehicle", "steps"])): junk})
    if where == "unserved":
        name = draw(st.sampled_from(["stop", "reason"]))
        return with_unserved(**{name: junk})
    if where == "cost":
        name = draw(st.sampled_from([each.name for each in fields(PlanCost)]))
        return with_cost(**{name: junk})
    name = draw(st.sampled_from(["runs", "unserved", "cost"]))
    return with_plan(**{name: junk})


@QUICK
@given(plan=spoiled())
def test_junk_in_any_place_is_found_and_never_raises(plan):
    assert check_plan(PROBLEM, plan) != []
