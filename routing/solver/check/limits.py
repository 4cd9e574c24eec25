"""Limits of a whole run: shift, duration, distance, and what a day may hold."""

from routing.solver.check.loads import exceeds
from routing.solver.check.rules import FoundInRun, Rule
from routing.solver.check.shape import pickups_of
from routing.solver.check.times import leg_lengths
from routing.solver.model import Problem
from routing.solver.plan import Run


def limit_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find runs that are too early, too late, too long, or hold too much."""
    yield from _shift(problem, run)
    yield from _length(problem, run)
    yield from _day(problem, run)


def _shift(problem: Problem, run: Run) -> FoundInRun:
    fleet, v = problem.vehicles, run.vehicle
    departs_s, start_s = run.steps[0].depart_s, int(fleet.shift_start_s[v])
    if fleet.is_under_way[v] and departs_s != start_s:
        yield 0, Rule.UNDER_WAY, f"departs at {departs_s} s, under way at {start_s} s"
    elif departs_s < start_s:
        yield 0, Rule.SHIFT, f"departs at {departs_s} s, shift begins at {start_s} s"
    returns_s = run.steps[-1].arrive_s
    latest_s = int(fleet.shift_end_s[v]) + int(fleet.overtime_s[v])
    if returns_s > latest_s:
        message = f"returns at {returns_s} s, latest {latest_s} s"
        yield len(run.steps) - 1, Rule.SHIFT, message


def _length(problem: Problem, run: Run) -> FoundInRun:
    fleet, v = problem.vehicles, run.vehicle
    duration_s, most_s = _duration_s(run), int(fleet.max_duration_s[v])
    if duration_s > most_s:
        yield None, Rule.DURATION, f"takes {duration_s} s, limit {most_s} s"
    distance_m, most_m = sum(leg_lengths(problem, run)[1]), int(fleet.max_distance_m[v])
    if distance_m > most_m:
        yield None, Rule.DISTANCE, f"{distance_m} m, limit {most_m} m"


def _duration_s(run: Run) -> int:
    return run.steps[-1].arrive_s - run.steps[0].depart_s


def _day(problem: Problem, run: Run) -> FoundInRun:
    fleet, stops, v = problem.vehicles, problem.stops, run.vehicle
    collected = [stop for _, stop in pickups_of(problem, run)]
    for name, column, limit in (
        ("day_l", stops.demand_l, fleet.day_l[v]),
        ("day_kg", stops.mass_kg, fleet.day_kg[v]),
        ("day_containers", stops.containers, fleet.day_containers[v]),
    ):
        total = float(sum(column[collected].tolist()))
        if exceeds(total, float(limit)):
            yield None, Rule.DAY_LIMIT, f"{name} is {limit:g}, collects {total:g}"
    if len(collected) > int(fleet.max_stops[v]):
        message = f"{len(collected)} stops, limit {int(fleet.max_stops[v])}"
        yield None, Rule.STOP_COUNT, message
    if not collected and not fleet.is_under_way[v]:
        yield None, Rule.IDLE, f"vehicle {v} collects nothing"
