"""Tips moved to cheaper facilities, where `tips` does not place them anew."""

import numpy as np

from routing.solver.engine.columns import SPARE, TIPS
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import leg
from routing.solver.engine.measure import valued
from routing.solver.engine.nodes import end_of, is_tip, link, start_of
from routing.solver.engine.state import State
from routing.solver.engine.tips import new_tip


@called
def resite(
    f: Facts, s: State, r: int, before: int, tips: tuple[int, int]
) -> tuple[int, tuple[int, int]]:
    """Give each tip of a route the facility that is cheapest for it, if that is better.

    `before`: the cost of the route, labels fresh. Returns its cost then; tips made,
    dropped.
    """
    x, end = np.int64(s.next[start_of(f, r)]), end_of(f, r)
    while x != end:
        a, b = np.int64(s.prev[x]), np.int64(s.next[x])
        site = np.int64(-1)
        if is_tip(f, x) and not s.is_locked[x] and s.total[SPARE] > 0:
            site = _cheaper_site(f, s, r, x)
        if site >= 0:
            y = np.int64(new_tip(f, s, r, site, tips[0]))
            s.route[r * f.route_width + TIPS] -= 1
            link(f, s, a, y)
            link(f, s, y, b)
            after = valued(f, s, r)
            if after < before:
                before = after
                s.old_tips[tips[1]] = x
                tips = (tips[0] + 1, tips[1] + 1)
            else:
                link(f, s, a, x)
                link(f, s, x, b)
                s.total[SPARE] += 1
                valued(f, s, r)
        x = b
    return before, tips


@called
def _cheaper_site(f: Facts, s: State, r: int, x: int) -> int:
    """Return the facility that saves most in the place of a tip's, -1: none."""
    least, chosen = np.int64(0), np.int64(-1)
    now = _price(f, s, r, x, s.facility[x])
    for site in range(f.facilities):
        if site != s.facility[x] and _takes_as_much(f, s, x, site):
            saved = _price(f, s, r, x, site) - now
            if saved < least:
                least, chosen = saved, np.int64(site)
    return chosen


@inlined
def _takes_as_much(f: Facts, s: State, x: int, site: int) -> bool:
    """Tell whether a facility takes all that a tip unloads."""
    m, at = f.streams, s.prev[x] * 6 * f.streams
    for j in range(m):
        if f.accepts[s.facility[x] * m + j] and not f.accepts[site * m + j]:
            aboard = s.load[at + j] + s.load[at + m + j] + s.load[at + 2 * m + j]
            if aboard > 0:
                return False
    return True


@inlined
def _price(f: Facts, s: State, r: int, x: int, site: int) -> int:
    """Return what a tip costs at a facility, the ways there and on included."""
    m, there = f.streams, f.first_facility + site
    m1, s1 = leg(f.legs, s.location[s.prev[x]], there)
    m2, s2 = leg(f.legs, there, s.location[s.next[x]])
    price = f.cents_m[r] * (m1 + m2) + f.cents_s[r] * (s1 + s2 + f.tip_s[site])
    price += f.tip_price[site]
    if f.has_tonnage:
        at = s.prev[x] * 6 * m + m
        for j in range(m):
            if f.accepts[site * m + j]:
                price += f.tonnage[site * m + j] * s.load[at + j]
    return price
