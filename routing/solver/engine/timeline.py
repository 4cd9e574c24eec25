"""When a run is where: windows, breaks and releases along a given order.

Labels count the breaks taken so far (k). `Earliest departure with k breaks taken` is
all that the rest of a run asks for, because who comes early may wait.
"""

from typing import Any, NamedTuple

from routing.solver.engine.columns import NEVER
from routing.solver.engine.compiled import called, inlined

LEG, DUTY, WINDOW, HOLD, NODE = range(5)
"""Columns of `line`, a run laid flat: seconds of the leg that leads here, work, row of
the windows (-1: always open), earliest departure because of releases, node."""

LINE_COLUMNS = 5


class Hours(NamedTuple):
    """Windows and breaks, by address.

    `opens_s`, `closes_s`: `windows` numbers a row. `pauses`: earliest, latest begin and
    length of each break; those of one driver begin at `first` and are `count`.
    """

    opens_s: Any
    closes_s: Any
    windows: int
    pauses: Any
    first: int
    count: int


class Duty(NamedTuple):
    """What one driver's day must keep, and what its time costs.

    `most_driving_s` 0: no driving rule. Money is in millionths of a cent a second.
    """

    shift_start_s: int
    latest_end_s: int
    is_under_way: bool
    most_driving_s: int
    rest_s: int
    most_s: int
    shift_end_s: int
    fair_s: int
    cents_s: int
    overtime: int
    unfair: int


@inlined
def earliest(h: Hours, b: int) -> int:
    """Return when break b may begin."""
    return h.pauses[h.first + 3 * b]


@inlined
def latest(h: Hours, b: int) -> int:
    """Return when break b must have begun."""
    return h.pauses[h.first + 3 * b + 1]


@inlined
def length(h: Hours, b: int) -> int:
    """Return how long break b takes."""
    return h.pauses[h.first + 3 * b + 2]


@inlined
def begin(h: Hours, row: int, arrive_s: int) -> int:
    """Return when work may begin after arriving, NEVER if it is too late."""
    if row < 0:
        return arrive_s
    for w in range(row * h.windows, (row + 1) * h.windows):
        if arrive_s <= h.closes_s[w]:
            return max(arrive_s, h.opens_s[w])
    return NEVER


@inlined
def latest_begin(h: Hours, row: int, by_s: int) -> int:
    """Return the latest begin of work not after `by_s`, -1 if there is none."""
    if row < 0:
        return by_s
    for w in range((row + 1) * h.windows - 1, row * h.windows - 1, -1):
        if by_s >= h.opens_s[w]:
            return min(by_s, h.closes_s[w])
    return -1


@called
def arrive(h: Hours, leave: Any, row: int, leg_s: int, arrival: Any, to: int) -> None:
    """Fill the labels `arrival[to:]` from the earliest departures `leave[row:]`.

    A break begins at any time from the departure until the work: on the way, or while
    waiting. The halt is reached at max(departure + leg, earliest begin) + length.
    """
    for k in range(h.count + 1):
        arrival[to + k] = NEVER
    for k in range(h.count + 1):
        over_s = leave[row + k]
        if over_s >= NEVER:
            continue
        ready_s = over_s + leg_s
        arrival[to + k] = min(arrival[to + k], ready_s)
        for b in range(k, h.count):
            if over_s > latest(h, b):
                break
            over_s = max(over_s, earliest(h, b)) + length(h, b)
            ready_s = max(ready_s, earliest(h, b)) + length(h, b)
            arrival[to + b + 1] = min(arrival[to + b + 1], ready_s)


@called
def latest_departure(h: Hours, reach: Any, row: int, leg_s: int, k: int) -> int:
    """Return the latest departure with k breaks taken that keeps `reach[row:]`."""
    best_s = reach[row + k] - leg_s
    for m in range(k + 1, h.count + 1):
        by_s, most_s, before_s = reach[row + m], NEVER, 0
        for b in range(m - 1, k - 1, -1):
            by_s -= length(h, b)
            if by_s < earliest(h, b):
                by_s = -NEVER
        for b in range(k, m):
            most_s = min(most_s, latest(h, b) - before_s)
            before_s += length(h, b)
        best_s = max(best_s, min(by_s - leg_s, most_s))
    return best_s


