"""How much of the clock matters in a problem."""

from routing.solver.model import Problem
from routing.solver.problem.fields import LATEST_S, UNLIMITED

NONE, WINDOWS, SPANS, FULL = range(4)
"""See `Facts.level`."""


def clock_level(problem: Problem) -> int:
    """Return how much of the clock matters: see `Facts.level`."""
    stops, sites, fleet = problem.stops, problem.facilities, problem.vehicles
    if (
        any(rest.breaks or rest.driving for rest in problem.rests)
        or (stops.release_s > 0).any()
        or stops.earliest_s.shape[1] > 1
        or sites.opens_s.shape[1] > 1
    ):
        return FULL
    if (
        (fleet.cents_per_hour > 0).any()
        or (fleet.max_duration_s < UNLIMITED).any()
        or ((fleet.overtime_s > 0) & (fleet.overtime_cents_per_hour > 0)).any()
        or (
            (fleet.fair_duration_s < UNLIMITED) & (fleet.unfair_cents_per_hour > 0)
        ).any()
    ):
        return SPANS
    return WINDOWS if _may_be_late(problem) else NONE


def _may_be_late(problem: Problem) -> bool:
    """Tell whether the longest day that could be driven would miss anything."""
    stops, sites, fleet = problem.stops, problem.facilities, problem.vehicles
    opens_s = [stops.earliest_s.max(initial=0), sites.opens_s.max(initial=0)]
    closes_s = [
        stops.latest_s.min(initial=LATEST_S),
        sites.closes_s.min(initial=LATEST_S),
    ]
    closes_s.append(fleet.latest_end_s.min())
    begins_s = max(*opens_s, int(fleet.shift_start_s.max()))
    halts = 2 * len(stops) + 2
    longest_s = halts * problem.ways.longest()[0] + int(stops.work_s.sum())
    longest_s += len(stops) * int(sites.tip_s.max(initial=0))
    return bool(begins_s + longest_s > min(closes_s))
