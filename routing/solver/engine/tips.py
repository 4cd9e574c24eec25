"""Where a route tips: places and facilities chosen anew for a given order of stops.

The tip between two neighbouring stops goes to the facility with the least detour,
whatever the rest of the route does: afterwards the vehicle is empty. So the best places
are a shortest path over the gaps (the split of Prins 2004, with detours for depots),
and no facility needs to be copied. It holds where every facility takes whatever the
vehicle carries; elsewhere tips are dropped one at a time where that is possible.
"""

from routing.solver.engine.columns import BIG, SPARE, TIPS
from routing.solver.engine.compiled import called
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import leg
from routing.solver.engine.nodes import end_of, is_tip, link, start_of
from routing.solver.engine.state import SPLIT_COLUMNS, State

DETOUR, FACILITY, BEST, FROM, VISIT, IS_TIPPED = range(6)
"""Columns of `split`: price and facility of a tip after the node, least price with the
vehicle empty there, place of the tip before, the node, whether to tip after it."""


@called
def new_tip(f: Facts, s: State, r: int, facility: int, made: int) -> int:
    """Take a spare node for a tip at a facility; `made` were taken before."""
    s.total[SPARE] -= 1
    x = s.spare[s.total[SPARE]]
    s.new_tips[made] = x
    hours = (f.stops + facility) * f.windows
    s.facility[x] = facility
    s.location[x] = f.first_facility + facility
    s.work[x] = f.tip_s[facility]
    s.opens[x] = f.opens_s[hours]
    s.closes[x] = f.closes_s[hours + f.windows - 1]
    s.route_of[x] = r
    s.route[r * f.route_width + TIPS] += 1
    return x


@called
def _best_detour(f: Facts, s: State, r: int, a: int, b: int) -> tuple[int, int]:
    """Return the price of a tip between two nodes, and its facility (-1: none)."""
    price, chosen = BIG, -1
    beside = a if a < f.stops else b
    count = f.facility_width if beside < f.stops else f.facilities
    m0, s0 = leg(f.legs, s.location[a], s.location[b])
    for i in range(count):
        facility = i
        if beside < f.stops:
            facility = f.facility_near[beside * f.facility_width + i] + 0
        if not f.takes_all[r * f.facilities + facility]:
            continue
        there = f.first_facility + facility
        m1, s1 = leg(f.legs, s.location[a], there)
        m2, s2 = leg(f.legs, there, s.location[b])
        seconds = s1 + s2 - s0 + f.tip_s[facility]
        tried = f.cents_m[r] * (m1 + m2 - m0) + f.cents_s[r] * seconds
        tried += f.tip_price[facility]
        if tried < price:
            price, chosen = tried, facility
    return price, chosen


@called
def split_anew(f: Facts, s: State, r: int) -> int:
    """Find the cheapest places for tips in a route; return how many nodes it has.

    Row i of `split` is the node in place i (0 the start), tips left out. -1 where the
    order of the stops allows no tips at all.
    """
    x, end, count, first = start_of(f, r), end_of(f, r), 0, 0
    while x != end:
        if not is_tip(f, x) or s.is_locked[x]:
            s.split[count * SPLIT_COLUMNS + VISIT] = x
            s.split[count * SPLIT_COLUMNS + IS_TIPPED] = 0
            if s.is_locked[x]:
                first = count
            count += 1
        x = s.next[x]
    s.split[count * SPLIT_COLUMNS + VISIT] = end
    for i in range(first, count):
        at = i * SPLIT_COLUMNS
        a, b = s.split[at + VISIT], s.split[at + SPLIT_COLUMNS + VISIT]
        price, facility = _best_detour(f, s, r, a, b)
        s.split[at + DETOUR], s.split[at + FACILITY] = price, facility
    return count if _shortest(f, s, r, first, count) else -1


@called
def _shortest(f: Facts, s: State, r: int, first: int, count: int) -> bool:
    """Fill the least prices, and mark the tips of the cheapest way home.

    The first trip begins with what is on board at the place `first`.
    """
    home, place = BIG, first - 1
    for i in range(first, count):
        at = i * SPLIT_COLUMNS
        s.split[at + BEST] = BIG
        for j in range(3 * f.streams):
            s.trip[j] = 0
        is_loaded = False
        # Backwards to where the vehicle was last empty, as long as the trip fits.
        for last in range(i, first - 1, -1):
            is_loaded |= _carry(f, s, last, first)
            if not _fits_trip(f, s, r):
                break
            before = 0
            if last > first:
                before = s.split[(last - 1) * SPLIT_COLUMNS + BEST]
            if before >= BIG:
                continue
            tried = before + s.split[at + DETOUR]
            if is_loaded and tried < s.split[at + BEST]:
                s.split[at + BEST], s.split[at + FROM] = tried, last - 1
            if i == count - 1 and before < home and _may_end(f, s, r):
                home, place = before, last - 1
    end = (count - 1) * SPLIT_COLUMNS
    if s.split[end + BEST] < home:
        home, place = s.split[end + BEST], count - 1
    while place >= first:
        s.split[place * SPLIT_COLUMNS + IS_TIPPED] = 1
        place = s.split[place * SPLIT_COLUMNS + FROM]
    return home < BIG


