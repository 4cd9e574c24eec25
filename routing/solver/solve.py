"""From a problem to a plan."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from routing.solver.bound import least_cents
from routing.solver.budget import Budget, Clock, Progress
from routing.solver.check import check_plan
from routing.solver.closing import with_tips
from routing.solver.explain import with_relaxations
from routing.solver.first import first_trips, insertion_order
from routing.solver.improver.improve import Improver
from routing.solver.improver.prepare import prepare
from routing.solver.improver.together import improve_together
from routing.solver.locks import Locks, judge_locks
from routing.solver.model import Problem
from routing.solver.outcome import to_plan
from routing.solver.plan import Plan, SolverFacts, UnservedReason
from routing.solver.repair import FEW_STOPS, SHARE, is_repairable, repair
from routing.solver.screening import Screening, screen_stops

NAME = "ruin and recreate, OR-Tools for repair"

_NEAR = 40  # stops with which each may share a trip of the first plan

Halts = Sequence[Sequence[int]]


def solve(
    problem: Problem,
    *,
    budget: Budget,
    seed: int = 0,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    start: Halts | None = None,
) -> Plan:
    """Plan the day: which stops, by which vehicle, in which order, tipped where.

    Parameters
    ----------
    budget
        How long to search.
    seed
        Of the random parts of the search.
    progress
        Told of every better plan, the first one included.
    stop
        Asked every few milliseconds whether to end with the best plan so far; from
        every thread of the budget.
    start
        For each vehicle the locations of the stops and facilities of a plan to go on
        from; a start that breaks a rule is not used.
    """
    bound = partial(least_cents, problem)
    clock = Clock(budget, progress=progress, stop=stop, bound=bound)
    screening, locks = screen_stops(problem), judge_locks(problem)
    begun = _begin(problem, screening, locks, start)
    facts = prepare(problem, screening.can_take, locks.out, locks.broken_stops)
    laid = with_tips(problem, begun, locks.out)
    improver = Improver(facts, seed=seed, halts=laid, locked=locks.locked)
    if start is None:
        improver.begin(first_trips(problem, improver.near[:, :_NEAR]))
    improver.fill(insertion_order(problem))
    clock.hear(improver.best_left, improver.best_cents)
    if len(problem.stops) <= FEW_STOPS:
        improver.fill_all(insertion_order(problem))
    share = 1 - SHARE if is_repairable(problem, improver.best_halts()) else 1.0
    pace = clock.pace(share)
    if budget.threads == 1:
        improver.improve(pace, clock.hear)
    else:
        improver = improve_together(
            improver, threads=budget.threads, seed=seed, pace=pace, heard=clock.hear
        )
    made = _facts(clock, improver, seed)
    plan = to_plan(problem, screening, locks, improver.best_halts(), made)
    if is_repairable(problem, improver.best_halts()) and not clock.is_stopped():
        halts = repair(problem, screening, improver.best_halts(), clock, seed)
        other = _drivable(problem, screening, locks, halts, made)
        plan = plan if other is None else _better(problem, plan, other)
        clock.hear(*_rank(problem, plan))
    unserved = with_relaxations(problem, plan.runs, plan.unserved)
    return replace(plan, unserved=unserved)


def _drivable(
    problem: Problem,
    screening: Screening,
    locks: Locks,
    halts: Halts,
    facts: SolverFacts,
) -> Plan | None:
    """Return the plan of given halts, None if they cannot be driven."""
    try:
        return to_plan(problem, screening, locks, halts, facts)
    except RuntimeError:
        return None


def _begin(
    problem: Problem, screening: Screening, locks: Locks, start: Halts | None
) -> Halts:
    """Return the halts to begin with: a given plan if it keeps every rule."""
    if start is None:
        return locks.runs
    facts = SolverFacts(name="start", seconds=0.0, iterations=0, seed=0)
    plan = _drivable(problem, screening, locks, start, facts)
    return locks.runs if plan is None or check_plan(problem, plan) else start


def _facts(clock: Clock, improver: Improver, seed: int) -> SolverFacts:
    return SolverFacts(
        name=NAME,
        seconds=clock.seconds(),
        iterations=improver.iterations,
        seed=seed,
        bound_cents=clock.bound_cents(improver.best_left),
    )


def _better(problem: Problem, ours: Plan, other: Plan) -> Plan:
    """Return the plan with fewer mandatory stops left, then the cheaper one."""
    is_sound = not check_plan(problem, other)
    is_better = _rank(problem, other) < _rank(problem, ours)
    return other if is_sound and is_better else ours


def _rank(problem: Problem, plan: Plan) -> tuple[int, float]:
    """Return how many mandatory stops the plan leaves, and its cents."""
    left = [
        bool(problem.stops.is_mandatory[each.stop])
        for each in plan.unserved
        if each.reason is not UnservedReason.ALTERNATIVE_SERVED
    ]
    return sum(left), plan.cost.total_cents
