"""What adding a stop costs, against trying every way out."""

import pytest
from hypothesis import assume, given

from routing.solver import check_plan, explain_plan, schedule_run
from routing.solver.explain.halts import halts_of
from routing.solver.locks import judge_locks
from routing.solver.model import Problem
from routing.solver.outcome import to_runs
from routing.solver.plan import Plan, Run, UnservedReason
from routing.solver.pricing import price_run
from tests.routing.solver.handmade import plan_of_runs
from tests.routing.solver.random_towns import QUICK, towns

INFINITE = float("inf")


@QUICK
@given(towns())
def test_adding_a_stop_costs_what_the_cheapest_of_all_ways_costs(town):
    problem = town.problem()
    plan, broken = barest_plan(problem)
    runs = {each.vehicle: each for each in plan.runs}

    for stop in range(len(problem.stops)):
        plan = plan_of_runs(problem, *runs.values(), reasons=broken)
        [told] = [each for each in explain_plan(problem, plan) if each.stop == stop]
        if told.vehicle is not None or told.reason is UnservedReason.LOCK_BROKEN:
            continue
        cents, run = cheapest_way(problem, plan, stop, broken)
        marginal = INFINITE if told.marginal_cents is None else told.marginal_cents
        assert marginal == pytest.approx(cents)
        if run is not None:
            runs[run.vehicle] = run


def barest_plan(problem: Problem) -> tuple[Plan, dict[int, UnservedReason]]:
    """Only vehicles that must leave do; also why stops of broken locks are left."""
    locks = judge_locks(problem)
    broken = dict.fromkeys(locks.broken_stops, UnservedReason.LOCK_BROKEN)
    runs = to_runs(problem, locks.runs, locks.out)
    plan = plan_of_runs(problem, *runs, reasons=broken)
    # A truck under way may be full of what no facility takes: no plan is sound then.
    assume(check_plan(problem, plan) == [])
    return plan, broken


def cheapest_way(
    problem: Problem, plan: Plan, stop: int, reasons
) -> tuple[float, Run | None]:
    """Try the stop, alone and with one tip, at every place of every run."""
    runs = {run.vehicle: run for run in plan.runs}
    best: tuple[float, Run | None] = (INFINITE, None)
    for v in range(len(problem.vehicles)):
        before = runs.get(v)
        base = price_run(problem, before).total_cents if before else 0.0
        for halts in all_ways(problem, halts_of(before) if before else [], stop):
            run = schedule_run(problem, vehicle=v, halts=halts)
            if run is None:
                continue
            cents = price_run(problem, run).total_cents - base
            made = plan_of_runs(problem, *(runs | {v: run}).values(), reasons=reasons)
            if cents < best[0] and check_plan(problem, made) == []:
                best = cents, run
    return best


def all_ways(problem: Problem, halts: list[int], stop: int):
    location = problem.stop_location(stop)
    for p in range(len(halts) + 1):
        longer = [*halts[:p], location, *halts[p:]]
        yield longer
        for f in range(len(problem.facilities)):
            for q in range(len(longer) + 1):
                yield [*longer[:q], problem.facility_location(f), *longer[q:]]
