"""A plan in the making, and its two moves: take stops out, put stops in."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Self

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.insertion import cheapest_insertions, insert_stop
from routing.solver.model import Problem
from routing.solver.pricing import cents_of, mandatory_cents
from routing.solver.schedule import drop_idle_tips
from routing.solver.track import Track, lay_track

_NOISE = 0.2  # of what a usual insertion costs


class Draft:
    """A track for each vehicle, and the stops that are in none but could be."""

    def __init__(self, problem: Problem, can_take: BoolArray) -> None:
        self.problem = problem
        self.possible = self.can_take = can_take
        self.tracks = [
            lay_track(problem, vehicle=v, halts=[])
            for v in range(len(problem.vehicles))
        ]
        self.is_open: BoolArray = np.any(can_take, axis=1)
        self.worth_cents = np.where(
            problem.stops.is_mandatory,
            float(mandatory_cents(problem)),
            problem.stops.prize_cents,
        )

    def copy(self) -> Self:
        """Return a draft that can be changed on its own."""
        twin = copy(self)
        twin.tracks, twin.is_open = list(self.tracks), self.is_open.copy()
        return twin

    def with_fleet(self, is_used: BoolArray) -> Self:
        """Return a copy in which only these vehicles take further stops."""
        twin = self.copy()
        twin.can_take = self.possible & is_used
        return twin

    def with_halts(self, halts: Sequence[Sequence[int]]) -> Self:
        """Return a copy that drives other halts, without idle tips."""
        twin = self.copy()
        for v, each in enumerate(halts):
            twin.lay(v, drop_idle_tips(self.problem, each))
        visited = np.concatenate([track.path for track in twin.tracks])
        stops = visited - self.problem.stop_location(0)
        twin.is_open = np.any(self.possible, axis=1)
        twin.is_open[stops[stops >= 0]] = False
        return twin

    @property
    def is_sound(self) -> bool:
        """Tell whether every run keeps every rule."""
        return all(track.is_sound for track in self.tracks)

    @property
    def cents(self) -> float:
        """Return what the runs cost and the stops left out would have been worth."""
        runs = sum(_run_cents(self.problem, track) for track in self.tracks)
        return runs + float(self.worth_cents[self.is_open].sum())

    def remove(self, vehicle: int, locations: Iterable[int]) -> None:
        """Take halts out of a run, and the tips that have become idle."""
        gone = set(locations)
        first_stop = self.problem.stop_location(0)
        self.is_open[[x - first_stop for x in gone if x >= first_stop]] = True
        kept = [x for x in self.tracks[vehicle].halts if x not in gone]
        self.lay(vehicle, drop_idle_tips(self.problem, kept))

    def recreate(self, stops: IntArray, rng: np.random.Generator | None = None) -> None:
        """Put stops in, the best bargain first, until none is worth its cost.

        Parameters
        ----------
        rng
            Perturbs the bargains, so that not every recreation is the same.
        """
        offers = _Offers(self, stops, rng)
        while (chosen := offers.best()) is not None:
            row, v = chosen
            self.tracks[v] = insert_stop(
                self.problem,
                self.tracks[v],
                stop=int(stops[row]),
                gap=int(offers.gap[row, v]),
                facility=int(offers.facility[row, v]),
            )
            self.is_open[stops[row]] = False
            offers.is_open[row] = False
            offers.ask(v)
        self._drop_idle_tips()

    def drive_cheapest(self, vehicle: int, options: Iterable[list[int]]) -> None:
        """Let a vehicle drive the cheapest sound option, if any is sound."""
        tracks = [
            lay_track(self.problem, vehicle=vehicle, halts=halts) for halts in options
        ]
        self.tracks[vehicle] = min(
            (track for track in tracks if track.is_sound),
            key=lambda track: _run_cents(self.problem, track),
            default=self.tracks[vehicle],
        )

    def _drop_idle_tips(self) -> None:
        for v, track in enumerate(self.tracks):
            halts = drop_idle_tips(self.problem, track.halts)
            if len(halts) < len(track.halts):
                self.lay(v, halts)

    def lay(self, vehicle: int, halts: Sequence[int]) -> None:
        """Let a vehicle drive these halts."""
        self.tracks[vehicle] = lay_track(self.problem, vehicle=vehicle, halts=halts)


class _Offers:
    """What every vehicle asks for taking each of k stops."""

    def __init__(
        self, draft: Draft, stops: IntArray, rng: np.random.Generator | None
    ) -> None:
        self.draft, self.stops = draft, stops
        self.is_open = np.ones(len(stops), dtype=np.bool_)
        shape = (len(stops), len(draft.tracks))
        self.cents: FloatArray = np.full(shape, np.inf)
        self.gap = np.zeros(shape, dtype=np.int64)
        self.facility = np.zeros(shape, dtype=np.int64)
        for v in range(len(draft.tracks)):
            self.ask(v)
        self.bias_cents = np.zeros(shape)
        if rng is not None:
            self.bias_cents = rng.normal(0.0, _NOISE, shape) * self._usual_cents()

    def ask(self, v: int) -> None:
        """Renew the offers of one vehicle."""
        self.cents[:, v] = np.inf
        rows = np.flatnonzero(self.is_open & self.draft.can_take[self.stops, v])
        if len(rows):
            found = cheapest_insertions(
                self.draft.problem, self.draft.tracks[v], self.stops[rows]
            )
            self.cents[rows, v] = found.cents
            self.gap[rows, v] = found.gap
            self.facility[rows, v] = found.facility

    def _usual_cents(self) -> float:
        asked = self.cents[np.isfinite(self.cents)]
        return float(np.median(asked)) if len(asked) else 0.0

    def best(self) -> tuple[int, int] | None:
        """Return the row and the vehicle of the best bargain, None if there is none."""
        worth = self.draft.worth_cents[self.stops][:, None]
        asked = self.cents + self.bias_cents - worth
        bargain = np.where(self.cents < worth, asked, np.inf)
        bargain[~self.is_open] = np.inf
        if not bargain.size or not np.isfinite(bargain.min()):
            return None
        row, v = np.unravel_index(int(bargain.argmin()), bargain.shape)
        return int(row), int(v)


def _run_cents(problem: Problem, track: Track) -> float:
    if not track.halts:
        return 0.0
    fleet, v = problem.vehicles, track.vehicle
    is_tip = track.path < problem.stop_location(0)
    tips = track.path[1:-1][is_tip[1:-1]] - problem.depot_count
    driven = cents_of(
        problem,
        v,
        distance_m=np.array(track.distance_m),
        duration_s=np.array(track.duration_s),
    )
    tip_cents = int(problem.facilities.tip_cents[tips].sum())
    return float(driven) + int(fleet.fixed_cents[v]) + tip_cents
