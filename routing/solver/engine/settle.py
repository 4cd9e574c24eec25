"""The last look at a changed route: its tips placed anew, its cost measured."""

from routing.solver.engine.columns import BIG, SPARE, TIPS
from routing.solver.engine.compiled import called
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import relabel
from routing.solver.engine.measure import measure, valued
from routing.solver.engine.nodes import end_of, is_tip, link, start_of
from routing.solver.engine.resite import resite
from routing.solver.engine.state import SPLIT_COLUMNS, State
from routing.solver.engine.tips import (
    FACILITY,
    IS_TIPPED,
    drop_needless,
    put_split,
    split_anew,
)

Tips = tuple[int, int]
"""Tips made and dropped in this iteration."""


@called
def settle(f: Facts, s: State, r: int, tips: Tips) -> tuple[int, Tips]:
    """Return the cost of a route (BIG if it breaks a rule), and tips made, dropped."""
    if not f.has_tips:
        return valued(f, s, r), tips
    if f.is_split[r]:
        cost, tips = _split(f, s, r, tips)
        is_dearer_elsewhere = not f.has_tonnage
    else:
        is_sound = relabel(f, s, r)
        dropped = drop_needless(f, s, r, tips[1])
        if dropped > tips[1]:
            cost = valued(f, s, r)
        else:
            cost = measure(f, s, r) if is_sound else BIG
        tips, is_dearer_elsewhere = (tips[0], dropped), False
    if cost >= BIG or is_dearer_elsewhere:
        return cost, tips
    return resite(f, s, r, cost, tips)


@called
def _split(f: Facts, s: State, r: int, tips: Tips) -> tuple[int, Tips]:
    """Place the tips of a route anew if that is better; return its cost, and tips."""
    before, count = valued(f, s, r), split_anew(f, s, r)
    if (
        count < 0
        or s.total[SPARE] < count
        or (before < BIG and _is_split_so(f, s, r, count))
    ):
        return before, tips
    return _split_if_better(f, s, r, (before, count), tips)


@called
def _is_split_so(f: Facts, s: State, r: int, count: int) -> bool:
    """Tell whether the tips of the route are those of `split` already."""
    x = start_of(f, r)
    for i in range(count):
        y = s.next[x]
        is_there = is_tip(f, y) and not s.is_locked[y]
        at = i * SPLIT_COLUMNS
        if is_there != (s.split[at + IS_TIPPED] > 0):
            return False
        if is_there:
            if s.facility[y] != s.split[at + FACILITY]:
                return False
            y = s.next[y]
        x = y
    return x == end_of(f, r)


@called
def _split_if_better(
    f: Facts, s: State, r: int, offer: tuple[int, int], tips: Tips
) -> tuple[int, Tips]:
    """Place the tips anew, and back again if that is dearer or cannot be driven."""
    before, count = offer
    x, length = start_of(f, r), 0
    tip_count = s.route[r * f.route_width + TIPS]
    while x != end_of(f, r):
        s.order[length] = x
        length += 1
        x = s.next[x]
    s.order[length] = x
    changed = put_split(f, s, r, count, tips)
    after = valued(f, s, r)
    # As cheap with fewer tips is better: a tip on the way costs nothing.
    is_leaner = after == before and s.route[r * f.route_width + TIPS] < tip_count
    if after < before or is_leaner or before >= BIG:
        return after, changed
    s.total[SPARE] += changed[0] - tips[0]
    for i in range(length):
        link(f, s, s.order[i], s.order[i + 1])
    s.route[r * f.route_width + TIPS] = tip_count
    return valued(f, s, r), tips
