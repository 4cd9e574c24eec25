"""OR-Tools has a try: at small problems, and where mandatory stops found no place."""

from collections.abc import Sequence

import numpy as np

from routing.solver.budget import Clock
from routing.solver.model import Problem
from routing.solver.or_tools import route
from routing.solver.screening import Screening

Halts = Sequence[Sequence[int]]

MOST_STOPS = 150
"""Above that its search makes too few moves in a dispatcher's seconds."""

SHARE = 0.2
"""Of the budget, taken from the improver when it left mandatory stops out."""

_AMPLE_S = 60.0  # where the budget counts iterations: these limits end it before
_SOLUTIONS, _BRANCHES = 200, 2000


FEW_STOPS = 12
"""Up to here OR-Tools is as good a searcher, with other moves: it always looks, too."""


def is_repairable(problem: Problem, halts: Halts) -> bool:
    """Tell whether OR-Tools should look: few stops, or mandatory ones are missing."""
    count = len(problem.stops)
    if count <= FEW_STOPS:
        return count > 0
    return count <= MOST_STOPS and bool(missing(problem, halts))


def missing(problem: Problem, halts: Halts) -> list[int]:
    """Return the mandatory stops that are in no run and whose group has none there."""
    stops = problem.stops
    is_served = np.zeros(len(stops), np.bool_)
    for each in halts:
        for location in each:
            stop = problem.stop_at(location)
            if stop is not None:
                is_served[stop] = True
    served_groups = set(
        stops.alternative[is_served & (stops.alternative >= 0)].tolist()
    )
    return [
        stop
        for stop in np.flatnonzero(stops.is_mandatory & ~is_served).tolist()
        if stops.alternative[stop] not in served_groups
    ]


def repair(
    problem: Problem, screening: Screening, halts: Halts, clock: Clock, seed: int
) -> list[list[int]]:
    """Return OR-Tools' halts from there on; the same where it finds nothing."""
    seconds = clock.left_s()
    is_counted = seconds == float("inf")
    found = route(
        problem,
        screening.can_take,
        halts,
        seconds=_AMPLE_S if is_counted else max(0.01, seconds),
        seed=seed,
        solution_limit=_SOLUTIONS if is_counted else None,
        branch_limit=_BRANCHES if is_counted else None,
    )
    return [list(each) for each in (halts if found is None else found)]
