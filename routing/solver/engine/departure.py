"""When a run departs: of all departures that can matter, the one that costs least.

Whoever is home first may have paid for it: with hours of waiting for a facility that
opens again, or with a break that a later departure has at home. From one departure on,
home as early as can be and off as late as that allows is best; so what is left to try
are departures after which another window or break comes into reach.
"""

from typing import Any, NamedTuple

import numpy as np

from routing.solver.engine.columns import BIG, NEVER
from routing.solver.engine.compiled import called, compiled
from routing.solver.engine.driving import DEPART, EVENT_COLUMNS, drive
from routing.solver.engine.pointers import pointers
from routing.solver.engine.timeline import (
    DUTY,
    HOLD,
    LEG,
    LINE_COLUMNS,
    WINDOW,
    Duty,
    Hours,
    backward,
    earliest,
    length,
    timed,
)

Span = tuple[int, int, int]
"""Departure, return, and number of events; -1 each if the run cannot be driven. Events
are only written for drivers with a driving rule; else their number is 0."""


@called
def cheapest_span(
    h: Hours, duty: Duty, line: Any, count: int, labels: Any, events: Any
) -> Span:
    """Return the times of a run that cost least; the labels are those of no run."""
    span = _span_from(h, duty, line, count, labels, events, duty.shift_start_s)
    if duty.is_under_way or (span[0] < 0 and duty.most_driving_s == 0):
        return span
    is_paid = duty.cents_s + duty.unfair > 0
    fastest_s, least = _fastest_s(line, count), _cents(duty, span)
    if least < BIG and (not is_paid or span[1] - span[0] <= fastest_s):
        return span
    by_s, first_s, best_s = duty.latest_end_s - fastest_s, span[0], duty.shift_start_s
    is_stale = False
    for k in range(h.count):
        from_s = earliest(h, k) + length(h, k)
        if first_s < from_s <= by_s:
            is_stale = True
            span = _span_from(h, duty, line, count, labels, events, from_s)
            if _cents(duty, span) < least:
                least, best_s, is_stale = _cents(duty, span), from_s, False
    spent_s = 0
    for i in range(1, count - 1):
        spent_s += line[(i - 1) * LINE_COLUMNS + DUTY] + line[i * LINE_COLUMNS + LEG]
        row = line[i * LINE_COLUMNS + WINDOW] * h.windows
        for w in range(0 if h.count > 0 else 1, h.windows):
            if w > 0 and h.opens_s[row + w] == h.opens_s[row + w - 1]:
                continue
            opens_s = np.int64(h.opens_s[row + w])
            if opens_s - spent_s <= first_s:
                continue  # waits and breaks could only make it earlier
            from_s = backward(h, duty, line, i + 1, labels[2], opens_s)
            if first_s < from_s <= by_s and from_s != best_s:
                is_stale = True
                span = _span_from(h, duty, line, count, labels, events, from_s)
                if _cents(duty, span) < least:
                    least, best_s, is_stale = _cents(duty, span), from_s, False
    if is_stale or first_s < 0:
        span = _span_from(h, duty, line, count, labels, events, best_s)
    return span


@called
def _fastest_s(line: Any, count: int) -> int:
    """Return how long the run takes without waits and breaks."""
    total_s = 0
    for i in range(count):
        total_s += line[i * LINE_COLUMNS + LEG] + line[i * LINE_COLUMNS + DUTY]
    return total_s


@called
def _cents(duty: Duty, span: Span) -> int:
    """Return what the time of a run costs, BIG if it may not take so long."""
    duration_s = span[1] - span[0]
    if span[0] < 0 or duration_s > duty.most_s:
        return BIG
    return (
        duty.cents_s * duration_s
        + duty.overtime * max(span[1] - duty.shift_end_s, 0)
        + duty.unfair * max(duration_s - duty.fair_s, 0)
    )


@called
def _span_from(
    h: Hours, duty: Duty, line: Any, count: int, labels: Any, events: Any, from_s: int
) -> Span:
    """Return the times of a run that departs at `from_s` or later."""
    depart_s, home_s = timed(h, duty, line, count, labels, from_s)
    if depart_s < 0 or duty.most_driving_s == 0:
        return depart_s, home_s, 0
    wrote = _drive_early(h, duty, line, count, labels, (depart_s, events))
    if wrote < 0 and not duty.is_under_way:
        # Rests made it late: off as late as they allow.
        late_s, depart_s = depart_s, max(from_s, line[HOLD])
        while late_s - depart_s > 1:
            middle_s = (depart_s + late_s) // 2
            if drive(h, duty, line, count, labels, middle_s, events, False) < 0:
                late_s = middle_s
            else:
                depart_s = middle_s
        wrote = _drive_early(h, duty, line, count, labels, (depart_s, events))
    if wrote < 0:
        return -1, -1, -1
    return depart_s, events[(wrote - 1) * EVENT_COLUMNS + DEPART], wrote


@called
def _drive_early(
    h: Hours, duty: Duty, line: Any, count: int, labels: Any, trip: tuple[int, Any]
) -> int:
    """Drive with rests as late as can be, or in waits if the run is home earlier so."""
    depart_s, events = trip
    wrote = drive(h, duty, line, count, labels, depart_s, events, False)
    if 0 <= wrote <= count:
        return wrote
    home_s = NEVER
    if wrote > 0:
        home_s = np.int64(events[(wrote - 1) * EVENT_COLUMNS + DEPART])
    early = drive(h, duty, line, count, labels, depart_s, events, True)
    if early > 0 and events[(early - 1) * EVENT_COLUMNS + DEPART] < home_s:
        return early
    if wrote > 0:
        drive(h, duty, line, count, labels, depart_s, events, False)
    return wrote


class Table(NamedTuple):
    """A run to be scheduled: see `Hours` and `timeline`; the arrays are contiguous."""

    opens_s: np.ndarray
    closes_s: np.ndarray
    windows: int
    pauses: np.ndarray
    breaks: int
    line: np.ndarray
    count: int
    arrival: np.ndarray
    leave: np.ndarray
    reach: np.ndarray
    events: np.ndarray


@compiled
def events_of(table: Table, duty: Duty) -> int:
    """Schedule one run; return how many rows of `table.events` were written, or -1."""
    t = pointers(table)
    h = Hours(t.opens_s, t.closes_s, t.windows, t.pauses, 0, t.breaks)
    labels = (t.arrival, t.leave, t.reach)
    depart_s, _, wrote = cheapest_span(h, duty, t.line, t.count, labels, t.events)
    if depart_s < 0 or wrote > 0:
        return wrote if depart_s >= 0 else -1
    return drive(h, duty, t.line, t.count, labels, depart_s, t.events, False)
