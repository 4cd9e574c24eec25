"""Every rule of the problem stated to OR-Tools, which then improves a plan under them.

OR-Tools has no types: `Any` stays in this module. Whole matrices are registered, never
Python callbacks, which would be called hundreds of thousands of times a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.effort import Effort
from routing.solver.model import UNLIMITED, Problem
from routing.solver.nodes import (
    Nodes,
    between_nodes,
    by_node,
    lay_nodes,
    nodes_of,
    spent_s,
)
from routing.solver.pricing import cents_of, mandatory_cents
from routing.solver.screening import Screening
from routing.solver.thousandths import MILLI, rounded_down, rounded_up

Untyped = Any
"""An object of OR-Tools."""

_FIRST = routing_enums_pb2.FirstSolutionStrategy
_META = routing_enums_pb2.LocalSearchMetaheuristic

_IDLE_TIP_CENTS = 1  # free tips are made for nothing: 24 of them in the first Kim plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Polished:
    """For each vehicle the locations it halts at, and the work it took to find them."""

    halts: list[list[int]]
    solutions: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Model:
    problem: Problem
    nodes: Nodes
    manager: Untyped
    routing: Untyped

    def index(self, node: int | np.signedinteger) -> int:
        return int(self.manager.NodeToIndex(int(node)))


def polish(
    problem: Problem,
    screening: Screening,
    halts: Sequence[Sequence[int]],
    effort: Effort,
) -> Polished:
    """Go on from given halts by guided local search, under every rule.

    Where the halts break a rule as OR-Tools sees it, it starts afresh.
    """
    model = _build(problem, lay_nodes(problem, screening, halts))
    parameters = _parameters(effort)
    routing, solver = model.routing, model.routing.solver()
    solver.ReSeed(effort.seed)
    _report(model, effort.heard)
    routing.CloseModelWithParameters(parameters)
    start = _assignment(model, halts)
    if start is None:
        solution = routing.SolveWithParameters(parameters)
    else:
        solution = routing.SolveFromAssignmentWithParameters(start, parameters)
    if solution is None:
        return Polished(halts=[list(each) for each in halts], solutions=0)
    found = [_halts(model, solution, v) for v in range(routing.vehicles())]
    return Polished(halts=found, solutions=solver.Solutions())


def _assignment(model: _Model, halts: Sequence[Sequence[int]]) -> Untyped:
    routes = nodes_of(model.nodes, halts)
    if routes is None:
        return None
    indices = [[model.index(node) for node in route] for route in routes]
    return model.routing.ReadAssignmentFromRoutes(indices, True)


def _report(model: _Model, heard: Callable[[float], None]) -> None:
    lowest = [2**62]

    def tell() -> None:
        cost = model.routing.CostVar().Max()
        if cost < lowest[0]:
            lowest[0] = cost
            heard(cost / MILLI)

    model.routing.AddAtSolutionCallback(tell)


def _parameters(effort: Effort) -> Untyped:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = _FIRST.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = _META.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(1, int(1000 * effort.budget_s)))
    if effort.solution_limit is not None:
        parameters.solution_limit = max(1, effort.solution_limit)
    return parameters


def _halts(model: _Model, solution: Untyped, vehicle: int) -> list[int]:
    routing, nodes = model.routing, []
    index = solution.Value(routing.NextVar(routing.Start(vehicle)))
    while not routing.IsEnd(index):
        nodes.append(model.manager.IndexToNode(index))
        index = solution.Value(routing.NextVar(index))
    halts: list[int] = model.nodes.location[nodes].tolist()
    return halts


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
    distance_m = between_nodes(nodes, problem.distance_m)
    duration_s = spent_s(problem, nodes)
    tip_cents = np.append(problem.facilities.tip_cents, 0) + _IDLE_TIP_CENTS
    tips = np.where(nodes.facility >= 0, tip_cents[nodes.facility], 0)
    evaluators: dict[tuple[float, float], int] = {}
    for v, rates in enumerate(
        zip(fleet.cents_per_km, fleet.cents_per_hour, strict=True)
    ):
        if rates not in evaluators:
            cents = cents_of(problem, v, distance_m=distance_m, duration_s=duration_s)
            matrix = np.rint((cents + tips) * MILLI).astype(np.int64).tolist()
            evaluators[rates] = model.routing.RegisterTransitMatrix(matrix)
        model.routing.SetArcCostEvaluatorOfVehicle(evaluators[rates], v)
        model.routing.SetFixedCostOfVehicle(int(fleet.fixed_cents[v]) * MILLI, v)


def _limit_times(model: _Model) -> None:
    """Keep windows, opening hours and shifts; waiting costs the driver's time."""
    problem, routing, fleet = model.problem, model.routing, model.problem.vehicles
    horizon_s = int(fleet.shift_end_s.max())
    transit = routing.RegisterTransitMatrix(spent_s(problem, model.nodes).tolist())
    routing.AddDimension(transit, horizon_s, horizon_s, False, "time")
    dimension = routing.GetDimensionOrDie("time")
    opens_s = by_node(model.nodes, problem.locations.opens_s)
    closes_s = by_node(model.nodes, problem.locations.closes_s)
    for node in np.flatnonzero(model.nodes.is_visit):
        dimension.CumulVar(model.index(node)).SetRange(
            int(opens_s[node]), min(int(closes_s[node]), horizon_s)
        )
    may_wait = bool((opens_s > fleet.shift_start_s.min()).any())
    for v in range(len(fleet)):
        shift = int(fleet.shift_start_s[v]), int(fleet.shift_end_s[v])
        dimension.CumulVar(routing.Start(v)).SetRange(*shift)
        dimension.CumulVar(routing.End(v)).SetRange(*shift)
        if may_wait:
            millicents_per_s = round(fleet.cents_per_hour[v] * MILLI / 3600)
            dimension.SetSlackCostCoefficientForVehicle(millicents_per_s, v)


