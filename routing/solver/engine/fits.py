"""Whether a route as a whole may take a stop, wherever it is put."""

from routing.solver.engine.columns import DAY_KG, DAY_L, DAY_N, STOPS, STREAM_L
from routing.solver.engine.compiled import called, inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.nodes import end_of, start_of
from routing.solver.engine.state import State


@inlined
def fits(f: Facts, s: State, c: int, r: int) -> bool:
    """Tell whether the limits of the route and its vehicle leave room for the stop."""
    j = f.stream[c]
    litres = s.route[r * f.route_width + STREAM_L + j] + f.demand[c * 3]
    if litres > f.whole_l[r * f.streams + j]:
        return False
    if f.has_limits and not _is_within_limits(f, s, c, r):
        return False
    if f.is_picky and not f.may[c * f.classes + f.of_class[r]]:
        return False
    if f.has_conflicts and not _is_peaceful(f, s, j, r):
        return False
    return not f.has_ties or _keeps_ties(f, s, c, r)


@called
def _is_within_limits(f: Facts, s: State, c: int, r: int) -> bool:
    more = (f.demand[c * 3] + 0, f.demand[c * 3 + 1] + 0, f.demand[c * 3 + 2] + 0, 1)
    return is_within_limits(f, s, r, more, r)


@inlined
def is_within_limits(
    f: Facts, s: State, r: int, more: tuple[int, int, int, int], driver: int
) -> bool:
    """Tell whether the day of a route, and more, is within the limits of a vehicle.

    `more`: litres, kilograms, containers, stops. `driver`: the route of the vehicle.
    """
    row, limit = r * f.route_width, 4 * driver
    return (
        s.route[row + DAY_L] + more[0] <= f.limits[limit]
        and s.route[row + DAY_KG] + more[1] <= f.limits[limit + 1]
        and s.route[row + DAY_N] + more[2] <= f.limits[limit + 2]
        and s.route[row + STOPS] + more[3] <= f.limits[limit + 3]
    )


@called
def _is_peaceful(f: Facts, s: State, stream: int, r: int) -> bool:
    numbers = r * f.route_width + STREAM_L + f.streams
    for j in range(f.streams):
        if f.conflicts[stream * f.streams + j] and s.route[numbers + j] > 0:
            return False
    return True


@called
def _keeps_ties(f: Facts, s: State, c: int, r: int) -> bool:
    """Tied stops share a route; what must come before a stop is in it already."""
    for i in range(f.tied_first[c], f.tied_first[c + 1]):
        other = s.route_of[f.tied[i]]
        if other not in (r, f.routes):
            return False
    for i in range(f.before_first[c], f.before_first[c + 1]):
        if s.route_of[f.before[i]] != r:
            return False
    return True


@inlined
def is_in_order(f: Facts, s: State, c: int, a: int) -> bool:
    """Tell whether all that must come before the stop does, when it follows node a."""
    for i in range(f.before_first[c], f.before_first[c + 1]):
        if s.place[f.before[i]] > s.place[a]:
            return False
    return True


@called
def number_places(f: Facts, s: State, r: int) -> None:
    """Count the nodes of a route from its start on."""
    x, place = start_of(f, r), 0
    while True:
        s.place[x] = place
        if x == end_of(f, r):
            return
        place += 1
        x = s.next[x]


@inlined
def count_in(f: Facts, s: State, c: int, r: int, sign: int) -> None:
    """Add a stop to the sums of a route, or take it out (sign -1)."""
    row, j = r * f.route_width, f.stream[c]
    s.route[row + STOPS] += sign
    s.route[row + DAY_L] += sign * f.demand[c * 3]
    s.route[row + DAY_KG] += sign * f.demand[c * 3 + 1]
    s.route[row + DAY_N] += sign * f.demand[c * 3 + 2]
    s.route[row + STREAM_L + j] += sign * f.demand[c * 3]
    s.route[row + STREAM_L + f.streams + j] += sign
    if f.has_groups and f.group[c] >= 0:
        s.group_count[f.group[c]] += sign
