"""The search of OR-Tools, and what it found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.locks import Halts, indices_of
from routing.solver.or_tools.state import Stated
from routing.solver.or_tools.thousandths import MILLI

_FIRST = routing_enums_pb2.FirstSolutionStrategy
_META = routing_enums_pb2.LocalSearchMetaheuristic

_TRIAL_S = 10  # wall seconds; the times of runs are not found without any

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
    heard
        Told the cents of every better plan.
    """

    until_s: float
    seed: int = 0
    solution_limit: int | None = None
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
    parameters = _parameters(stated, effort)
    core.routing.CloseModelWithParameters(parameters)
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
    parameters = _parameters(stated, Effort(until_s=perf_counter() + _TRIAL_S))
    stated.core.routing.CloseModelWithParameters(parameters)
    return next((plan for plan in plans if _assignment(stated, plan) is not None), None)


def _assignment(stated: Stated, halts: Halts) -> Untyped:
    """Return the plan as OR-Tools writes it, None if it breaks a rule."""
    core = stated.core
    routes = indices_of(core, halts, stated.held)
    if routes is None or not _may_come(core, routes):
        return None
    return core.routing.ReadAssignmentFromRoutes(routes, True)


def _may_come(core: Core, routes: Halts) -> bool:
    """Tell whether each vehicle is allowed where it goes: OR-Tools would complain."""
    return all(
        core.nodes.may_come[core.manager.IndexToNode(index), vehicle]
        for vehicle, route in enumerate(routes)
        for index in route
    )


def _parameters(stated: Stated, effort: Effort) -> Untyped:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = _FIRST.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = _META.GUIDED_LOCAL_SEARCH
    left_ms = int(1000 * (effort.until_s - perf_counter()))
    parameters.time_limit.FromMilliseconds(max(1, left_ms))
    if effort.solution_limit is not None:
        parameters.solution_limit = max(1, effort.solution_limit)
    # Linear programs for the times of a run do not know which halts come before which
    # pause, and let the search see an eighth of the neighbours it sees without them.
    parameters.disable_scheduling_beware_this_may_degrade_performance = (
        stated.has_pauses
    )
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
