"""The halts of runs: reading them off, and leaving some out."""

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


def idle_without(problem: Problem, run: Run) -> dict[int, list[int]]:
    """For pickups, by index among the halts: tips that empty nothing without them.

    Locked tips are left out: they come whatever they empty.
    """
    halts, locked = halts_of(run), lock_length(problem, run.vehicle)
    fleet, stops, idle = problem.vehicles, problem.stops, dict[int, list[int]]()
    loads = fleet.aboard_l, fleet.aboard_kg, fleet.aboard_containers
    at_start = np.any([load[run.vehicle] > 0 for load in loads], axis=0)
    givers = [{_AT_START} if is_aboard else set() for is_aboard in at_start]
    for index, location in enumerate(halts):
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if stop is not None:
            givers[stops.stream[stop]].add(index)
        elif facility is not None:
            taken = problem.facilities.accepts[facility].nonzero()[0].tolist()
            emptied = set().union(*(givers[stream] for stream in taken))
            for stream in taken:
                givers[stream] = set()
            if len(emptied) == 1 and index >= locked:
                idle.setdefault(emptied.pop(), []).append(index)
    return idle


_AT_START = -1
