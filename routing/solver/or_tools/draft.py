"""A first plan that OR-Tools can go on from.

Every vehicle gets tips of its own, the last of them right before its end: with those in
place, insertion finds room for stops. Which tip belongs to whom, and how many there
are, is then free again.
"""

import numpy as np

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.closing import Run, likely_closing
from routing.solver.or_tools.copies import count_trips
from routing.solver.or_tools.core import Core
from routing.solver.or_tools.costs import left_out_millicents
from routing.solver.or_tools.locks import Halts, indices_of
from routing.solver.or_tools.search import Effort, search
from routing.solver.or_tools.state import state
from routing.solver.or_tools.usable import Usable


def draft_plan(day: Usable, effort: Effort) -> Halts | None:
    """Return the first plan found with tips of their own, None if there is none."""
    problem, may_take, bare = day.problem, day.may_take, day.bare
    runs = [
        bare[v] if v in bare else _tips(problem, may_take, v)
        for v in range(len(problem.vehicles))
    ]
    if not any(runs):
        return None

    def give_tips(core: Core, held: Halts) -> None:
        routes = indices_of(core, runs, held) or []
        for v, route in enumerate(routes):
            own = route[len(held[v]) if held else 0 :]
            if own:
                _give(core, v, own, is_sure=v in bare)

    stated = state(problem, may_take, halts=runs, further=give_tips)
    return None if stated is None else search(stated, None, effort)


def _tips(problem: Problem, may_take: BoolArray, vehicle: int) -> Run:
    """Return a tip for each trip of an even share of the load, and the last ones."""
    if not may_take[:, vehicle].any():
        return ()
    closing = likely_closing(problem, may_take, vehicle)
    stops = np.flatnonzero(may_take.any(axis=1))
    return closing[:1] * (count_trips(problem, stops) - 1) + closing


def _give(core: Core, vehicle: int, tips: list[int], *, is_sure: bool) -> None:
    """Let only one vehicle come to the tips, and let it come there rather than not.

    Parameters
    ----------
    is_sure
        Whether the vehicle can come there one after the other, right before its end.
    """
    routing = core.routing
    following = [*tips[1:], routing.End(vehicle)]
    for tip, then in zip(tips, following, strict=True):
        routing.VehicleVar(tip).SetValues([-1, vehicle])
        if is_sure:
            routing.NextVar(tip).SetValue(then)
        else:
            price = 2 * int(left_out_millicents(core).max(initial=0))
            routing.AddDisjunction([tip], price)
    if not is_sure:
        routing.NextVar(tips[-1]).SetValues([tips[-1], following[-1]])
