"""What waste-collection routes are worth, straight from the file's numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.solver.kim import FEET_PER_MILE, LUNCH_FROM_S, LUNCH_UNTIL_S, KimTask
from benchmarks.solver.routes import Route, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What Kim et al. (2006, table 3) reach with clustering, their algorithm 2."""

    vehicles: int
    miles: float


KIM_2006 = {
    "102_stop": Published(vehicles=3, miles=205.1),
    "277_stop": Published(vehicles=3, miles=527.3),
    "335_stop": Published(vehicles=6, miles=205.0),
    "444_stop": Published(vehicles=11, miles=87.0),
    "804_stop": Published(vehicles=5, miles=769.5),
}


def judge_kim(task: KimTask, routes: Sequence[Route]) -> Verdict:
    """Recompute miles, vehicles and every rule of the instance."""
    miles = sum(_miles_of(task, route) for route in routes)
    faults = [
        *_faults_of_coverage(task, routes),
        *(fault for route in routes for fault in _faults_of_loads(task, route)),
        *(
            f"vehicle {route.vehicle} meets a window, lunch or the shift's end too late"
            for route in routes
            if not can_drive(task, route)
        ),
    ]
    figures = {"vehicles": float(len(routes)), "miles": miles}
    return Verdict(value=miles, faults=tuple(faults), figures=figures)


def can_drive(task: KimTask, route: Route) -> bool:
    """Return whether some place for lunch lets the route keep all its times.

    Lunch may be before the vehicle leaves, after it is back, or on any leg.
    """
    legs = len(route.nodes) + 1
    return any(_arrives_in_time(task, route, at) for at in range(-1, legs + 1))


def _miles_of(task: KimTask, route: Route) -> float:
    path = np.array([0, *route.nodes, 0])
    return float(task.legs_feet(path[:-1], path[1:]).sum()) / FEET_PER_MILE


def _faults_of_coverage(task: KimTask, routes: Sequence[Route]) -> Iterator[str]:
    stops = range(task.first_stop, task.node_count)
    seen = [node for route in routes for node in route.nodes if node in stops]
    if sorted(seen) != list(stops):
        yield f"{len(seen)} visits serve {len(set(seen))} of {len(stops)} stops"
    used = [route.vehicle for route in routes]
    if len(set(used)) < len(used):
        yield "a vehicle has two routes"


def _faults_of_loads(task: KimTask, route: Route) -> Iterator[str]:
    stops = [node for node in route.nodes if node >= task.first_stop]
    if task.load_yards[stops].sum() > task.day_yards or len(stops) > task.day_stops:
        yield f"vehicle {route.vehicle} collects more than a day allows"
    aboard = most = 0.0
    for node in route.nodes:
        aboard = 0.0 if node < task.first_stop else aboard + task.load_yards[node]
        most = max(most, aboard)
    if most > task.capacity_yards + 1e-9:
        yield f"vehicle {route.vehicle} carries {most:g} yards"
    if aboard:
        yield f"vehicle {route.vehicle} comes home with {aboard:g} yards"


def _arrives_in_time(task: KimTask, route: Route, lunch_at: int) -> bool:
    path = [*route.nodes, 0]
    here, there = np.array([0, *route.nodes]), np.array(path)
    now = int(task.opens_s[0])
    if lunch_at < 0:
        now = max(now, LUNCH_FROM_S + task.lunch_s)
    for k, leg_s in enumerate(task.legs_s(here, there).tolist()):
        if k == lunch_at and now > LUNCH_UNTIL_S:
            return False
        arrives = now + leg_s
        if k == lunch_at:
            # On the way, or at its end when it is not yet eleven.
            arrives = max(arrives, LUNCH_FROM_S) + task.lunch_s
        now = max(arrives, int(task.opens_s[path[k]]))
        if now > task.closes_s[path[k]]:
            return False
        now += int(task.service_s[path[k]])
    return lunch_at <= len(route.nodes) or now <= LUNCH_UNTIL_S