@called
def end_labels(h: Hours, reach: Any, row: int, by_s: int) -> None:
    """Fill the latest arrivals at the end of a run: home before a break is due."""
    for k in range(h.count + 1):
        reach[row + k] = by_s if k == h.count else min(by_s, latest(h, k))


@called
def start_labels(
    h: Hours, duty: Duty, leave: Any, row: int, hold_s: int, from_s: int
) -> None:
    """Fill the earliest departures from the start: late enough for breaks at home."""
    leave[row] = max(from_s, hold_s)
    if duty.is_under_way and hold_s > duty.shift_start_s:
        leave[row] = NEVER
    for k in range(1, h.count + 1):
        leave[row + k] = NEVER
        if not duty.is_under_way:
            over_s = earliest(h, k - 1) + length(h, k - 1)
            leave[row + k] = max(leave[row + k - 1], over_s)


@called
def forward(h: Hours, line: Any, count: int, arrival: Any, leave: Any) -> None:
    """Follow earliest times along a line from the labels of its start."""
    n = h.count + 1
    for i in range(1, count):
        at = i * LINE_COLUMNS
        arrive(h, leave, (i - 1) * n, line[at + LEG], arrival, i * n)
        for k in range(n):
            leave[i * n + k] = NEVER
            if i < count - 1 and arrival[i * n + k] < NEVER:
                start_s = begin(h, line[at + WINDOW], arrival[i * n + k])
                if start_s < NEVER:
                    left_s = max(start_s + line[at + DUTY], line[at + HOLD])
                    leave[i * n + k] = left_s


@called
def home(h: Hours, duty: Duty, arrival: Any, row: int) -> int:
    """Return the earliest allowed return among the arrivals at the end, or NEVER."""
    home_s = NEVER
    for k in range(h.count + 1):
        back_s = arrival[row + k]
        is_due = k < h.count and back_s > latest(h, k)
        if back_s <= duty.latest_end_s and not is_due:
            home_s = min(home_s, back_s)
    return home_s


@called
def backward(h: Hours, duty: Duty, line: Any, count: int, reach: Any, by_s: int) -> int:
    """Follow latest times from a return at `by_s`; return the latest departure, or -1.

    A departure must leave time for the breaks that it skips at home.
    """
    n = h.count + 1
    end_labels(h, reach, (count - 1) * n, by_s)
    for i in range(count - 2, 0, -1):
        at = i * LINE_COLUMNS
        leg_s = line[at + LINE_COLUMNS + LEG]
        for k in range(n):
            left_s = latest_departure(h, reach, (i + 1) * n, leg_s, k)
            reach[i * n + k] = -1
            if left_s >= line[at + HOLD]:
                by = latest_begin(h, line[at + WINDOW], left_s - line[at + DUTY])
                reach[i * n + k] = by
    depart_s = -1
    for k in range(n):
        left_s = latest_departure(h, reach, n, line[LINE_COLUMNS + LEG], k)
        over_s = 0
        if k > 0:
            over_s = earliest(h, k - 1) + length(h, k - 1)
        if left_s >= max(over_s, line[HOLD], duty.shift_start_s):
            depart_s = max(depart_s, left_s)
    return depart_s


@called
def timed(
    h: Hours,
    duty: Duty,
    line: Any,
    count: int,
    labels: tuple[Any, Any, Any],
    from_s: int,
) -> tuple[int, int]:
    """Return departure and return of a run: home as early as can be, off as late.

    (-1, -1) if the run cannot be driven from `from_s` on. Rests of the driving rule are
    not in it. `labels`: room for arrivals, departures and latest arrivals.
    """
    arrival, leave, reach = labels
    start_labels(h, duty, leave, 0, line[HOLD], from_s)
    forward(h, line, count, arrival, leave)
    home_s = home(h, duty, arrival, (count - 1) * (h.count + 1))
    if home_s >= NEVER:
        return -1, -1
    if duty.is_under_way:
        return duty.shift_start_s, home_s
    return backward(h, duty, line, count, reach, home_s), home_s
