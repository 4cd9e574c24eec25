"""A problem with every rule of it stated to OR-Tools."""

from collections.abc import Callable
from dataclasses import dataclass

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.core import Core, new_core
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


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stated:
    """A problem stated to OR-Tools.

    Parameters
    ----------
    held
        For each vehicle the indices of its locked beginning.
    has_pauses
        Whether there are breaks or rests.
    """

    core: Core
    held: Halts
    has_pauses: bool


def state(
    problem: Problem,
    may_take: BoolArray,
    *,
    halts: Halts = (),
    locked: Halts = (),
    further: Callable[[Core, Halts], None] | None = None,
) -> Stated | None:
    """State every rule; None if a locked stop cannot be offered.

    Parameters
    ----------
    halts
        For each vehicle the halts of a plan that there must be nodes for.
    locked
        For each vehicle the halts that it begins with.
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
    held = hold_locks(core, locked)
    if held is None:
        return None
    if further is not None:
        further(core, held)
    return Stated(core=core, held=held, has_pauses=has_pauses)
