"""The search of OR-Tools, and what it found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from ortools.constraint_solver import pywrapcp

from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.locks import Halts, indices_of
from routing.solver.or_tools.state import Stated
from routing.solver.or_tools.thousandths import MILLI

Heard = Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """How long to look.

    Parameters
    ----------
    until_s
        Time of `perf_counter` at which to stop.
    solution_limit
        Stop after so many solutions.
    branch_limit
        Stop after so many branches: where no more solutions are to be found.
    heard
        Told the cents of every better plan.
    """

    until_s: float
    seed: int = 0
    solution_limit: int | None = None
    branch_limit: int | None = None
    heard: Heard | None = None


def search(stated: Stated, halts: Halts | None, effort: Effort) -> Halts | None:
    """Return for each vehicle its halts in the best plan found, None without any.

    Parameters
    ----------
    halts
        A plan to go on from.
    """
    core = stated.core
    core.solver.ReSeed(effort.seed)
    if effort.heard is not None:
        _report(core, effort.heard)
    if effort.branch_limit is not None:
        core.routing.AddSearchMonitor(core.solver.BranchesLimit(effort.branch_limit))
    parameters = _limited(stated, effort)
    start = None if halts is None else _assignment(stated, halts)
    if start is None:
        solution = core.routing.SolveWithParameters(parameters)
    else:
        solution = core.routing.SolveFromAssignmentWithParameters(start, parameters)
    if solution is None:
        return None
    return [_halts(core, solution, v) for v in core.vehicles]


def first_sound(stated: Stated, plans: Sequence[Halts]) -> Halts | None:
    """Return the first of several plans that keeps every rule, or None."""
    return next((plan for plan in plans if cents_of(stated, plan) is not None), None)


def cents_of(stated: Stated, halts: Halts) -> float | None:
    """Return what a plan costs, all prices of what it leaves out included.

    None: it breaks a rule.
    """
    assignment = _assignment(stated, halts)
    return None if assignment is None else assignment.ObjectiveValue() / MILLI


def _assignment(stated: Stated, halts: Halts) -> Untyped:
    """Return the plan as OR-Tools writes it, None if it breaks a rule."""
    core = stated.core
    routes = indices_of(core, halts, stated.held)
    if routes is None or not _may_come(core, routes):
        return None
    return core.routing.ReadAssignmentFromRoutes(routes, False)


def _may_come(core: Core, routes: Halts) -> bool:
    """Tell whether each vehicle is allowed where it goes: OR-Tools would complain."""
    return all(
        core.nodes.may_come[core.manager.IndexToNode(index), vehicle]
        for vehicle, route in enumerate(routes)
        for index in route
    )


def _limited(stated: Stated, effort: Effort) -> Untyped:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.CopyFrom(stated.parameters)
    left_ms = int(1000 * (effort.until_s - perf_counter()))
    parameters.time_limit.FromMilliseconds(max(1, left_ms))
    if effort.solution_limit is not None:
        parameters.solution_limit = max(1, effort.solution_limit)
    return parameters


def _report(core: Core, heard: Heard) -> None:
    lowest = [2**62]

    def tell() -> None:
        cost = core.routing.CostVar().Max()
        if cost < lowest[0]:
            lowest[0] = cost
            heard(cost / MILLI)

    core.routing.AddAtSolutionCallback(tell)


def _halts(core: Core, solution: Untyped, vehicle: int) -> list[int]:
    routing, nodes = core.routing, []
    index = solution.Value(routing.NextVar(routing.Start(vehicle)))
    while not routing.IsEnd(index):
        nodes.append(core.manager.IndexToNode(index))
        index = solution.Value(routing.NextVar(index))
    is_useful = bool((core.nodes.stop[nodes] >= 0).any())
    if not is_useful and not core.problem.vehicles.is_under_way[vehicle]:
        return []  # tips alone are no run
    halts: list[int] = core.nodes.location[nodes].tolist()
    return halts
