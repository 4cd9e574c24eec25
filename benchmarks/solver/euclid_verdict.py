"""What routes are worth, straight from the file's numbers: no `Problem` in between."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.solver.conventions import Kind
from benchmarks.solver.euclid import EuclidTask
from benchmarks.solver.routes import Route, Verdict


def judge_euclid(task: EuclidTask, routes: Sequence[Route]) -> Verdict:
    """Recompute value and feasibility."""
    faults = [
        *_faults_of_coverage(task, routes),
        *(fault for route in routes for fault in _faults_of_route(task, route)),
    ]
    return Verdict(value=value_of(task, routes), faults=tuple(faults))


def value_of(task: EuclidTask, routes: Sequence[Route]) -> float:
    """Return the objective of the family, in the unit of its published values."""
    total = 0.0
    for route in routes:
        length = int(_legs_of(task, route).sum())
        if task.kind is Kind.FLEET:
            fixed = task.fixed_cost[route.vehicle] * task.convention.scale
            total += length * task.unit_cost[route.vehicle] + fixed
        else:
            total += length
    left = set(range(task.depot_count, task.node_count)) - _visited(routes)
    total += int(task.convention.whole(task.prize[sorted(left)]).sum())
    return total / task.convention.units_of_value


def _legs_of(task: EuclidTask, route: Route) -> "np.typing.NDArray[np.int64]":
    depot = int(task.depot[route.vehicle])
    path = np.array([depot, *route.nodes, depot])
    return task.legs(path[:-1], path[1:])


def _visited(routes: Sequence[Route]) -> set[int]:
    return {node for route in routes for node in route.nodes}


def _faults_of_coverage(task: EuclidTask, routes: Sequence[Route]) -> Iterator[str]:
    times = np.zeros(task.node_count, np.int64)
    for route in routes:
        np.add.at(times, list(route.nodes), 1)
    stops = np.arange(task.node_count) >= task.depot_count
    for node in np.flatnonzero(stops & (times > 1)):
        yield f"node {node} is visited {times[node]} times"
    for node in np.flatnonzero(stops & (times == 0) & (task.prize == 0)):
        yield f"node {node} is not visited"
    used = [route.vehicle for route in routes]
    if len(set(used)) < len(used):
        yield "a vehicle has two routes"


def _trips_of(task: EuclidTask, route: Route) -> list[list[int]]:
    trips: list[list[int]] = [[]]
    for node in route.nodes:
        if node < task.depot_count:
            trips.append([])
        else:
            trips[-1].append(node)
    return trips


def _faults_of_route(task: EuclidTask, route: Route) -> Iterator[str]:
    vehicle = route.vehicle
    for trip in _trips_of(task, route):
        if (load := task.demand[trip].sum()) > task.capacity[vehicle]:
            yield f"vehicle {vehicle} carries {load:g}"
    strangers = [
        node
        for node in route.nodes
        if node < task.depot_count and node not in task.reload_depots
    ]
    if strangers:
        yield f"vehicle {vehicle} reloads at {strangers[0]}"
    if task.may_visit is not None and not task.may_visit[vehicle, route.nodes].all():
        yield f"vehicle {vehicle} goes where it may not"
    yield from _faults_of_times(task, route)


def _faults_of_times(task: EuclidTask, route: Route) -> Iterator[str]:
    """Drive as early as possible; then see how much later it could have left."""
    if not task.has_windows:
        return
    vehicle = route.vehicle
    first_release, *releases = _releases_of(task, route)
    path = np.array([*route.nodes, task.depot[vehicle]])
    opens, closes, service = (
        task.convention.whole(column[path]).tolist()
        for column in (task.opens, task.closes, task.service)
    )
    now = start = max(opens[-1], first_release)
    waited, spare = 0, float("inf")
    for k, leg in enumerate(_legs_of(task, route).tolist()):
        begins = max(now + leg, opens[k])
        waited += begins - now - leg
        spare = min(spare, closes[k] - begins + waited)
        now = max(begins + service[k], releases[k])
        waited += now - begins - service[k]
        if begins > closes[k]:
            yield f"vehicle {vehicle} is late at node {path[k]}: {begins} > {closes[k]}"
    # Leaving later eats what was waited, as long as every window is still met.
    duration = now - start - min(waited, max(0, spare))
    if duration > task.max_duration[vehicle] * task.convention.scale:
        yield f"vehicle {vehicle} is under way for {duration:g}"


def _releases_of(task: EuclidTask, route: Route) -> list[int]:
    """Return before when each place may not be left: what waits for the trip from it.

    The first is the depot; the last, the depot again, is nobody's.
    """
    trips = iter(_trips_of(task, route))
    release = task.convention.whole(task.release)
    leaves = [int(release[next(trips)].max(initial=0))]
    for node in route.nodes:
        is_depot = node < task.depot_count
        leaves.append(int(release[next(trips)].max(initial=0)) if is_depot else 0)
    return [*leaves, 0]
