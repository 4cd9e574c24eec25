"""A run driven event by event: its breaks, and rests after long driving."""

from typing import Any

from routing.solver.engine.columns import NEVER
from routing.solver.engine.compiled import called
from routing.solver.engine.timeline import (
    DUTY,
    HOLD,
    LEG,
    LINE_COLUMNS,
    WINDOW,
    Duty,
    Hours,
    begin,
    earliest,
    forward,
    home,
    latest,
    length,
)

HALT, PAUSE = 0, 1
"""Kinds of events."""

KIND, INDEX, ARRIVE, START, DEPART, DRIVEN = range(6)
"""Columns of `events`: halt or pause, row of the line (of a pause: the next halt),
times, seconds driven since the event before."""

EVENT_COLUMNS = 6


@called
def _trace_breaks(
    h: Hours, line: Any, count: int, labels: tuple[Any, Any, Any], home_s: int
) -> int:
    """Write on which leg each break lies (-1: at home) into `labels[2]`.

    Returns how many were over before the departure.
    """
    arrival, leave, leg_of = labels
    n, last = h.count + 1, (count - 1) * (h.count + 1)
    for b in range(n):
        leg_of[b] = -1
    k = 0
    while arrival[last + k] != home_s or (k < h.count and home_s > latest(h, k)):
        k += 1
    for i in range(count - 1, 0, -1):
        for m in range(k, -1, -1):
            over_s = leave[(i - 1) * n + m]
            if over_s >= NEVER:
                continue
            ready_s, is_possible = over_s + line[i * LINE_COLUMNS + LEG], True
            for b in range(m, k):
                is_possible &= over_s <= latest(h, b)
                over_s = max(over_s, earliest(h, b)) + length(h, b)
                ready_s = max(ready_s, earliest(h, b)) + length(h, b)
            if is_possible and ready_s == arrival[i * n + k]:
                for b in range(m, k):
                    leg_of[b] = i
                k = m
                break
    return k


@called
def _put(
    events: Any, n: int, kind: tuple[int, int], times: tuple[int, int, int, int]
) -> int:
    row = n * EVENT_COLUMNS
    events[row + KIND], events[row + INDEX] = kind
    events[row + ARRIVE], events[row + START] = times[0], times[1]
    events[row + DEPART], events[row + DRIVEN] = times[2], times[3]
    return n + 1


@called
def _saves_rest(duty: Duty, line: Any, count: int, i: int, driven_s: int) -> bool:
    """Tell whether a rest now, before the work at row i, is one less later on."""
    left_s = 0
    for later in range(i + 1, count):
        left_s += line[later * LINE_COLUMNS + LEG]
    without = (driven_s + left_s - 1) // duty.most_driving_s
    return 1 + max(left_s - 1, 0) // duty.most_driving_s <= without


@called
def drive(
    h: Hours,
    duty: Duty,
    line: Any,
    count: int,
    labels: tuple[Any, Any, Any],
    depart_s: int,
    events: Any,
    is_early: bool,
) -> int:
    """Drive a line from `depart_s`; return how many events were written, or -1.

    Breaks lie where the labels had them, rests where the driving rule asks for them: in
    a wait that is long enough, else when the limit is reached. With `is_early` they lie
    in shorter waits as well, where that saves a rest later on.
    """
    arrival, leave, leg_of = labels
    for k in range(h.count + 1):
        leave[k] = NEVER
        if k == 0:
            leave[k] = depart_s
        elif not duty.is_under_way:
            over_s = earliest(h, k - 1) + length(h, k - 1)
            if depart_s >= over_s:
                leave[k] = depart_s
    forward(h, line, count, arrival, leave)
    home_s = home(h, duty, arrival, (count - 1) * (h.count + 1))
    if home_s >= NEVER:
        return -1
    b = _trace_breaks(h, line, count, labels, home_s)
    n = _put(events, 0, (HALT, 0), (depart_s, depart_s, depart_s, 0))
    clock_s, driven_s = depart_s, 0
    for i in range(1, count):
        at = i * LINE_COLUMNS
        left_s, since_s = line[at + LEG], 0
        while True:
            to_break = to_rest = NEVER
            if b < h.count and leg_of[b] == i:
                to_break = min(max(earliest(h, b) - clock_s, 0), left_s)
            if duty.most_driving_s > 0 and driven_s + left_s > duty.most_driving_s:
                to_rest = duty.most_driving_s - driven_s
            drive_s = min(to_break, to_rest)
            if drive_s == NEVER:
                break
            clock_s, left_s = clock_s + drive_s, left_s - drive_s
            since_s, driven_s = since_s + drive_s, driven_s + drive_s
            start_s, length_s = clock_s, duty.rest_s
            if to_break <= to_rest:
                start_s, length_s = max(clock_s, earliest(h, b)), length(h, b)
                if start_s > latest(h, b):
                    return -1
                b += 1
            times = (clock_s, start_s, start_s + length_s, since_s)
            n = _put(events, n, (PAUSE, i), times)
            clock_s, since_s = start_s + length_s, 0
            if length_s >= duty.rest_s:
                driven_s = 0
        clock_s += left_s
        since_s += left_s
        driven_s += left_s
        start_s = clock_s
        if i < count - 1:
            start_s = begin(h, line[at + WINDOW], clock_s)
        if start_s >= NEVER:
            return -1
        if (
            duty.most_driving_s > 0
            and driven_s > 0
            and start_s > clock_s
            and (
                start_s - clock_s >= duty.rest_s
                or (is_early and _saves_rest(duty, line, count, i, driven_s))
            )
        ):
            times = (clock_s, clock_s, clock_s + duty.rest_s, since_s)
            n = _put(events, n, (PAUSE, i), times)
            clock_s, since_s, driven_s = clock_s + duty.rest_s, 0, 0
            start_s = begin(h, line[at + WINDOW], clock_s)
            if start_s >= NEVER:
                return -1
        left_s = start_s
        if i < count - 1:
            left_s = max(start_s + line[at + DUTY], line[at + HOLD])
        n = _put(events, n, (HALT, i), (clock_s, start_s, left_s, since_s))
        clock_s = left_s
    is_late = clock_s > duty.latest_end_s
    while b < h.count:
        is_late |= clock_s > latest(h, b)
        b += 1
    return -1 if is_late else n
