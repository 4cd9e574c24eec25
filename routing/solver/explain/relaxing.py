"""The cheapest limit to give way for a mandatory stop that found no room."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from routing.solver.explain.adding import Added, Adding
from routing.solver.explain.halts import halts_of
from routing.solver.explain.limits import (
    LATEST,
    LIMITS,
    lift_limit,
    limits_of,
    relax_problem,
)
from routing.solver.explain.quick import Quick
from routing.solver.explain.verdict import sound_run
from routing.solver.model import Problem
from routing.solver.plan import Relaxation, Run, Unserved, UnservedReason
from routing.solver.pricing import price_run

_CENT = 0.01
"""Less than that is no less."""

_MOST_STOPS = 20
"""Who reads why they found no room reads no more than that."""

_RELAXABLE = (
    UnservedReason.NO_ROOM,
    UnservedReason.TOO_LARGE,
    UnservedReason.TOO_HEAVY,
    UnservedReason.OUT_OF_REACH,
)


def with_relaxations(
    problem: Problem, runs: Sequence[Run], unserved: Sequence[Unserved]
) -> tuple[Unserved, ...]:
    """Say of mandatory stops what would make room for them, one limit at a time."""
    stops = [
        each.stop
        for each in unserved
        if problem.stops.is_mandatory[each.stop] and each.reason in _RELAXABLE
    ][:_MOST_STOPS]
    found = _cheapest(problem, runs, stops)
    return tuple(
        replace(each, relaxation=found.get(each.stop)) if each.stop in stops else each
        for each in unserved
    )


def _cheapest(
    problem: Problem, runs: Sequence[Run], stops: Sequence[int]
) -> dict[int, Relaxation]:
    """Try one limit after the other; of two that cost the same the first is taken."""
    best: dict[int, Relaxation] = {}
    for limit in limits_of(problem) if stops else []:
        adding = Adding(lift_limit(problem, limit, stops), runs)
        for stop in stops:
            most_cents = best[stop].cents - _CENT if stop in best else np.inf
            added = adding.cheapest(stop, below_cents=most_cents)
            if added is None:
                continue
            made = _relaxation(problem, runs, stop, limit, added)
            if made is not None and made.cents < most_cents:
                best[stop] = made
    return best


def _relaxation(
    problem: Problem, runs: Sequence[Run], stop: int, limit: str, added: Added
) -> Relaxation | None:
    """Return the least that makes the run sound, and what the plan then costs more."""
    vehicle, halts = added.run.vehicle, halts_of(added.run)
    amount = LIMITS[limit](problem, added.run, stop)
    if limit == LATEST:
        amount = _least_delay_s(problem, stop, vehicle, halts, round(amount))
    # Room within every limit: the search will find it, nothing has to give way.
    if amount <= 0:
        return None
    made = Relaxation(limit=limit, amount=amount, vehicle=vehicle, cents=0.0)
    relaxed = relax_problem(problem, stop, made)
    run = sound_run(relaxed, vehicle=vehicle, halts=halts)
    if run is None:
        return None
    before = [price_run(problem, each) for each in runs if each.vehicle == vehicle]
    cents = price_run(relaxed, run).total_cents - sum(c.total_cents for c in before)
    return replace(made, cents=cents)


def _least_delay_s(
    problem: Problem, stop: int, vehicle: int, halts: Sequence[int], enough_s: int
) -> int:
    """Halve the delay until less is too little: the run may come later than it must."""
    too_little_s = 0
    while enough_s - too_little_s > 1:
        middle_s = (enough_s + too_little_s) // 2
        made = Relaxation(limit=LATEST, amount=middle_s, vehicle=vehicle, cents=0.0)
        quick = Quick(relax_problem(problem, stop, made))
        if quick.cents(vehicle, halts) is None:
            too_little_s = middle_s
        else:
            enough_s = middle_s
    return enough_s
