"""The improver as Python sees it: a problem and halts in, better halts out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from routing.arrays import IntArray
from routing.solver.engine.columns import ABSENT, BEST, OWN, USED
from routing.solver.engine.facts import Facts
from routing.solver.engine.lay import Halts, lay_routes, read_best, read_now
from routing.solver.engine.part import confine
from routing.solver.engine.search import search
from routing.solver.engine.state import State, empty_state
from routing.solver.improver.clock_level import NONE
from routing.solver.improver.money import MICRO
from routing.solver.improver.split import Part

_NOTHING = np.zeros(0, np.int32)
_ANY_PRICE = 10**15  # a temperature
_FEW_STOPS = 15
_NEAR_LEG = 4  # the fifth nearest stop


class Pace(Protocol):
    """Measures out a budget."""

    def spent(self, iterations: int) -> float:
        """Return the share spent after so many iterations; 1 ends the search."""

    def chunk(self, iterations: int) -> int:
        """Return how many iterations to run before asking again."""

    def affordable(self, iterations: int) -> float:
        """Return how many iterations the whole budget allows, judged by the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tastes:
    """How to search.

    Parameters
    ----------
    removed
        Stops taken out on average in one iteration.
    longest
        Longest string taken out of a route.
    split, grow
        Share of strings that keep a piece in their middle, and the chance that the
        piece grows by one more.
    whole
        Share of iterations that take out a whole route.
    exchange
        Share of iterations in which two vehicles exchange their runs instead.
    opening
        Share of iterations in which an unused vehicle is given a run, and the routes
        around are emptied for it or not.
    tails
        Share of iterations in which two routes exchange their tails.
    mild
        First temperature of a small problem, in legs.
    cooling
        The last temperature is the first, so many times colder.
    """

    removed: float = 10.0
    longest: float = 10.0
    split: float = 0.5
    grow: float = 0.99
    whole: float = 0.0
    exchange: float = 0.0
    opening: float = 0.0
    tails: float = 0.5
    mild: float = 0.4
    cooling: float = 40.0


_HOTTEST, _STOPS, _LONG = 1.4, 600, 1.4
"""First temperature in legs of the plan, or in so many legs to a near stop if they are
less: a leg for so many stops, as there is more to be melted in larger first plans."""

_CYCLE, _MOST_CYCLES, _SURE, _AGAIN = 15_000, 6, 0.01, 4.0
"""Iterations a stop after which it is better to melt the plan again than to cool it
slower; how often at most; share of the budget after which that can be judged."""

_FEWEST_TAILS, _MOST_TAILS, _LONG_RUN = 0.1, 0.7, 140
"""Share of tails where no clock is in the way: all of it at so many stops a run."""

_COOLEST, _ITERATIONS_A_STOP = 0.03, 500
"""Less than that where a stop cannot have so many iterations."""


