"""Who may come to a stop, and what may not ride in one run."""

from itertools import combinations

from routing.solver.check.rules import FoundInRun, Rule
from routing.solver.check.shape import pickups_of
from routing.solver.model import Problem
from routing.solver.plan import Run


def permit_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find stops whose skills or pin forbid the vehicle, and streams in conflict."""
    stops, v = problem.stops, run.vehicle
    pickups = pickups_of(problem, run)
    for i, stop in pickups:
        is_lacking = stops.needs[stop] & ~problem.vehicles.has[v]
        for skill in is_lacking.nonzero()[0].tolist():
            yield i, Rule.SKILLS, f"vehicle {v} has no {problem.skills[skill]}"
        pinned = int(stops.pinned_vehicle[stop])
        if pinned not in (-1, v):
            yield i, Rule.PINNED, f"stop {stop} is for vehicle {pinned}, not {v}"
    collected = sorted({int(stops.stream[stop]) for _, stop in pickups})
    for one, other in combinations(collected, 2):
        if problem.conflicts[one, other]:
            names = f"{problem.streams[one]} and {problem.streams[other]}"
            yield None, Rule.CONFLICT, f"{names} in one run"
