"""Where the time and the money of each run go."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from routing.solver.model import Problem
from routing.solver.plan import Plan, PlanCost, Run, Step, StepKind
from routing.solver.pricing import price_run

_LITRES_PER_M3, _KG_PER_TONNE = 1000, 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class RunMoney:
    """One run's time and money.

    Parameters
    ----------
    drive_s, work_s, tip_s, break_s, wait_s
        What the run's time is made of; rests of the driving rule are breaks, standing
        in a yard for a release is waiting.
    cost
        Its parts of the plan's cost; no prizes.
    stops
        How many it empties.
    collected_l, collected_kg
        What it picks up, whether or not it tips it.
    """

    vehicle: int
    drive_s: int
    work_s: int
    tip_s: int
    break_s: int
    wait_s: int
    cost: PlanCost
    stops: int
    collected_l: float
    collected_kg: float

    @property
    def cents_per_stop(self) -> float | None:
        """Return the run's cost by stop, None for a run without any."""
        return _by(self.cost, self.stops)

    @property
    def cents_per_m3(self) -> float | None:
        """Return the run's cost by cubic metre collected, None where there is none."""
        return _by(self.cost, self.collected_l / _LITRES_PER_M3)

    @property
    def cents_per_tonne(self) -> float | None:
        """Return the run's cost by tonne collected, None where there is none."""
        return _by(self.cost, self.collected_kg / _KG_PER_TONNE)


def explain_runs(problem: Problem, plan: Plan) -> list[RunMoney]:
    """Explain every run of the plan, in its order."""
    return [_explain_run(problem, run) for run in plan.runs]


def _explain_run(problem: Problem, run: Run) -> RunMoney:
    stops = np.array(
        [
            step.location - problem.stop_location(0)
            for step in run.steps
            if step.kind is StepKind.PICKUP
        ],
        np.int64,
    )
    seconds = dict.fromkeys(("drive_s", "work_s", "tip_s", "break_s", "wait_s"), 0)
    for before, step in pairwise(run.steps):
        seconds["drive_s"] += step.leg_travel_s
        seconds["wait_s"] += step.start_s - before.depart_s - step.leg_travel_s
        for name, taken_s in _standing_s(problem, step).items():
            seconds[name] += taken_s
    return RunMoney(
        vehicle=run.vehicle,
        **seconds,
        cost=price_run(problem, run),
        stops=len(stops),
        collected_l=float(problem.stops.demand_l[stops].sum()),
        collected_kg=float(problem.stops.mass_kg[stops].sum()),
    )


def _standing_s(problem: Problem, step: Step) -> dict[str, int]:
    taken_s = step.depart_s - step.start_s
    if step.kind is StepKind.TIP:
        tip_s = int(problem.facilities.tip_s[step.location - problem.depot_count])
        return {"tip_s": tip_s, "wait_s": taken_s - tip_s}
    return {"break_s" if step.kind is StepKind.BREAK else "work_s": taken_s}


def _by(cost: PlanCost, amount: float) -> float | None:
    return cost.total_cents / amount if amount > 0 else None
