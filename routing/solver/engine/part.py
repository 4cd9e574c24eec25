"""A search that has but a part of the stops and routes: another one has the rest."""

from typing import Any

import numpy as np

from routing.solver.engine.chance import below
from routing.solver.engine.columns import OWN, STREAM_L
from routing.solver.engine.compiled import inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.state import BIG_LOAD, State


def confine(f: Facts, s: State, stops: Any, routes: Any) -> None:
    """Keep a search, nothing laid yet, to these (k,) stops and (l,) routes.

    Foreign stops are in none of its routes and never offered a place; foreign routes
    have no room.
    """
    s.own[: len(stops)] = stops
    s.total[OWN] = len(stops)
    s.is_foreign[: f.routes] = 1
    s.is_foreign[routes] = 0
    rows = s.route.reshape(-1, f.route_width)[: f.routes]
    rows[s.is_foreign[: f.routes] > 0, STREAM_L:] = BIG_LOAD


@inlined
def some_stop(s: State) -> int:
    """Draw one of the stops that are ours."""
    return np.int64(s.own[below(s.chance, s.total[OWN])])