def _limit_litres(model: _Model) -> None:
    """Fill each compartment to its capacity at most, and bring nothing home."""
    problem = model.problem
    for s in np.unique(problem.stops.stream[model.nodes.offered_stops]):
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
    for g in np.unique(group[problem.stops.stream[model.nodes.offered_stops]]):
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
    capacity = rounded_down(model.problem.vehicles.capacity_kg)
    limits = [sum(capacity), *capacity]  # first: vehicle -1, the stop is left out
    mass = rounded_up(model.problem.stops.mass_kg)
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
    is_tipped: BoolArray,
) -> None:
    """Add what stops put on board and tips take off; nothing may be left at home."""
    routing, nodes = model.routing, model.nodes
    capacities = rounded_down(capacity)
    largest = max(capacities)
    collected = np.append(rounded_up(demand), 0)[nodes.stop]
    takes_off = np.append(is_tipped, False)[nodes.facility]
    transit = routing.RegisterUnaryTransitVector(
        np.where(takes_off, -largest, collected).tolist()
    )
    routing.AddDimensionWithVehicleCapacity(transit, largest, capacities, True, name)
    dimension = routing.GetDimensionOrDie(name)
    for node in np.flatnonzero(nodes.is_visit & ~takes_off):
        dimension.SlackVar(model.index(node)).SetValue(0)
    for v in range(routing.vehicles()):
        dimension.SlackVar(routing.Start(v)).SetValue(0)
        dimension.CumulVar(routing.End(v)).SetValue(0)


def _limit_distance(model: _Model) -> None:
    matrix = between_nodes(model.nodes, model.problem.distance_m).tolist()
    transit = model.routing.RegisterTransitMatrix(matrix)
    _limit_total(model, transit, model.problem.vehicles.max_distance_m, "metres")


def _limit_stops(model: _Model) -> None:
    is_stop = (model.nodes.stop >= 0).astype(int).tolist()
    transit = model.routing.RegisterUnaryTransitVector(is_stop)
    _limit_total(model, transit, model.problem.vehicles.max_stops, "stops")


def _limit_total(model: _Model, transit: int, limits: IntArray, name: str) -> None:
    if (limits < UNLIMITED).any():
        model.routing.AddDimensionWithVehicleCapacity(
            transit, 0, limits.tolist(), True, name
        )


def _offer_nodes(model: _Model) -> None:
    """Let every node be left out at its price, and only some vehicles come."""
    stops, nodes = model.problem.stops, model.nodes
    penalty = np.where(
        stops.is_mandatory, mandatory_cents(model.problem), stops.prize_cents
    )
    penalties = np.append(penalty, 0)[nodes.stop] * MILLI
    for node in np.flatnonzero(nodes.is_visit):
        index = model.index(node)
        model.routing.AddDisjunction([index], int(penalties[node]))
        if not nodes.can_visit[node].all():
            vehicles = np.flatnonzero(nodes.can_visit[node]).tolist()
            # SetAllowedVehiclesForIndex takes no list in OR-Tools 9.15; -1: left out.
            model.routing.VehicleVar(index).SetValues([-1, *vehicles])
