"""The halts of runs: reading them off, and leaving some out."""

from collections.abc import Sequence

import numpy as np

from routing.solver.model import Problem
from routing.solver.plan import Run, StepKind

_WORK = (StepKind.PICKUP, StepKind.TIP)


def halts_of(run: Run) -> list[int]:
    """Return the locations of pickups and tips, in order."""
    return [step.location for step in run.steps if step.kind in _WORK]


def lock_length(problem: Problem, vehicle: int) -> int:
    """Return how many halts at the beginning are locked."""
    return len(problem.locked[vehicle]) if problem.locked else 0


def drop_idle_tips(problem: Problem, vehicle: int, halts: Sequence[int]) -> list[int]:
    """Leave out tips that empty nothing, but for locked ones."""
    fleet, kept = problem.vehicles, []
    loads = fleet.aboard_l, fleet.aboard_kg, fleet.aboard_containers
    aboard = np.any([load[vehicle] > 0 for load in loads], axis=0)
    locked = lock_length(problem, vehicle)
    for index, location in enumerate(halts):
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if facility is not None:
            gone = aboard & problem.facilities.accepts[facility]
            if index >= locked and not gone.any():
                continue
            aboard = aboard & ~gone
        elif stop is not None:
            aboard[problem.stops.stream[stop]] |= _weighs(problem, stop)
        kept.append(location)
    return kept


def _weighs(problem: Problem, stop: int) -> bool:
    stops = problem.stops
    return bool(
        stops.demand_l[stop] > 0
        or stops.mass_kg[stop] > 0
        or stops.containers[stop] > 0
    )
