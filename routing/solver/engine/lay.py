"""Put halts into the engine's routes, and read them out again."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from routing.solver.engine.compiled import compiled
from routing.solver.engine.facts import Facts
from routing.solver.engine.fits import count_in, number_places
from routing.solver.engine.nodes import end_of, link, start_of
from routing.solver.engine.pointers import pointers
from routing.solver.engine.state import State
from routing.solver.engine.tips import new_tip

Halts = Sequence[Sequence[int]]
"""For each vehicle the locations of stops and facilities, in order."""


def lay_routes(f: Facts, s: State, halts: Halts, locked: Halts) -> None:
    """Link every route through its halts; the first `locked` of them stay there."""
    counts = [len(each) for each in halts]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    flat = np.array([x for each in halts for x in each], np.int64)
    fixed = np.array([len(each) for each in locked] or [0] * f.routes, np.int64)
    _lay(f, s, first, flat, fixed)


@compiled
def _lay(facts: Facts, state: State, first: Any, flat: Any, fixed: Any) -> None:
    f, s = pointers(facts), pointers(state)
    for r in range(f.routes):
        x = start_of(f, r)
        for i in range(first[r], first[r + 1]):
            y = flat[i] - f.first_stop
            if y >= 0:
                s.route_of[y] = r
                count_in(f, s, y, r, 1)
            else:
                y = np.int64(new_tip(f, s, r, flat[i] - f.first_facility, 0))
            s.is_locked[y] = i - first[r] < fixed[r]
            link(f, s, x, y)
            x = y
        link(f, s, x, end_of(f, r))
        s.is_locked[end_of(f, r)] = fixed[r] > 0
        number_places(f, s, r)


def read_best(f: Facts, s: State) -> list[list[int]]:
    """Return the halts of the best plan by vehicle; none of foreign routes."""
    return _read(f, s, s.best_next, s.best_facility)


def read_now(f: Facts, s: State) -> list[list[int]]:
    """Return the halts of the plan as it is, by vehicle; none of foreign routes."""
    return _read(f, s, s.next, s.facility)


def _read(f: Facts, s: State, after: Any, facilities: Any) -> list[list[int]]:
    following, facility = after.tolist(), facilities.tolist()
    is_foreign = s.is_foreign.tolist()
    tips, halts = f.stops + 2 * f.routes, []
    for r in range(f.routes):
        route: list[int] = []
        halts.append(route)
        if is_foreign[r]:
            continue
        x = following[f.stops + r]
        while x != f.stops + f.routes + r:
            place = f.first_facility + facility[x] if x >= tips else f.first_stop + x
            route.append(place)
            x = following[x]
    return halts
