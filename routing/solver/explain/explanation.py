"""Why each stop is in the plan or not: its prize beside what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from routing.solver.explain.adding import Added, Adding
from routing.solver.explain.halts import halts_of, idle_without
from routing.solver.explain.quick import Quick
from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, Unserved, UnservedReason
from routing.solver.pricing import price_run


class Why(StrEnum):
    """What the two prices of a stop say: emptying it, and leaving it for a day."""

    MUST = "must be emptied, whatever it costs"
    FOR_NOTHING = "emptying it costs nothing more"
    WORTH_IT = "leaving it costs more than emptying it"
    TIED = "costs more than it is worth, but something else hangs on it"
    NOT_WORTH_IT = "emptying it costs more than leaving it"
    NO_ROOM = "no run has room or time for it"
    NOT_FOUND = "worth emptying; the search ended before it was put in"
    LEFT_OUT = "another rule leaves it out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why one stop is in the plan, or not.

    Parameters
    ----------
    vehicle
        Who empties it, None when nobody does.
    prize_cents
        What emptying it today is worth.
    marginal_cents
        For a stop in the plan: what its run would cost less without it, tips that are
        then idle left out. For one that is not: what the cheapest way of adding it
        costs, the tip included where one is needed; None when no vehicle can hold it
        as the runs are.
    nearest_vehicle
        Which vehicle could add it at that cost.
    waiting_cents
        What leaving it for a day costs; None for a mandatory stop, which may not be
        left. Nothing where another stop of its alternative is emptied instead.
    why
        What the two prices say.
    reason
        Why it is not in the plan, None when it is.
    """

    stop: int
    vehicle: int | None
    prize_cents: int
    marginal_cents: float | None
    nearest_vehicle: int | None
    waiting_cents: float | None
    why: Why
    reason: UnservedReason | None


def explain_plan(problem: Problem, plan: Plan) -> list[Explanation]:
    """Explain every stop of the problem, in order."""
    adding = Adding(problem, plan.runs)
    explanations = [
        each for run in plan.runs for each in _explain_run(adding.quick, run)
    ]
    explanations += [
        _explain_left(problem, left, _added(adding, left)) for left in plan.unserved
    ]
    return sorted(explanations, key=lambda each: each.stop)


def _explain_run(quick: Quick, run: Run) -> Iterator[Explanation]:
    problem, halts = quick.problem, halts_of(run)
    idle = idle_without(problem, run)
    whole_cents = price_run(problem, run).total_cents
    for index, location in enumerate(halts):
        stop = problem.stop_at(location)
        if stop is None:
            continue
        gone = {index, *idle.get(index, ())}
        rest = [each for i, each in enumerate(halts) if i not in gone]
        rest_cents = _cents_of_rest(quick, run.vehicle, rest)
        saved_cents = None if rest_cents is None else whole_cents - rest_cents
        waiting_cents = _waiting_cents(problem, stop)
        yield Explanation(
            stop=stop,
            vehicle=run.vehicle,
            prize_cents=int(problem.stops.prize_cents[stop]),
            marginal_cents=saved_cents,
            nearest_vehicle=run.vehicle,
            waiting_cents=waiting_cents,
            why=_why_served(saved_cents, waiting_cents),
            reason=None,
        )


def _cents_of_rest(quick: Quick, vehicle: int, halts: list[int]) -> float | None:
    """Return what is left of a run costs: nothing, if nothing is left to do."""
    first = quick.problem.stop_location(0)
    is_idle = all(location < first for location in halts)
    if is_idle and not quick.problem.vehicles.is_under_way[vehicle]:
        return 0.0
    return quick.cents(vehicle, halts)


def _why_served(saved_cents: float | None, waiting_cents: float | None) -> Why:
    if waiting_cents is None:
        return Why.MUST
    if saved_cents is None:
        return Why.TIED
    if round(saved_cents) <= 0:
        return Why.FOR_NOTHING
    return Why.WORTH_IT if saved_cents <= waiting_cents else Why.TIED


_OPEN = (UnservedReason.NO_ROOM, UnservedReason.NOT_WORTH_IT)
"""Reasons that do not keep a stop from being added by itself."""


def _added(adding: Adding, left: Unserved) -> Added | None:
    return adding.cheapest(left.stop) if left.reason in _OPEN else None


def _explain_left(problem: Problem, left: Unserved, added: Added | None) -> Explanation:
    cents = None if added is None else added.cents
    waiting_cents = _waiting_cents(problem, left.stop)
    if left.reason is UnservedReason.ALTERNATIVE_SERVED:
        waiting_cents = 0.0
    return Explanation(
        stop=left.stop,
        vehicle=None,
        prize_cents=int(problem.stops.prize_cents[left.stop]),
        marginal_cents=cents,
        nearest_vehicle=None if added is None else added.run.vehicle,
        waiting_cents=waiting_cents,
        why=_why_left(left, cents, waiting_cents),
        reason=left.reason,
    )


def _why_left(left: Unserved, cents: float | None, waiting_cents: float | None) -> Why:
    if left.reason not in _OPEN:
        return Why.LEFT_OUT
    if cents is None:
        return Why.NO_ROOM
    is_dear = waiting_cents is not None and cents >= waiting_cents
    return Why.NOT_WORTH_IT if is_dear else Why.NOT_FOUND


def _waiting_cents(problem: Problem, stop: int) -> float | None:
    stops = problem.stops
    return None if stops.is_mandatory[stop] else float(stops.prize_cents[stop])
