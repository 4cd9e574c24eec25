"""Every rule of the problem stated to OR-Tools, and the search for a cheap plan.

OR-Tools has no types: `Any` stays in this module. Whole matrices are registered, never
Python callbacks, which would be called hundreds of thousands of times a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.arrays import FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.nodes import Nodes

NAME = "or-tools"

_MILLI = 1000  # OR-Tools counts whole numbers: thousandths of a cent, litre, kilogram
_IDLE_TIP_CENTS = 1  # free tips are made for nothing: 24 of them in the first Kim plan

_FIRST = routing_enums_pb2.FirstSolutionStrategy
_STARTS = (
    _FIRST.PATH_CHEAPEST_ARC,
    _FIRST.PARALLEL_CHEAPEST_INSERTION,
    _FIRST.LOCAL_CHEAPEST_INSERTION,
)
"""No one of them is best in general: measured 5.6 to 17 % off on one instance, in
another order on the next."""

_DESCENT_SHARE = 0.1  # of the budget, for each start

Progress = Callable[[float, float], None]
"""Told (seconds so far, cents of the best plan so far) at every better plan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """How long to search: wall seconds and, for repeatable runs, a count of solutions."""

    budget_s: float
    seed: int
    solution_limit: int | None = None
    progress: Progress | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """For each vehicle its nodes from start to end, and the work it took to find them."""

    routes: list[list[int]]
    cost: int
    seconds: float
    iterations: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Model:
    problem: Problem
    nodes: Nodes
    manager: Any
    routing: Any

    def index(self, node: int) -> int:
        return int(self.manager.NodeToIndex(node))


def search_routes(problem: Problem, nodes: Nodes, effort: Effort) -> Found:
    """Descend from several starts, then go on from the best by guided local search."""
    best = Found(routes=[[] for _ in nodes.depot], cost=2**62, seconds=0, iterations=0)
    for start in _STARTS:
        parameters = _parameters(effort, _DESCENT_SHARE * effort.budget_s)
        parameters.first_solution_strategy = start
        best = _search(_build(problem, nodes), parameters, effort, best)
    parameters = _parameters(effort, effort.budget_s - best.seconds)
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    return _search(_build(problem, nodes), parameters, effort, best, is_warm=True)


def _search(
    model: _Model, parameters: Any, effort: Effort, best: Found, *, is_warm: bool = False
) -> Found:
    """Run one search; return the better of what it finds and what was best."""
    routing, solver = model.routing, model.routing.solver()
    solver.ReSeed(effort.seed)
    if effort.progress is not None:
        _report(model, effort.progress, best)
    routing.CloseModelWithParameters(parameters)
    if is_warm:
        start = routing.ReadAssignmentFromRoutes(_indices(model, best.routes), True)
        solution = routing.SolveFromAssignmentWithParameters(start, parameters)
    else:
        solution = routing.SolveWithParameters(parameters)
    found = best
    if solution is not None and solution.ObjectiveValue() < best.cost:
        found_routes = [_route(model, solution, v) for v in range(routing.vehicles())]
        found = Found(
            routes=found_routes, cost=solution.ObjectiveValue(), seconds=0, iterations=0
        )
    return Found(
        routes=found.routes,
        cost=found.cost,
        seconds=best.seconds + solver.WallTime() / 1000,
        iterations=best.iterations + solver.Solutions(),
    )


def _report(model: _Model, progress: Progress, best: Found) -> None:
    routing, solver = model.routing, model.routing.solver()
    lowest = [best.cost]

    def tell() -> None:
        cost = routing.CostVar().Max()
        if cost < lowest[0]:
            lowest[0] = cost
            progress(best.seconds + solver.WallTime() / 1000, cost / _MILLI)

    routing.AddAtSolutionCallback(tell)


def _parameters(effort: Effort, seconds: float) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
    if effort.solution_limit is not None:
        parameters.solution_limit = effort.solution_limit
    return parameters


def _indices(model: _Model, routes: Iterable[Sequence[int]]) -> list[list[int]]:
    return [[model.index(node) for node in route] for route in routes]


def _route(model: _Model, solution: Any, vehicle: int) -> list[int]:
    routing, nodes = model.routing, []
    index = solution.Value(routing.NextVar(routing.Start(vehicle)))
    while not routing.IsEnd(index):
        nodes.append(int(model.manager.IndexToNode(index)))
        index = solution.Value(routing.NextVar(index))
    return nodes


def _build(problem: Problem, nodes: Nodes) -> _Model:
    depots = nodes.depot.tolist()
    manager = pywrapcp.RoutingIndexManager(
        len(nodes.location), len(depots), depots, depots
    )
    routing = pywrapcp.RoutingModel(manager)
    model = _Model(problem=problem, nodes=nodes, manager=manager, routing=routing)
    _price_ways(model)
    _limit_times(model)
    _limit_litres(model)
    _limit_kilograms(model)
    _limit_distance(model)
    _limit_stops(model)
    _offer_nodes(model)
    return model


