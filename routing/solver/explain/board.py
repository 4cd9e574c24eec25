"""A run laid out for asking where something more would fit: room and slack by gap.

Gap p lies between places p and p + 1 of the run's path, its ends included. All that is
said here is what a gap could hold at most; whether it does is for `sound_run` to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.explain.halts import halts_of, lock_length
from routing.solver.explain.quick import Quick
from routing.solver.plan import Run, StepKind
from routing.solver.pricing import price_run

_TOLERANCE = 1e-6

NO_TIME_S = 2**50
"""Far beyond every day."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Board:
    """One vehicle's run.

    Parameters
    ----------
    halts
        Without the ends.
    has_run
        Whether the plan has the run; else it is what the vehicle would drive for
        nothing, and it costs nothing yet.
    base_cents
        What the run costs in the plan.
    standing_cents
        What driving the halts costs at least, without waits.
    busy_s
        Driving and work.
    wait_s
        Time in the run that is neither driving, work nor break.
    spare_m
        How much longer the run may become.
    early_wait_s
        Time spent waiting by who leaves as early as can be.
    early_s
        (p,) earliest departure from the place before each gap, breaks ignored.
    late_s
        (p,) latest arrival at the place after each gap, breaks ignored.
    litres
        (p, streams) on board in each gap.
    kilograms, containers
        (p,) on board in each gap, all streams together.
    """

    vehicle: int
    halts: tuple[int, ...]
    path: IntArray
    legs_s: IntArray
    legs_m: IntArray
    has_run: bool
    base_cents: float
    standing_cents: float
    busy_s: int
    wait_s: int
    locked: int
    spare_m: int
    early_wait_s: int
    early_s: IntArray
    late_s: IntArray
    litres: FloatArray
    kilograms: FloatArray
    containers: FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Room:
    """Room for a stop of one stream, each as [litres, kilograms, containers].

    Parameters
    ----------
    plain
        (3, p) at each gap until the stream is next tipped; -inf where it never is and
        may not come home.
    tip_after
        (3, p, q) at gap p when a new tip comes in gap q >= p; -inf elsewhere.
    tip_before
        (3, p, q) at gap p when a new tip comes in gap q <= p; -inf elsewhere.
    """

    plain: FloatArray
    tip_after: FloatArray
    tip_before: FloatArray


def lay_out(
    quick: Quick, vehicle: int, halts: Sequence[int], *, run: Run | None
) -> Board:
    """Lay out the halts of a run; None: the plan has none for the vehicle."""
    problem, path = quick.problem, quick.path(vehicle, halts)
    legs_s, legs_m = problem.ways.legs(path[:-1], path[1:])
    work_s = quick.work_s[path[1:-1]]
    busy_s = int(legs_s.sum() + work_s.sum())
    early_s, late_s = _slack(quick, vehicle, path, legs_s)
    litres, mass_kg, containers = _loads(quick, vehicle, path)
    return Board(
        vehicle=vehicle,
        halts=tuple(halts),
        path=path,
        legs_s=legs_s,
        legs_m=legs_m,
        has_run=run is not None,
        base_cents=price_run(problem, run).total_cents if run else 0.0,
        standing_cents=quick.standing_cents(vehicle, path)
        + quick.way_cents(vehicle, int(legs_m.sum()), busy_s),
        busy_s=busy_s,
        wait_s=_idle_s(quick, run) if run else 0,
        locked=lock_length(problem, vehicle),
        spare_m=int(problem.vehicles.max_distance_m[vehicle] - legs_m.sum()),
        early_wait_s=int(early_s[-1] - early_s[0]) - busy_s + int(legs_s[-1]),
        early_s=early_s,
        late_s=late_s,
        litres=litres,
        kilograms=mass_kg.sum(axis=1),
        containers=containers.sum(axis=1),
    )


