"""The problem as compiled code reads it: flat arrays, whole numbers, no changes."""

from typing import Any, NamedTuple

from routing.solver.engine.legs import Legs


class Facts(NamedTuple):
    """Read-only tables of one problem: arrays outside, their addresses inside.

    Stops s, routes r (one a vehicle), streams m, classes c (vehicles that are alike),
    facilities f. Amounts are thousandths, money millionths of a cent. Tables of several
    columns are read row * columns + column.

    `level` says how much of the clock matters: 0 nothing, 1 only when work may begin,
    2 how long a run takes as well, 3 several windows, breaks or releases.
    """

    legs: Legs
    level: int
    stops: int
    routes: int
    streams: int
    classes: int
    facilities: int
    first_stop: int
    first_facility: int
    windows: int
    breaks: int
    groups: int
    near_width: int
    beside_width: int
    facility_width: int
    always_count: int
    route_width: int
    penalty: int  # cents of leaving a mandatory stop out

    has_tips: bool
    needs_measure: bool
    has_limits: bool
    is_picky: bool
    has_conflicts: bool
    has_ties: bool
    has_groups: bool
    has_locks: bool
    has_release: bool
    has_tonnage: bool

    cents_m: Any  # (r,)
    cents_s: Any  # (r,)
    fixed: Any  # (r,)
    overtime: Any  # (r,) a second
    unfair: Any  # (r,) a second
    fair_s: Any  # (r,)
    shift_start_s: Any  # (r,)
    shift_end_s: Any  # (r,)
    latest_end_s: Any  # (r,)
    most_s: Any  # (r,) duration
    most_m: Any  # (r,) distance
    is_under_way: Any  # (r,)
    start_at: Any  # (r,) location
    end_at: Any  # (r,) location

    room_l: Any  # (r, m) at once
    room_kg: Any  # (r,) at once
    room_n: Any  # (r,) at once
    whole_l: Any  # (r + 1, m) over the day: the room where nothing is tipped
    limits: Any  # (r + 1, 4) of the day: litres, kilograms, containers, stops
    aboard: Any  # (r, 3, m) litres, kilograms, containers at the start
    takes_home: Any  # (r, m)

    demand: Any  # (s, 3) litres, kilograms, containers
    stream: Any  # (s,)
    price: Any  # (s,) of leaving the stop out
    is_optional: Any  # (s,)
    is_hopeless: Any  # (s,) no vehicle can take it
    release_s: Any  # (s,)
    work_s: Any  # (s,)
    opens_s: Any  # (s + f, windows)
    closes_s: Any  # (s + f, windows)

    of_class: Any  # (r + 1,) class of the vehicle
    always: Any  # routes whose beginning is always tried
    class_first: Any  # (c + 1,) where the class begins in `by_class`
    by_class: Any  # (r,) routes, class by class
    may: Any  # (s, c) whether the class may come
    extra: Any  # (s, c) price of its coming: moved, foreign
    conflicts: Any  # (m, m)

    group: Any  # (s,) alternative, -1 none
    group_first: Any  # (groups + 1,)
    group_stops: Any
    tied_first: Any  # (s + 1,) stops that must share the vehicle
    tied: Any
    before_first: Any  # (s + 1,) stops that must come before
    before: Any
    after_first: Any  # (s + 1,) stops that must come after
    after: Any

    pauses: Any  # (c, breaks, 3) earliest, latest, length
    pause_count: Any  # (c,)
    driving: Any  # (c, 2) most driving, rest; 0: no rule

    accepts: Any  # (f, m)
    takes_all: Any  # (r, f) whatever the vehicle carries
    is_split: Any  # (r,) every facility worth a visit takes all
    tip_s: Any  # (f,)
    tip_price: Any  # (f,)
    tonnage: Any  # (f, m) a thousandth of a kilogram
    facility_near: Any  # (s, k) facilities worth trying beside a stop

    near: Any  # (s, near) stops by distance: where a ruin spreads
    beside: Any  # (s, beside) stops by distance and time: where to insert
    beside_legs: Any  # (s, beside, 4) metres, seconds from it, then to it
    quantile: Any  # exponential distribution
