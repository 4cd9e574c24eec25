"""Look some days ahead: what emptying a bin today is worth against its best other day.

The bins of the coming days are laid into trips, day by day, so that driving, overflow
and visits that come too early cost least together (an inventory routing problem over a
rolling horizon; Coelho, Cordeau and Laporte 2014). A bin whose area will be visited
tomorrow anyway is worth little today; one whose area would have to be visited for it
alone is worth that drive. Today's prizes say so; the solver plans the day with them.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.selection.cycle import long_run
from routing.selection.ground import Ground
from routing.selection.outlook import Outlook
from routing.selection.prize import NEARLY_EMPTY
from routing.selection.search import search_days
from routing.selection.trips import cheapest_place

LATER = -1
CHANCES = 3
"""Service days that are looked at, today included. Four and six drove 2 and 5 % more at
equal overflow: what is far away is hardly known, and draws bins ahead."""

OVERFLOW_H = 12.0
"""Hours of a full bin that cost as much as one overflow: half a day."""

_ITERATIONS_A_BIN = 40
_LEAST_ITERATIONS = 6000
_NEAR = 60
_TRIPS_A_DAY = 3
_FIRST_SHARE = 0.3  # of the iterations: to learn what a visit costs
_USUAL_LEGS = 2  # nearest slots between which a usual visit is made
_IDLE_H = 0.5  # expected of overflow until the next chance
_HEAT = 0.1  # first temperature over a mean way


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ahead:
    """What the look ahead found.

    Parameters
    ----------
    prize_cents
        (n,) what emptying today saves; 0: nothing, or it is planned for another day.
    chance
        (n,) index of the chance at which it is best emptied next, `LATER` for none.
    """

    prize_cents: FloatArray
    chance: IntArray


def usual_iterations(bins: int) -> int:
    """Return how long to search so many bins' coming days: forty rounds for each."""
    return max(_LEAST_ITERATIONS, _ITERATIONS_A_BIN * bins)


def look_ahead(
    outlook: Outlook,
    ground: Ground,
    *,
    overflow_cents_per_h: FloatArray,
    iterations: int,
    seed: int,
) -> Ahead:
    """Plan the coming chances, and say what each bin is worth today.

    Parameters
    ----------
    overflow_cents_per_h
        (n,) what an hour costs in which the bin is full, the service level included.
    iterations
        Of the search: the same result on every machine.
    """
    driving, near = usual_detours(ground), _nearest(ground)
    first = round(_FIRST_SHARE * iterations)
    for share, last in ((first, False), (iterations - first, True)):
        pay = _pay(outlook, ground, driving, overflow_cents_per_h)
        plan = _search(outlook, ground, pay, near, iterations=share, seed=seed)
        if not last:
            driving = driving * plan.dearer_than(driving)
    prize = _prizes(pay, plan, ground, driving)
    # Nobody understands why a nearly empty bin was emptied, however near it is; unless
    # it may be full before anybody comes again, or that costs more than the stop.
    full_h = outlook.full_h[:, 1] - outlook.full_h[:, 0]
    is_idle = (full_h < _IDLE_H) & (overflow_cents_per_h * full_h < ground.visit_cents)
    prize[(outlook.fill[:, 0] < NEARLY_EMPTY) & is_idle] = 0.0
    return Ahead(prize_cents=prize, chance=plan.chance)


def _pay(
    outlook: Outlook, ground: Ground, driving: FloatArray, per_h: FloatArray
) -> FloatArray:
    """(n, 2 ** d): cents of a slot visited on a set of chances, driving left aside.

    Overflow until the first visit and between visits, the work, and what is gained by
    the time until the last one: what comes after it begins so much later.
    """
    cycle = long_run(
        outlook, visit_cents=ground.visit_cents + driving, overflow_cents_per_h=per_h
    )
    chances = len(outlook.chance_h) - 1
    days = np.rint((outlook.chance_h - outlook.chance_h[0]) / 24).astype(np.int64)
    pay = np.empty((len(outlook), 2**chances))
    pay[:, 0] = cycle.later_cents
    for mask in range(1, 2**chances):
        at = [k for k in range(chances) if mask >> k & 1]
        gaps = np.diff(days[at])
        full_h = outlook.full_h[:, at[0]] + cycle.from_empty_h[:, gaps].sum(axis=1)
        pay[:, mask] = (
            per_h * full_h
            + len(at) * ground.visit_cents
            - cycle.cents_per_day * days[at[-1]]
        )
    return pay


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Plan:
    """Trips of the coming chances.

    Parameters
    ----------
    visits
        (n,) the chances at which a slot is visited, one bit each.
    """

    trips: IntArray
    lengths: IntArray
    day: IntArray
    loads: FloatArray
    load: FloatArray
    visits: IntArray
    driving_cents: float

    @property
    def chance(self) -> IntArray:
        """(n,): the first visit, `LATER` without any."""
        first = np.log2(np.maximum(self.visits & -self.visits, 1)).astype(np.int64)
        return np.where(self.visits > 0, first, LATER)

    def dearer_than(self, driving: FloatArray) -> float:
        """Return how much dearer visits of this plan are than what was taken.

        The whole driving is shared out, not only what single visits would save: bins
        that are visited half as often together save whole trips.
        """
        count = sum(self.visits >> k & 1 for k in range(self.load.shape[1]))
        usual = float((driving * count).sum())
        return self.driving_cents / usual if usual > 0 else 1.0


