"""Why each stop is in the plan or not: its prize beside what it costs."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.insertion import cheapest_insertions
from routing.solver.model import Problem
from routing.solver.plan import Plan, Run, StepKind, UnservedReason
from routing.solver.pricing import price_plan
from routing.solver.schedule import drop_idle_tips, schedule_run
from routing.solver.screening import screen_stops
from routing.solver.track import Track, lay_track


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
    served = {
        explanation.stop: explanation
        for run in plan.runs
        for explanation in _explain_run(problem, run)
    }
    left = np.array([unserved.stop for unserved in plan.unserved], dtype=np.int64)
    cents = _cents_of_adding(problem, plan, left)
    for row, unserved in enumerate(plan.unserved):
        vehicle = int(cents[row].argmin())
        fits = bool(np.isfinite(cents[row, vehicle]))
        served[unserved.stop] = Explanation(
            stop=unserved.stop,
            vehicle=None,
            prize_cents=int(problem.stops.prize_cents[unserved.stop]),
            marginal_cents=float(cents[row, vehicle]) if fits else None,
            nearest_vehicle=vehicle if fits else None,
            reason=unserved.reason,
        )
    return [served[stop] for stop in sorted(served)]


def _explain_run(problem: Problem, run: Run) -> list[Explanation]:
    halts = _halts(run)
    whole_cents = _run_cents(problem, run.vehicle, halts)
    explanations = []
    for location in halts:
        stop = problem.stop_at(location)
        if stop is None:
            continue
        rest = [x for x in halts if x != location]
        saved_cents = whole_cents - _run_cents(problem, run.vehicle, rest)
        explanations.append(
            Explanation(
                stop=stop,
                vehicle=run.vehicle,
                prize_cents=int(problem.stops.prize_cents[stop]),
                marginal_cents=saved_cents,
                nearest_vehicle=run.vehicle,
                reason=None,
            )
        )
    return explanations


def _cents_of_adding(problem: Problem, plan: Plan, stops: IntArray) -> np.ndarray:
    """(k, v): the cheapest insertion of each stop into each vehicle's run."""
    can_take: BoolArray = screen_stops(problem).can_take[stops]
    columns = [
        np.where(can_take[:, track.vehicle], _asked(problem, track, stops), np.inf)
        for track in _tracks(problem, plan)
    ]
    return np.stack(columns, axis=1)


def _asked(problem: Problem, track: Track, stops: IntArray) -> np.ndarray:
    if not len(stops):
        return np.empty(0)
    return cheapest_insertions(problem, track, stops).cents


def _tracks(problem: Problem, plan: Plan) -> list[Track]:
    halts = {run.vehicle: _halts(run) for run in plan.runs}
    return [
        lay_track(problem, vehicle=v, halts=halts.get(v, []))
        for v in range(len(problem.vehicles))
    ]


def _halts(run: Run) -> list[int]:
    work = (StepKind.PICKUP, StepKind.TIP)
    return [step.location for step in run.steps if step.kind in work]


def _run_cents(problem: Problem, vehicle: int, halts: list[int]) -> float:
    halts = drop_idle_tips(problem, halts)
    if not halts:
        return 0.0
    run = schedule_run(problem, vehicle=vehicle, halts=halts)
    return price_plan(problem, [run], []).total_cents
