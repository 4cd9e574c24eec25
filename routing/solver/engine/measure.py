"""What a route costs as it stands, and whether it keeps every rule."""

from routing.solver.engine.columns import BIG, COST, DURATION, METRES, STOPS
from routing.solver.engine.compiled import called
from routing.solver.engine.departure import cheapest_span
from routing.solver.engine.facts import Facts
from routing.solver.engine.labels import duty_of, hours_of, relabel, window_row
from routing.solver.engine.nodes import end_of, is_tip, start_of
from routing.solver.engine.state import State
from routing.solver.engine.timeline import (
    DUTY,
    HOLD,
    LEG,
    LINE_COLUMNS,
    NODE,
    WINDOW,
)


@called
def measure(f: Facts, s: State, r: int) -> int:
    """Return the cost of a route with sound labels, BIG if it breaks another rule."""
    row, x = r * f.route_width, start_of(f, r)
    s.route[row + COST] = s.route[row + DURATION] = 0
    s.route[row + METRES] = s.leg_m[x]
    if s.route[row + STOPS] == 0 and not f.is_under_way[r]:
        return 0
    metres, price = _walk(f, s, r)
    s.route[row + METRES] = metres
    if metres > f.most_m[r]:
        return BIG
    depart_s, home_s = _times(f, s, r)
    if home_s < 0 or home_s - depart_s > f.most_s[r]:
        return BIG
    duration_s = home_s - depart_s
    s.route[row + DURATION] = duration_s
    price += f.cents_m[r] * metres + f.cents_s[r] * duration_s
    price += f.overtime[r] * max(home_s - f.shift_end_s[r], 0)
    price += f.unfair[r] * max(duration_s - f.fair_s[r], 0)
    s.route[row + COST] = price
    return price


@called
def valued(f: Facts, s: State, r: int) -> int:
    """Label a route anew and return its cost, BIG if it breaks a rule."""
    return measure(f, s, r) if relabel(f, s, r) else BIG


@called
def _walk(f: Facts, s: State, r: int) -> tuple[int, int]:
    """Return the metres of a route, and its price without metres and seconds."""
    m, x, k = f.streams, start_of(f, r), f.of_class[r]
    metres, price = 0, f.fixed[r]
    while x != end_of(f, r):
        metres += s.leg_m[x]
        y = s.next[x]
        if y < f.stops:
            if f.is_picky:
                price += f.extra[y * f.classes + k]
        elif is_tip(f, y):
            site = s.facility[y]
            price += f.tip_price[site]
            if f.has_tonnage:
                for j in range(m):
                    if f.accepts[site * m + j]:
                        price += f.tonnage[site * m + j] * s.load[x * 6 * m + m + j]
        x = y
    return metres, price


@called
def _times(f: Facts, s: State, r: int) -> tuple[int, int]:
    """Return departure and return of a route, (-1, -1) if it cannot be driven."""
    if f.level <= 1:
        return 0, 0
    end = end_of(f, r)
    if f.level == 2:
        return s.early_f[end] + 0, s.early_f[end] + s.duration_f[end]
    count = _lay_line(f, s, r)
    labels = (s.flat, s.flat_leave, s.flat_reach)
    depart_s, home_s, _ = cheapest_span(
        hours_of(f, r), duty_of(f, r), s.line, count, labels, s.events
    )
    return depart_s, home_s


@called
def _lay_line(f: Facts, s: State, r: int) -> int:
    """Lay a route flat for `timeline`; return how many rows it has."""
    x, count, leg_s = start_of(f, r), 0, 0
    while True:
        at = count * LINE_COLUMNS
        s.line[at + LEG] = leg_s
        s.line[at + DUTY] = s.work[x]
        s.line[at + WINDOW] = window_row(f, s, x)
        s.line[at + HOLD] = 0
        if f.has_release and x >= f.stops:
            s.line[at + HOLD] = s.hold[x]
        s.line[at + NODE] = x
        count += 1
        if x == end_of(f, r):
            return count
        leg_s = s.leg_s[x]
        x = s.next[x]
