"""Labels made anew around what was inserted, as far as they change."""

import numpy as np

from routing.solver.engine.columns import DURATION
from routing.solver.engine.compiled import called
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import (
    breaks_back,
    breaks_on,
    clock_around,
    relabel,
    spans_back,
    spans_on,
)
from routing.solver.engine.loads import loads_around
from routing.solver.engine.nodes import end_of
from routing.solver.engine.state import State


@called
def relabel_around(f: Facts, s: State, r: int, a: int, last: int) -> None:
    """Label a route whose nodes after `a`, up to `last`, are new in it."""
    if f.level == 3 and f.has_release:
        relabel(f, s, r)
        return
    if f.has_tips:
        loads_around(f, s, r, a, last)
    if f.level == 1:
        if s.next[a] == last:
            clock_around(f, s, last)
        else:
            relabel(f, s, r)
    elif f.level == 2:
        spans_on(f, s, r, a)
        spans_back(f, s, r, np.int64(s.next[last]))
        s.route[r * f.route_width + DURATION] = s.duration_f[end_of(f, r)]
    elif f.level == 3:
        breaks_on(f, s, r, a, last)
        breaks_back(f, s, r, np.int64(s.next[last]), a)