def _nearest(ground: Ground) -> IntArray:
    """(n, m): the slots nearest to each one, itself first."""
    order = np.argsort(ground.way_cents[1:, 1:], axis=1, kind="stable")
    return np.ascontiguousarray(order[:, :_NEAR])


def _search(
    outlook: Outlook,
    ground: Ground,
    pay: FloatArray,
    near: IntArray,
    *,
    iterations: int,
    seed: int,
) -> _Plan:
    load = np.ascontiguousarray(outlook.fill[:, :-1] * ground.volume_l[:, None])
    trips, lengths, day = search_days(
        ground.way_cents,
        ground.home_cents,
        ground.trip_cents,
        pay,
        load,
        ground.room_l,
        near,
        _TRIPS_A_DAY,
        iterations,
        _HEAT * float(ground.way_cents[1:, 1:].mean()),
        seed,
    )
    return _read(trips, lengths, day, load, ground)


def _read(
    trips: IntArray, lengths: IntArray, day: IntArray, load: FloatArray, ground: Ground
) -> _Plan:
    """Find out of trips who is visited when, and what all of it costs."""
    visits = np.zeros(len(load), np.int64)
    loads, driving_cents = np.zeros(len(lengths)), 0.0
    for r in np.flatnonzero(lengths).tolist():
        slots, d = trips[r, : lengths[r]], int(day[r])
        row = np.append(0, slots + 1)
        driving_cents += ground.trip_cents + float(ground.home_cents[slots[-1]])
        driving_cents += float(ground.way_cents[row[:-1], row[1:]].sum())
        visits[slots] |= 1 << d
        loads[r] = load[slots, d].sum()
    return _Plan(
        trips=trips,
        lengths=lengths,
        day=day,
        loads=loads,
        load=load,
        visits=visits,
        driving_cents=driving_cents,
    )


def _prizes(
    pay: FloatArray, plan: _Plan, ground: Ground, driving: FloatArray
) -> FloatArray:
    """(n,): for slots that are in today's plan, the best cost without a visit today.

    Less the cost of the plan. What the plan has on another day, or never, stays there:
    tomorrow more will be known, and a visit cannot be taken back. Nor will joining a
    later trip cost more than a usual visit: by then others will be full nearby.
    """
    slot = np.arange(len(pay))
    rest = plan.visits & ~1
    without, with_it = pay[slot, rest], pay[slot, plan.visits]
    is_today = (plan.visits & 1) > 0
    joining = np.minimum(_joining(plan, ground, is_today), driving[:, None])
    for d in range(1, plan.load.shape[1]):
        joined = pay[slot, rest | 1 << d] + joining[:, d]
        without = np.minimum(without, np.where(rest >> d & 1, np.inf, joined))
    # The solver knows the work of a visit itself.
    prize: FloatArray = without - with_it + ground.visit_cents
    return np.where(is_today & (prize > ground.visit_cents), prize, 0.0)


def _joining(plan: _Plan, ground: Ground, is_asked: BoolArray) -> FloatArray:
    """(n, d): the least driving to join a trip of a later day; infinite without room.

    Only of the slots (n,) that are asked for.
    """
    cheapest = np.full(plan.load.shape, np.inf)
    for r in np.flatnonzero((plan.lengths > 0) & (plan.day > 0)).tolist():
        d = int(plan.day[r])
        has_room = plan.loads[r] + plan.load[:, d] <= ground.room_l
        for slot in np.flatnonzero(is_asked & has_room).tolist():
            _, cents = cheapest_place(
                plan.trips[r],
                plan.lengths[r],
                slot,
                ground.way_cents,
                ground.home_cents,
            )
            cheapest[slot, d] = min(cheapest[slot, d], cents)
    return cheapest


def usual_detours(ground: Ground) -> FloatArray:
    """(n,): a first guess of what driving to a bin costs when others are visited too.

    The ways to its nearest places, which are hardly ever visited on the same day; plans
    tell by how much that is too little.
    """
    ways = ground.way_cents[1:].copy()
    np.fill_diagonal(ways[:, 1:], np.inf)
    nearest = np.sort(ways, axis=1)[:, : min(_USUAL_LEGS, len(ways))]
    detour: FloatArray = nearest.mean(axis=1)
    return np.maximum(detour, 1.0)
