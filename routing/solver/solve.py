"""From a problem to a plan."""

import numpy as np

from routing.solver.draft import Draft
from routing.solver.effort import Clock, Effort, Progress
from routing.solver.model import Problem
from routing.solver.ortools_solver import polish
from routing.solver.plan import Plan, Run, SolverFacts, Unserved, UnservedReason
from routing.solver.pricing import price_plan
from routing.solver.ruin import improve
from routing.solver.schedule import schedule_run
from routing.solver.screening import Screening, screen_stops
from routing.solver.starts import best_start

NAME = "ruin and recreate, then OR-Tools"

_RUIN_SHARE = 0.85
"""Of the budget, starts included. What OR-Tools then still found on days of 200 stops
was 0 to 0.4 %, whether it had a fifth or a half of the budget."""


def solve(
    problem: Problem,
    *,
    budget_s: float,
    seed: int,
    progress: Progress | None = None,
    iteration_limit: int | None = None,
) -> Plan:
    """Plan the day: which stops, by which vehicle, in which order, tipped where.

    Parameters
    ----------
    budget_s
        Wall seconds for the search, all of which it uses.
    seed
        Of the random parts of the search.
    progress
        Told (seconds so far, cents of the best plan so far) at every better plan.
    iteration_limit
        Stop each phase of the search after so many iterations: the same plan on every
        machine, as long as ``budget_s`` is ample.
    """
    if not budget_s > 0:
        raise ValueError(f"budget_s = {budget_s} not understood: must be above 0")
    clock = Clock(budget_s, iteration_limit, progress)
    screening = screen_stops(problem)
    start = best_start(
        problem,
        screening.can_take,
        seed=seed,
        trial=clock.phase,
        heard=clock.hear,
    )
    improved = improve(
        start, pace=clock.phase(clock.left(_RUIN_SHARE)), seed=seed, heard=clock.hear
    )
    polished = polish(
        problem,
        screening,
        [track.halts for track in improved.tracks],
        Effort(
            budget_s=clock.left_s(),
            seed=seed,
            solution_limit=iteration_limit,
            heard=clock.hear,
        ),
    )
    best = _better(improved, improved.with_halts(polished.halts))
    runs = _runs(problem, best)
    unserved = _unserved(problem, screening, best)
    facts = SolverFacts(
        name=NAME,
        seconds=clock.seconds(),
        iterations=clock.iterations + polished.solutions,
        seed=seed,
    )
    cost = price_plan(problem, runs, unserved)
    return Plan(runs=runs, unserved=unserved, cost=cost, solver=facts)


def _better(left: Draft, right: Draft) -> Draft:
    """OR-Tools counts in thousandths and starts afresh at times: never end up worse."""
    return right if right.is_sound and right.cents < left.cents else left


def _runs(problem: Problem, draft: Draft) -> tuple[Run, ...]:
    return tuple(
        schedule_run(problem, vehicle=track.vehicle, halts=track.halts)
        for track in draft.tracks
        if track.halts
    )


def _unserved(
    problem: Problem, screening: Screening, draft: Draft
) -> tuple[Unserved, ...]:
    is_left = draft.is_open.copy()
    is_left[list(screening.reasons)] = True
    return tuple(
        Unserved(stop=stop, reason=_reason(problem, screening, stop))
        for stop in np.flatnonzero(is_left).tolist()
    )


def _reason(problem: Problem, screening: Screening, stop: int) -> UnservedReason:
    if stop in screening.reasons:
        return screening.reasons[stop]
    if problem.stops.is_mandatory[stop]:
        return UnservedReason.NO_ROOM
    return UnservedReason.NOT_WORTH_IT