@called
def _carry(f: Facts, s: State, place: int, first: int) -> bool:
    """Add a node's load to the trip; tell whether there is any."""
    m, x = f.streams, s.split[place * SPLIT_COLUMNS + VISIT]
    is_loaded = False
    if place == first:
        for j in range(3 * m):
            s.trip[j] += s.load[x * 6 * m + j]
            is_loaded |= s.load[x * 6 * m + j] > 0
    elif x < f.stops:
        for k in range(3):
            s.trip[k * m + f.stream[x]] += f.demand[x * 3 + k]
        is_loaded = True
    return is_loaded


@called
def _fits_trip(f: Facts, s: State, r: int) -> bool:
    m, mass, number = f.streams, 0, 0
    for j in range(m):
        if s.trip[j] > f.room_l[r * m + j]:
            return False
        mass += s.trip[m + j]
        number += s.trip[2 * m + j]
    return mass <= f.room_kg[r] and number <= f.room_n[r]


@called
def _may_end(f: Facts, s: State, r: int) -> bool:
    m = f.streams
    for j in range(m):
        aboard = s.trip[j] + s.trip[m + j] + s.trip[2 * m + j]
        if aboard > 0 and not f.takes_home[r * m + j]:
            return False
    return True


@called
def put_split(
    f: Facts, s: State, r: int, count: int, tips: tuple[int, int]
) -> tuple[int, int]:
    """Make the tips of a route those of `split`; `tips`: made, dropped so far."""
    made, dropped = tips
    x, end = start_of(f, r), end_of(f, r)
    while x != end:
        if is_tip(f, x) and not s.is_locked[x]:
            s.old_tips[dropped] = x
            dropped += 1
            s.route[r * f.route_width + TIPS] -= 1
        x = s.next[x]
    last = start_of(f, r)
    for i in range(count):
        at = i * SPLIT_COLUMNS
        x = s.split[at + VISIT]
        if i > 0:
            link(f, s, last, x)
        last = x + 0
        if s.split[at + IS_TIPPED]:
            tip = new_tip(f, s, r, s.split[at + FACILITY], made)
            made += 1
            link(f, s, last, tip)
            last = tip + 0
    link(f, s, last, end)
    return made, dropped


@called
def drop_needless(f: Facts, s: State, r: int, dropped: int) -> int:
    """Drop tips that unload nothing, and those whose load the next one can take.

    Labels must be fresh, and are not afterwards: of two tips in a row one is judged.
    """
    x, end, is_stale = s.next[start_of(f, r)], end_of(f, r), False
    while x != end:
        following = s.next[x]
        if is_tip(f, x) and not s.is_locked[x]:
            is_idle, is_spared = _is_needless(f, s, r, x)
            if is_idle or (is_spared and not is_stale):
                is_stale = not is_idle
                link(f, s, s.prev[x], following)
                s.route[r * f.route_width + TIPS] -= 1
                s.old_tips[dropped] = x
                dropped += 1
            else:
                is_stale = False
        x = following
    return dropped


@called
def _is_needless(f: Facts, s: State, r: int, x: int) -> tuple[bool, bool]:
    """Tell whether a tip unloads nothing, and whether the trip could go on without."""
    m, site = f.streams, s.facility[x]
    before, after = s.prev[x] * 6 * m, x * 6 * m
    mass, number = 0, 0
    for j in range(m):
        if f.accepts[site * m + j]:
            mass += s.load[before + m + j]
            number += s.load[before + 2 * m + j]
    is_idle, is_spared = True, True
    for j in range(m):
        if f.accepts[site * m + j]:
            litres = s.load[before + j]
            is_idle &= litres + mass + number == 0
            is_spared &= litres + s.load[after + 3 * m + j] <= f.room_l[r * m + j]
            is_spared &= mass + s.load[after + 4 * m + j] <= f.room_kg[r]
            is_spared &= number + s.load[after + 5 * m + j] <= f.room_n[r]
    return is_idle, is_spared
