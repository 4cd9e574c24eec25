"""What is being stated to OR-Tools: its model, and the nodes behind its indices.

OR-Tools has no types: `Untyped` stays inside this package. Whole matrices are
registered, never Python callbacks, which would be called hundreds of thousands of
times a second.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from routing.arrays import IntArray
from routing.solver.model import Problem
from routing.solver.or_tools.nodes import Nodes

Untyped = Any
"""An object of OR-Tools."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Core:
    """A problem, its nodes, and the model of OR-Tools that rules are stated to."""

    problem: Problem
    nodes: Nodes
    manager: Untyped
    routing: Untyped

    @property
    def solver(self) -> Untyped:
        """Return the constraint solver under the routing model."""
        return self.routing.solver()

    @property
    def vehicles(self) -> range:
        """Return the vehicles."""
        return range(len(self.problem.vehicles))

    @property
    def work_s(self) -> IntArray:
        """(m,): seconds of work at each node."""
        stops, facilities = self.problem.stops, self.problem.facilities
        return self.nodes.of_stops(stops.work_s) + self.nodes.of_facilities(
            facilities.tip_s
        )

    def index(self, node: int | np.integer) -> int:
        """Return the index of a visit; starts and ends have one for each vehicle."""
        return int(self.manager.NodeToIndex(int(node)))

    def indices(self) -> list[tuple[int, int]]:
        """Return (index, node) of all indices that a vehicle goes on from."""
        size = self.routing.Size()
        return [(i, int(self.manager.IndexToNode(i))) for i in range(size)]

    def visits_of(self, stops: tuple[int, ...] | list[int]) -> list[int]:
        """Return the indices of those of the stops that are offered."""
        node_of = {int(self.nodes.stop[n]): int(n) for n in self.nodes.stops}
        return [self.index(node_of[stop]) for stop in stops if stop in node_of]

    def matrix(self, between_nodes: IntArray) -> int:
        """Register (m, m) numbers and return what OR-Tools calls them."""
        return int(self.routing.RegisterTransitMatrix(between_nodes.tolist()))

    def vector(self, by_node: IntArray) -> int:
        """Register (m,) numbers, each spent at its node, and return their name."""
        return int(self.routing.RegisterUnaryTransitVector(by_node.tolist()))

    def dimension(self, name: str) -> Untyped:
        """Return a dimension that was added."""
        return self.routing.GetDimensionOrDie(name)

    def by_vehicle(self, index: int, numbers: IntArray, left_out: int) -> Untyped:
        """Return the number of the vehicle that comes to an index, as an expression.

        Parameters
        ----------
        numbers
            (v,) one for each vehicle.
        left_out
            The number when nobody comes.
        """
        if (numbers == numbers[0]).all():
            return int(numbers[0])
        vehicle = self.routing.VehicleVar(index)
        table = [left_out, *numbers.tolist()]
        return self.solver.Element(table, (vehicle + 1).Var())


def new_core(problem: Problem, nodes: Nodes) -> Core:
    """Return a model that knows the nodes and no rule yet."""
    manager = pywrapcp.RoutingIndexManager(
        len(nodes), len(problem.vehicles), nodes.start.tolist(), nodes.end.tolist()
    )
    routing = pywrapcp.RoutingModel(manager)
    return Core(problem=problem, nodes=nodes, manager=manager, routing=routing)