def _price_ways(model: _Model) -> None:
    """Charge each way, with the work before it, at the rates of the vehicle."""
    problem, nodes, fleet = model.problem, model.nodes, model.problem.vehicles
    distance_km = _between(model, problem.distance_m) / 1000
    spent_h = _spent_s(model) / 3600
    tip_cents = np.append(problem.facilities.tip_cents, 0) + _IDLE_TIP_CENTS
    tips = np.where(nodes.facility >= 0, tip_cents[nodes.facility], 0)
    evaluators: dict[tuple[float, float], int] = {}
    for v, rates in enumerate(zip(fleet.cents_per_km, fleet.cents_per_hour, strict=True)):
        if rates not in evaluators:
            cents = rates[0] * distance_km + rates[1] * spent_h + tips
            evaluators[rates] = model.routing.RegisterTransitMatrix(_whole(cents))
        model.routing.SetArcCostEvaluatorOfVehicle(evaluators[rates], v)
        model.routing.SetFixedCostOfVehicle(int(fleet.fixed_cents[v]) * _MILLI, v)


def _limit_times(model: _Model) -> None:
    """Keep windows, opening hours and shifts; waiting costs the driver's time."""
    problem, routing, fleet = model.problem, model.routing, model.problem.vehicles
    horizon_s = int(fleet.shift_end_s.max())
    transit = routing.RegisterTransitMatrix(_spent_s(model).tolist())
    routing.AddDimension(transit, horizon_s, horizon_s, False, "time")
    dimension = routing.GetDimensionOrDie("time")
    opens_s = _by_node(model, problem.stops.earliest_s, problem.facilities.opens_s)
    closes_s = _by_node(model, problem.stops.latest_s, problem.facilities.closes_s)
    for node in np.flatnonzero(_is_visit(model)):
        dimension.CumulVar(model.index(node)).SetRange(
            int(opens_s[node]), min(int(closes_s[node]), horizon_s)
        )
    may_wait = bool((opens_s > fleet.shift_start_s.min()).any())
    for v in range(len(fleet)):
        shift = int(fleet.shift_start_s[v]), int(fleet.shift_end_s[v])
        dimension.CumulVar(routing.Start(v)).SetRange(*shift)
        dimension.CumulVar(routing.End(v)).SetRange(*shift)
        if may_wait:
            millicents_per_s = round(fleet.cents_per_hour[v] * _MILLI / 3600)
            dimension.SetSlackCostCoefficientForVehicle(millicents_per_s, v)


def _limit_litres(model: _Model) -> None:
    """Fill each compartment to its capacity at most, and bring nothing home."""
    problem = model.problem
    for s in np.unique(problem.stops.stream[_offered_stops(model)]):
        _add_load(
            model,
            name=f"litres {s}",
            demand=np.where(problem.stops.stream == s, problem.stops.demand_l, 0.0),
            capacity=problem.vehicles.capacity_l[:, s],
            is_tipped=problem.facilities.accepts[:, s],
        )


def _limit_kilograms(model: _Model) -> None:
    """Keep the total mass on board within what the vehicle may carry.

    A tip takes off the mass of the accepted streams only. Streams that the same
    facilities accept leave together: one dimension each group, and their sum limited.
    """
    problem, fleet = model.problem, model.problem.vehicles
    columns, group = np.unique(problem.facilities.accepts, axis=1, return_inverse=True)
    names = []
    for g in np.unique(group[problem.stops.stream[_offered_stops(model)]]):
        is_member = group[problem.stops.stream] == g
        names.append(f"kilograms {g}")
        _add_load(
            model,
            name=names[-1],
            demand=np.where(is_member, problem.stops.mass_kg, 0.0),
            capacity=fleet.capacity_kg,
            is_tipped=columns[:, g],
        )
    if len(names) > 1:
        _limit_sum(model, names)


def _limit_sum(model: _Model, names: Sequence[str]) -> None:
    """Limit the sum of several load dimensions after every pickup."""
    routing, solver = model.routing, model.routing.solver()
    dimensions = [routing.GetDimensionOrDie(name) for name in names]
    capacity = _rounded_down(model.problem.vehicles.capacity_kg)
    limits = [sum(capacity), *capacity]  # first: vehicle -1, the stop is left out
    mass = _rounded_up(model.problem.stops.mass_kg)
    for node in np.flatnonzero(model.nodes.stop >= 0):
        index = model.index(node)
        aboard = solver.Sum([dimension.CumulVar(index) for dimension in dimensions])
        limit = solver.Element(limits, (routing.VehicleVar(index) + 1).Var())
        solver.Add(aboard + mass[model.nodes.stop[node]] <= limit)


