"""Tiny problems: nothing is cheaper, and nothing is broken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.solver import Plan, Problem, check_plan, solve
from tests.routing.solver.brute_force import MANDATORY_CENTS, cheapest_cents
from tests.routing.solver.towns import DAY_S, Bin, Tip, Town, Truck

QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

kilometres = st.integers(-20, 20)


@st.composite
def windows(draw):
    opens_s = draw(st.sampled_from([0, 0, 0, 1200, 3600]))
    return opens_s, opens_s + draw(
        st.sampled_from([0, 900, DAY_S - 3600, DAY_S - 3600])
    )


@st.composite
def bins(draw, streams: int):
    earliest_s, latest_s = draw(windows())
    return Bin(
        at_km=draw(kilometres),
        demand_l=draw(st.sampled_from([100, 400, 700, 1000])),
        stream=draw(st.integers(0, streams - 1)),
        mass_kg=draw(st.sampled_from([0, 50, 300])),
        service_s=draw(st.sampled_from([0, 120])),
        earliest_s=earliest_s,
        latest_s=latest_s,
        prize_cents=draw(st.sampled_from([0, 300, 1500, 4000])),
        is_mandatory=draw(st.booleans()),
    )


@st.composite
def towns(draw, most_bins: int = 3):
    streams = draw(st.integers(1, 2))
    capacities = st.tuples(*[st.sampled_from([0, 1000, 1000, 1500])] * streams)
    accepted = st.tuples(*[st.sampled_from([True, True, False])] * streams)
    trucks = st.builds(
        Truck,
        capacity_l=capacities,
        capacity_kg=st.sampled_from([300, 600, 5000]),
        shift_end_s=st.sampled_from([3000, 9000, DAY_S]),
        cents_per_km=st.sampled_from([50, 100]),
        cents_per_hour=st.sampled_from([0, 3000]),
        fixed_cents=st.sampled_from([0, 2000]),
        max_stops=st.sampled_from([1, 2, 9]),
        max_distance_m=st.sampled_from([30_000, 500_000]),
    )
    tips = st.builds(
        Tip,
        at_km=kilometres,
        accepts=accepted,
        tip_s=st.sampled_from([0, 300]),
        opens_s=st.sampled_from([0, 0, 2000]),
        tip_cents=st.sampled_from([0, 500]),
    )
    wanted = draw(st.lists(bins(streams), min_size=1, max_size=most_bins))
    return Town(
        streams=("glass", "paper")[:streams],
        bins=wanted,
        trucks=draw(st.lists(trucks, min_size=1, max_size=2)),
        tips=draw(st.lists(tips, min_size=1, max_size=2)),
        skew_km=draw(
            st.lists(st.integers(0, 5), min_size=len(wanted), max_size=len(wanted))
        ),
    )


def value_cents(problem: Problem, plan: Plan) -> float:
    left = [unserved.stop for unserved in plan.unserved]
    mandatory = int(problem.stops.is_mandatory[left].sum())
    return plan.cost.total_cents + MANDATORY_CENTS * mandatory


@QUICK
@given(town=towns())
def test_no_plan_of_a_tiny_town_is_cheaper(town):
    problem = town.problem()

    plan = solve(problem, budget_s=0.25, seed=1)

    assert check_plan(problem, plan) == []
    best_cents = cheapest_cents(problem)
    # OR-Tools counts an idle cent for every tip.
    assert value_cents(problem, plan) == pytest.approx(best_cents, abs=5, rel=0)


@settings(QUICK, max_examples=15)
@given(town=towns(most_bins=12))
def test_every_plan_keeps_every_rule(town):
    problem = town.problem()

    plan = solve(problem, budget_s=0.1, seed=1)

    assert check_plan(problem, plan) == []
