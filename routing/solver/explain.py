"""Why each stop is in the plan or not: its prize beside what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, StepKind, UnservedReason
from routing.solver.pricing import price_run
from routing.solver.schedule import schedule_run


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
        For a stop in the plan: what its run would cost less without it. For one that
        is not: what the cheapest way of adding it costs, the tip included where one
        is needed; None when no run can hold it as the runs are.
    nearest_vehicle
        Which vehicle could add it at that cost.
    reason
        Why it is not in the plan, None when it is.
    """

    stop: int
    vehicle: int | None
    prize_cents: int
    marginal_cents: float | None
    nearest_vehicle: int | None
    reason: UnservedReason | None


def explain_plan(problem: Problem, plan: Plan) -> list[Explanation]:
    """Explain every stop of the problem, in order."""
    raise NotImplementedError