def _add_load(
    model: _Model,
    *,
    name: str,
    demand: FloatArray,
    capacity: FloatArray,
    is_tipped: IntArray,
) -> None:
    """Add what is collected at stops; a tip may take off all of it, never less at home."""
    routing, nodes = model.routing, model.nodes
    capacities = _rounded_down(capacity)
    largest = max(capacities)
    collected = np.append(_rounded_up(demand), 0)[nodes.stop]
    takes_off = np.append(is_tipped, False)[nodes.facility]
    transit = routing.RegisterUnaryTransitVector(
        np.where(takes_off, -largest, collected).tolist()
    )
    routing.AddDimensionWithVehicleCapacity(transit, largest, capacities, True, name)
    dimension = routing.GetDimensionOrDie(name)
    for node in np.flatnonzero(_is_visit(model) & ~takes_off):
        dimension.SlackVar(model.index(node)).SetValue(0)
    for v in range(routing.vehicles()):
        dimension.SlackVar(routing.Start(v)).SetValue(0)
        dimension.CumulVar(routing.End(v)).SetValue(0)


def _limit_distance(model: _Model) -> None:
    limits = model.problem.vehicles.max_distance_m.tolist()
    transit = model.routing.RegisterTransitMatrix(
        _between(model, model.problem.distance_m).tolist()
    )
    model.routing.AddDimensionWithVehicleCapacity(transit, 0, limits, True, "metres")


def _limit_stops(model: _Model) -> None:
    limits = model.problem.vehicles.max_stops.tolist()
    transit = model.routing.RegisterUnaryTransitVector(
        (model.nodes.stop >= 0).astype(int).tolist()
    )
    model.routing.AddDimensionWithVehicleCapacity(transit, 0, limits, True, "stops")


def _offer_nodes(model: _Model) -> None:
    """Let every node be left out at its price, and only some vehicles come."""
    stops, nodes = model.problem.stops, model.nodes
    penalty = np.where(
        stops.is_mandatory, _mandatory_cents(model.problem), stops.prize_cents
    )
    penalties = np.append(penalty, 0)[nodes.stop] * _MILLI
    for node in np.flatnonzero(_is_visit(model)):
        index = model.index(node)
        model.routing.AddDisjunction([index], int(penalties[node]))
        if not nodes.can_visit[node].all():
            vehicles = np.flatnonzero(nodes.can_visit[node]).tolist()
            model.routing.SetAllowedVehiclesForIndex(vehicles, index)


def _mandatory_cents(problem: Problem) -> int:
    """Return more than any plan can cost, so that no saving pays for a mandatory stop."""
    fleet = problem.vehicles
    shift_h = (fleet.shift_end_s - fleet.shift_start_s) / 3600
    days_cents = (fleet.fixed_cents + fleet.cents_per_hour * shift_h).sum()
    ways_km = 2 * problem.distance_m.max(axis=1).sum() / 1000
    ways_cents = ways_km * fleet.cents_per_km.max()
    return int(days_cents + ways_cents + problem.stops.prize_cents.sum()) + 1


def _is_visit(model: _Model) -> Any:
    return (model.nodes.stop >= 0) | (model.nodes.facility >= 0)


def _offered_stops(model: _Model) -> IntArray:
    return model.nodes.stop[model.nodes.stop >= 0]


def _by_node(model: _Model, of_stop: IntArray, of_facility: IntArray) -> IntArray:
    """(m,): a quantity of stops and facilities, 0 at depots."""
    at_stop = np.append(of_stop, 0)[model.nodes.stop]
    return at_stop + np.append(of_facility, 0)[model.nodes.facility]


def _between(model: _Model, matrix: IntArray) -> IntArray:
    """(m, m): a matrix of locations as one of nodes."""
    return matrix[np.ix_(model.nodes.location, model.nodes.location)]


def _spent_s(model: _Model) -> IntArray:
    """(m, m): the work at a node and the way to the next."""
    problem = model.problem
    work_s = _by_node(model, problem.stops.service_s, problem.facilities.tip_s)
    return work_s[:, None] + _between(model, problem.travel_s)


def _whole(cents: FloatArray) -> list[list[int]]:
    whole: list[list[int]] = np.rint(cents * _MILLI).astype(np.int64).tolist()
    return whole


def _rounded_up(amounts: FloatArray) -> list[int]:
    """Thousandths, never less than there is; 1e-6 forgives what floats cannot hold."""
    return [int(a) for a in np.ceil(amounts * _MILLI - 1e-6)]


def _rounded_down(amounts: FloatArray) -> list[int]:
    return [int(a) for a in np.floor(amounts * _MILLI + 1e-6)]
