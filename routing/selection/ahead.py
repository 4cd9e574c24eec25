"""Look some days ahead: what emptying a bin today is worth against its best other day.

The bins of the coming days are laid into trips, day by day, so that driving, overflow
and visits that come too early cost least together (an inventory routing problem over a
rolling horizon; Coelho, Cordeau and Laporte 2014). A bin whose area will be visited
tomorrow anyway is worth little today; one whose area would have to be visited for it
alone is worth that drive. Today's prizes say so; the solver plans the day with them.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.selection.cycle import long_run
from routing.selection.outlook import Outlook
from routing.selection.search import cheapest_place, saved_without, search_days

LATER = -1
_NEAR = 60
_TRIPS_A_DAY = 3
_FIRST_SHARE = 0.3  # of the iterations: to learn what a visit costs
_USUAL_LEGS = 2  # nearest slots between which a usual visit is made
_WHOLE = 1.0
_HEAT = 0.1  # first temperature over a mean way


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ground:
    """What driving and work cost, in cents.

    Parameters
    ----------
    way_cents
        (1 + n, 1 + n) from row to column; row 0 is the depot.
    home_cents
        (n,) from a slot over the nearest facility to the depot.
    visit_cents
        (n,) the work of emptying.
    trip_cents
        What a tip costs.
    volume_l
        (n,) what a bin holds.
    room_l
        What a vehicle holds.
    """

    way_cents: FloatArray
    home_cents: FloatArray
    visit_cents: FloatArray
    trip_cents: float
    volume_l: FloatArray
    room_l: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ahead:
    """What the look ahead found.

    Parameters
    ----------
    prize_cents
        (n,) what emptying today saves; 0: nothing.
    chance
        (n,) index of the chance at which it is best emptied, `LATER` for none of them.
    """

    prize_cents: FloatArray
    chance: IntArray


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
    driving = _usual_detours(ground)
    first = round(_FIRST_SHARE * iterations)
    for share, last in ((first, False), (iterations - first, True)):
        stakes = _stakes(outlook, ground, driving, overflow_cents_per_h)
        plan = _search(outlook, ground, stakes, iterations=share, seed=seed)
        if not last:
            driving = driving * plan.dearer_than(driving)
    return Ahead(prize_cents=_prizes(stakes, plan, ground), chance=plan.chance)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Stakes:
    """Cents: (n, d) of emptying at a chance, driving left aside; (n,) of leaving it."""

    at_chance: FloatArray
    later: FloatArray

    @property
    def worth(self) -> FloatArray:
        """(n, d): what emptying at a chance saves against leaving it."""
        return np.ascontiguousarray(self.later[:, None] - self.at_chance)


def _stakes(
    outlook: Outlook, ground: Ground, driving: FloatArray, per_h: FloatArray
) -> _Stakes:
    visit_cents = ground.visit_cents + driving
    cycle = long_run(outlook, visit_cents=visit_cents, overflow_cents_per_h=per_h)
    waited_days = (outlook.chance_h - outlook.chance_h[0])[:-1] / 24
    at_chance = (
        per_h[:, None] * outlook.full_h[:, :-1]
        - cycle.cents_per_day[:, None] * waited_days
        + ground.visit_cents[:, None]
    )
    return _Stakes(at_chance=at_chance, later=cycle.later_cents)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Plan:
    """Trips of the coming chances; `saved` (n,) is what leaving a slot out would."""

    trips: IntArray
    lengths: IntArray
    day: IntArray
    loads: FloatArray
    load: FloatArray
    chance: IntArray
    saved: FloatArray
    driving_cents: float

    def dearer_than(self, driving: FloatArray) -> float:
        """Return how much dearer visits of this plan are than what was taken."""
        is_in = self.chance != LATER
        usual = float(driving[is_in].sum())
        cents = _WHOLE * self.driving_cents + (1 - _WHOLE) * float(self.saved.sum())
        return cents / usual if usual > 0 else 1.0


def _search(
    outlook: Outlook, ground: Ground, stakes: _Stakes, *, iterations: int, seed: int
) -> _Plan:
    load = np.ascontiguousarray(outlook.fill[:, :-1] * ground.volume_l[:, None])
    slots = ground.way_cents[1:, 1:]
    near = np.argsort(slots, axis=1, kind="stable")[:, :_NEAR]
    trips, lengths, day = search_days(
        ground.way_cents,
        ground.home_cents,
        ground.trip_cents,
        stakes.worth,
        load,
        ground.room_l,
        np.ascontiguousarray(near),
        _TRIPS_A_DAY,
        iterations,
        _HEAT * float(slots.mean()),
        seed,
    )
    chance = np.full(len(outlook), LATER)
    driving_cents = 0.0
    saved, loads = np.zeros(len(outlook)), np.zeros(len(lengths))
    for r, length in enumerate(lengths):
        if length:
            row = np.append(0, trips[r, :length] + 1)
            driving_cents += ground.trip_cents + ground.home_cents[row[-1] - 1]
            driving_cents += ground.way_cents[row[:-1], row[1:]].sum()
        for k, slot in enumerate(trips[r, :length]):
            chance[slot] = day[r]
            loads[r] += load[slot, day[r]]
            saved[slot] = saved_without(
                trips[r], length, k, ground.way_cents, ground.home_cents
            ) + (ground.trip_cents if length == 1 else 0.0)
    return _Plan(
        trips=trips,
        lengths=lengths,
        day=day,
        loads=loads,
        load=load,
        chance=chance,
        saved=saved,
        driving_cents=driving_cents,
    )


def _prizes(stakes: _Stakes, plan: _Plan, ground: Ground) -> FloatArray:
    """(n,): the cost of the best other day, less what today's overflow costs anyway."""
    slots = np.arange(len(plan.chance))
    is_planned = plan.chance > 0
    then = stakes.at_chance[slots, np.maximum(plan.chance, 0)] + plan.saved
    other = np.minimum(stakes.later, np.where(is_planned, then, np.inf))
    for slot in np.flatnonzero(~is_planned).tolist():
        other[slot] = min(other[slot], _cheapest_later(slot, stakes, plan, ground))
    prize: FloatArray = other - (stakes.at_chance[:, 0] - ground.visit_cents)
    return np.maximum(np.where(prize > ground.visit_cents, prize, 0.0), 0.0)


def _cheapest_later(slot: int, stakes: _Stakes, plan: _Plan, ground: Ground) -> float:
    """Return the cost of joining a trip of a later day; infinite if none has room."""
    cheapest = np.inf
    for r in np.flatnonzero((plan.day > 0) & (plan.lengths > 0)):
        d = plan.day[r]
        if plan.loads[r] + plan.load[slot, d] > ground.room_l:
            continue
        _, cents = cheapest_place(
            plan.trips[r], plan.lengths[r], slot, ground.way_cents, ground.home_cents
        )
        cheapest = min(cheapest, cents + stakes.at_chance[slot, d])
    return float(cheapest)


def _usual_detours(ground: Ground) -> FloatArray:
    """(n,): a first guess of what driving to a bin costs when others are visited too.

    The ways to its nearest places, which are hardly ever visited on the same day; plans
    tell by how much that is too little.
    """
    ways = ground.way_cents[1:].copy()
    np.fill_diagonal(ways[:, 1:], np.inf)
    nearest = np.sort(ways, axis=1)[:, : min(_USUAL_LEGS, len(ways))]
    detour: FloatArray = nearest.mean(axis=1)
    return np.maximum(detour, 1.0)