class Improver:
    """One search: routes that change, and the best plan so far."""

    def __init__(
        self,
        facts: Facts,
        *,
        seed: int,
        halts: Halts,
        locked: Halts,
        part: Part | None = None,
    ) -> None:
        self.facts = facts
        self.state: State = empty_state(facts, seed=seed)
        self.iterations, self._cycles = 0, 0
        self._locked = locked
        if part is not None:
            confine(facts, self.state, part.stops, part.routes)
            halts, locked = _only(halts, part.routes), _only(locked, part.routes)
        lay_routes(facts, self.state, halts, locked)
        self.is_sound = self._run(Tastes(), 0, -1, _NOTHING) >= 0

    def again(self, halts: Halts, *, seed: int, part: Part | None = None) -> "Improver":
        """Return another search of the same problem, or a part of it."""
        return Improver(
            self.facts, seed=seed, halts=halts, locked=self._locked, part=part
        )

    @property
    def near(self) -> IntArray:
        """Return (s, k): the stops that lie nearest to each stop."""
        f = self.facts
        near: IntArray = f.near[: f.stops * f.near_width].reshape(f.stops, f.near_width)
        return near

    @property
    def best(self) -> int:
        """Return the cost of the best plan in millionths of a cent."""
        return int(self.state.total[BEST])

    @property
    def best_cents(self) -> float:
        """Return the cost of the best plan without the penalty of missing stops."""
        return left_and_cents(self.facts, self.best)[1]

    @property
    def best_left(self) -> int:
        """Return how many mandatory stops, or groups of them, the best plan leaves."""
        return left_and_cents(self.facts, self.best)[0]

    def fill(self, order: IntArray) -> None:
        """Insert absent stops in the given order, each where it costs least."""
        self._run(Tastes(), 0, 0, order.astype(np.int32))

    def begin(self, trips: Sequence[IntArray]) -> None:
        """Give every trip an unused vehicle as long as there are any.

        Its first stop goes there; the others, and all stops of trips that find none,
        go where they cost least.
        """
        for trip in trips:
            self._run(Tastes(opening=1.0), 0, 0, trip.astype(np.int32))

    def fill_all(self, order: IntArray) -> None:
        """Insert absent stops whatever they cost: some only pay together.

        The search goes on from there; the best plan stays what it was, if it is better.
        """
        self._run(Tastes(), _ANY_PRICE, 0, order.astype(np.int32))

    def improve(
        self,
        pace: Pace,
        heard: Callable[[int, float], None] = lambda _left, _cents: None,
        *,
        until: float = 1.0,
    ) -> None:
        """Anneal until the pace says that the budget is spent, or that share of it.

        Parameters
        ----------
        heard
            Told the mandatory stops left, and the cents, of every better plan.
        """
        near, lowest, done, tastes = _near_leg(self.facts), self.best, 0, self.tastes()
        hottest = min(_HOTTEST, max(tastes.mild, self.facts.stops / _STOPS))
        while (spent := pace.spent(done)) < until and self.facts.stops:
            affordable = pace.affordable(done) / self.facts.stops
            hot = hottest * min(1.0, max(_COOLEST, affordable / _ITERATIONS_A_STOP))
            leg = min(near, self._mean_leg())
            if self._cycles == 0 and spent > _SURE:
                self._cycles = int(np.clip(affordable / _CYCLE, 1, _MOST_CYCLES))
            cycle, cooled = divmod(spent * max(1, self._cycles), 1.0)
            melted = leg * hot * (_AGAIN if cycle else 1.0)
            heat = melted * tastes.cooling**-cooled
            chunk = pace.chunk(done)
            # Three digits: the last bit of a power differs between machines.
            self._run(tastes, int(float(f"{heat:.3g}")), chunk, _NOTHING)
            done += chunk
            if self.best < lowest:
                lowest = self.best
                heard(self.best_left, self.best_cents)
        self.iterations += done

    def tastes(self) -> Tastes:
        """Say how to search: exchanges are for fleets of several classes.

        Runs are opened, and closed, at once where that costs more than a single stop
        can bear. In a small problem a whole run is no more than a string elsewhere.
        Where no clock is in the way, strings reach what tails are for unless runs are
        long, and it pays to cool further.
        """
        f, opening = self.facts, 0.0
        if f.classes > 1:
            opening = 0.12
        elif f.is_optional.any() or f.fixed.any():
            opening = 0.05
        patient = {}
        if f.level == NONE and f.classes == 1:
            tails = min(
                _MOST_TAILS, max(_FEWEST_TAILS, self._stops_a_run() / _LONG_RUN)
            )
            patient = {"tails": tails, "mild": 1.0, "cooling": 100.0}
        return Tastes(
            **patient,
            exchange=0.05 if f.classes > 1 else 0.0,
            opening=opening,
            whole=0.2 if f.stops <= _FEW_STOPS else 0.0,
        )

    def _stops_a_run(self) -> float:
        """Return how many stops a run has on average in the plan as it is."""
        total = self.state.total
        return float(total[OWN] - total[ABSENT]) / max(1, int(total[USED]))

    def _mean_leg(self) -> float:
        """Return what a leg costs in the plan as it is, in millionths of a cent."""
        f, s = self.facts, self.state
        is_in = s.route_of[: f.stops] < f.routes
        if not is_in.any():
            return float(_ANY_PRICE)
        metres, seconds = (each[: f.stops][is_in].mean() for each in (s.leg_m, s.leg_s))
        return float(f.cents_m.mean() * metres + f.cents_s.mean() * seconds) + 1.0

    def best_halts(self) -> list[list[int]]:
        """Return the halts of the best plan by vehicle."""
        return read_best(self.facts, self.state)

    def halts(self) -> list[list[int]]:
        """Return the halts of the plan as it is, by vehicle."""
        return read_now(self.facts, self.state)

    def _run(
        self, tastes: Tastes, heat: int, iterations: int, order: np.ndarray
    ) -> int:
        taste = np.array(
            [
                tastes.removed,
                tastes.longest,
                tastes.split,
                tastes.grow,
                tastes.whole,
                tastes.exchange,
                tastes.opening,
                tastes.tails,
            ]
        )
        return int(search(self.facts, self.state, taste, heat, iterations, order))


def left_and_cents(f: Facts, cost: int) -> tuple[int, float]:
    """Return how many mandatory stops a cost is for, and its cents without them.

    `cost` is in millionths of a cent, a penalty for each of these stops included.
    """
    penalty = f.penalty * MICRO
    left, rest = divmod(cost, penalty) if penalty else (0, cost)
    return left, rest / MICRO


def _only(halts: Halts, routes: IntArray) -> Halts:
    """Return the halts of some routes, none for the others."""
    kept = set(routes.tolist())
    return [each if r in kept else () for r, each in enumerate(halts)]


def _near_leg(f: Facts) -> float:
    """Return what driving to a near stop costs, in millionths of a cent."""
    if f.beside_width == 0:
        return 1.0
    legs = f.beside_legs.reshape(f.stops, f.beside_width, 4)
    metres, seconds = legs[:, min(_NEAR_LEG, f.beside_width - 1), :2].mean(axis=0)
    cents = f.cents_m.mean() * metres + f.cents_s.mean() * seconds
    return float(_LONG * cents) + 1.0
