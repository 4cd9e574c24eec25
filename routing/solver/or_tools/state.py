"""A problem with every rule of it stated to OR-Tools."""

from collections.abc import Callable
from dataclasses import dataclass

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.core import Core, Untyped, new_core
from routing.solver.or_tools.costs import (
    left_out_millicents,
    price_legs,
    price_vehicles,
)
from routing.solver.or_tools.days import limit_days
from routing.solver.or_tools.loads import limit_loads
from routing.solver.or_tools.locks import Halts, hold_locks
from routing.solver.or_tools.nodes import lay_nodes
from routing.solver.or_tools.pauses import limit_pauses
from routing.solver.or_tools.ties import (
    keep_order,
    keep_streams_apart,
    keep_together,
    offer_nodes,
)
from routing.solver.or_tools.times import limit_times, price_times
from routing.solver.or_tools.tonnage import price_tonnage

_FIRST = routing_enums_pb2.FirstSolutionStrategy
_META = routing_enums_pb2.LocalSearchMetaheuristic

_LONG_S = 86_400  # OR-Tools complains about guided local search without any limit


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stated:
    """A problem stated to OR-Tools.

    Parameters
    ----------
    held
        For each vehicle the indices of its locked beginning.
    parameters
        How OR-Tools searches, limits aside.
    """

    core: Core
    held: Halts
    parameters: Untyped


def state(
    problem: Problem,
    may_take: BoolArray,
    *,
    halts: Halts = (),
    further: Callable[[Core, Halts], None] | None = None,
) -> Stated | None:
    """State every rule; None if a locked stop cannot be offered.

    Parameters
    ----------
    halts
        For each vehicle the halts of a plan that there must be nodes for.
    further
        States something more, given the indices of the locked beginnings.
    """
    core = new_core(problem, lay_nodes(problem, may_take, halts))
    price_legs(core)
    price_vehicles(core)
    limit_times(core)
    price_times(core)
    limit_loads(core)
    limit_days(core)
    price_tonnage(core)
    has_pauses = limit_pauses(core)
    offer_nodes(core, left_out_millicents(core))
    keep_streams_apart(core)
    keep_together(core)
    keep_order(core)
    held = hold_locks(core, problem.locked)
    if held is None:
        return None
    if further is not None:
        further(core, held)
    parameters = _parameters(has_pauses=has_pauses)
    core.routing.CloseModelWithParameters(parameters)
    return Stated(core=core, held=held, parameters=parameters)


def _parameters(*, has_pauses: bool) -> Untyped:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = _FIRST.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = _META.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromSeconds(_LONG_S)
    # Linear programs for the times of a run do not know which halts come before which
    # pause, and let the search see an eighth of the neighbours it sees without them.
    parameters.disable_scheduling_beware_this_may_degrade_performance = has_pauses
    return parameters