def room_of(quick: Quick, board: Board, stream: int) -> Room:
    """Return the room that the run has for stops of one stream."""
    problem, gaps = quick.problem, len(board.path) - 1
    fleet, v = problem.vehicles, board.vehicle
    loads = np.stack([board.litres[:, stream], board.kilograms, board.containers])
    limits = np.array(
        [
            fleet.capacity_l[v, stream],
            fleet.capacity_kg[v],
            fleet.capacity_containers[v],
        ],
        np.float64,
    )
    trip = _trips(quick, board, stream)
    p, q = np.ogrid[:gaps, :gaps]
    is_same, later = trip[:, None] == trip, q >= p
    seen = np.where(is_same & later, loads[:, None, :], -np.inf)
    highest = np.maximum.accumulate(seen, axis=2)
    most = highest[:, :, -1]
    is_last = trip == trip[-1]
    may_stay = ~is_last | bool(fleet.home_accepts[v, stream])
    limits_pq = limits[:, None, None]
    after = np.where(is_same & later, limits_pq - highest, -np.inf)
    # A tip takes what is on board of every stream at most: verified later.
    before = limits_pq - most[:, :, None] + loads[:, None, :]
    before = np.where(is_same & ~(q > p) & may_stay[:, None], before, -np.inf)
    plain = np.where(may_stay, limits[:, None] - most, -np.inf)
    return Room(
        plain=plain + _TOLERANCE,
        tip_after=after + _TOLERANCE,
        tip_before=before + _TOLERANCE,
    )


def _trips(quick: Quick, board: Board, stream: int) -> IntArray:
    """(p,): number of the trip of a stream in which each gap lies."""
    problem = quick.problem
    first, halts = problem.stop_location(0), board.path[:-1]
    is_tip = (halts >= problem.depot_count) & (halts < first)
    is_tip[0] = False
    sites = np.where(is_tip, halts - problem.depot_count, 0)
    if not len(problem.facilities):
        return np.zeros(len(halts), np.int64)
    takes: BoolArray = is_tip & problem.facilities.accepts[sites, stream]
    return np.cumsum(takes)


def _slack(
    quick: Quick, vehicle: int, path: IntArray, legs_s: IntArray
) -> tuple[IntArray, IntArray]:
    fleet, gaps = quick.problem.vehicles, len(path) - 1
    early_s, late_s = np.zeros(gaps, np.int64), np.zeros(gaps, np.int64)
    clock_s = int(fleet.shift_start_s[vehicle])
    early_s[0] = clock_s
    for i in range(1, gaps):
        clock_s = _opening(quick, int(path[i]), clock_s + int(legs_s[i - 1]))
        clock_s += int(quick.work_s[path[i]])
        early_s[i] = clock_s
    clock_s = int(fleet.latest_end_s[vehicle])
    late_s[-1] = clock_s
    for i in range(gaps - 1, 0, -1):
        here = int(path[i])
        clock_s -= int(legs_s[i]) + int(quick.work_s[here])
        clock_s = _closing(quick, here, clock_s)
        late_s[i - 1] = clock_s
    return early_s, late_s


def _opening(quick: Quick, location: int, arrive_s: int) -> int:
    hours = zip(
        quick.opens_s[location].tolist(), quick.closes_s[location].tolist(), strict=True
    )
    starts = [max(arrive_s, opens) for opens, closes in hours if arrive_s <= closes]
    return starts[0] if starts else NO_TIME_S


def _closing(quick: Quick, location: int, latest_s: int) -> int:
    """Return the latest begin within a window that is not after a time."""
    hours = zip(
        quick.opens_s[location].tolist(), quick.closes_s[location].tolist(), strict=True
    )
    ends = [min(latest_s, closes) for opens, closes in hours if opens <= latest_s]
    return ends[-1] if ends else -NO_TIME_S


def _loads(
    quick: Quick, vehicle: int, path: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(p, streams): litres, kilograms and containers in each gap."""
    problem = quick.problem
    fleet, stops, sites = problem.vehicles, problem.stops, problem.facilities
    aboard = np.stack(
        [
            fleet.aboard_l[vehicle],
            fleet.aboard_kg[vehicle],
            fleet.aboard_containers[vehicle],
        ]
    ).astype(np.float64)
    loads = np.empty((len(path) - 1, *aboard.shape))
    for row, location in enumerate(path[:-1].tolist()):
        facility, stop = problem.facility_at(location), problem.stop_at(location)
        if row and facility is not None:
            aboard[:, sites.accepts[facility]] = 0
        elif row and stop is not None:
            more = stops.demand_l[stop], stops.mass_kg[stop], stops.containers[stop]
            aboard[:, stops.stream[stop]] += more
        loads[row] = aboard
    return loads[:, 0], loads[:, 1], loads[:, 2]


def _idle_s(quick: Quick, run: Run) -> int:
    breaks_s = sum(
        step.depart_s - step.start_s
        for step in run.steps
        if step.kind is StepKind.BREAK
    )
    work_s = int(quick.work_s[halts_of(run)].sum())
    driven_s = sum(step.leg_travel_s for step in run.steps)
    return run.duration_s - breaks_s - work_s - driven_s
