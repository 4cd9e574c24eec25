"""Better plans by ruin and recreate: take neighbouring stops out, put them back better.

After Christiaens and Vanden Berghe, "Slack induction by string removals" (2020), with
whole trips and whole runs among the ruins, because tips and vehicles must move too.
"""

from collections.abc import Callable

import numpy as np

from routing.solver.draft import Draft

_MOST_REMOVED = 20
_LONGEST_STRING = 10
_WITH_TIPS = 0.3  # share of strings that take the tips between their stops out too
_WHOLE_TRIP, _WHOLE_RUN = 0.06, 0.02  # share of ruins
_TIP_MOVED, _TIP_ADDED = 0.08, 0.04
_MOVED_BY = 12  # halts that a tip moves at most
_OPEN_NEIGHBOURS = 40  # stops near the ruin that may come in instead
_HOTTEST, _COLDEST = 1e-2, 5e-5  # of the cost of the first plan

Pace = Callable[[int], float]
"""Told the iteration, says which share of the effort is spent; 1 ends the search."""

Heard = Callable[[float], None]
"""Told the cents of every better plan."""


def improve(draft: Draft, *, pace: Pace, seed: int, heard: Heard) -> Draft:
    """Ruin and recreate under simulated annealing; return the best draft."""
    rng = np.random.default_rng(seed)
    ruins = _Ruins(draft, rng)
    current, best = draft, draft
    current_cents = best_cents = draft.cents
    scale = current_cents - float(draft.worth_cents[draft.is_open].sum())
    iteration = 0
    while ruins.can_ruin and (spent := pace(iteration)) < 1:
        iteration += 1
        tried = ruins.ruin_and_recreate(current)
        heat = scale * _HOTTEST * (_COLDEST / _HOTTEST) ** spent
        cents = tried.cents if tried.is_sound else np.inf
        if cents < current_cents + heat * rng.exponential():
            current, current_cents = tried, cents
        if cents < best_cents:
            best, best_cents = tried, cents
            heard(best_cents)
    return best


class _Ruins:
    """Draws what to take out."""

    def __init__(self, draft: Draft, rng: np.random.Generator) -> None:
        self.rng = rng
        self.first_stop = draft.problem.stop_location(0)
        self.facilities = range(draft.problem.depot_count, self.first_stop)
        self.stops = np.flatnonzero(draft.possible.any(axis=1))
        between_m = draft.problem.distance_m[self.first_stop :, self.first_stop :]
        self.neighbours = np.argsort(between_m, axis=1, kind="stable")
        self.can_ruin = len(self.stops) > 0

    def ruin_and_recreate(self, draft: Draft) -> Draft:
        """Return a changed copy."""
        tried = draft.copy()
        centre = int(self.rng.choice(self.stops))
        is_wanted = np.zeros_like(draft.is_open)
        is_wanted[self.neighbours[centre, :_OPEN_NEIGHBOURS]] = True
        kind = self.rng.random()
        if kind < _WHOLE_RUN:
            self._remove_run(tried)
        elif kind < _WHOLE_RUN + _WHOLE_TRIP:
            self._remove_trip(tried)
        elif kind > 1 - _TIP_ADDED:
            self._add_tip(tried)
            is_wanted[:] = True
        else:
            if kind > 1 - _TIP_ADDED - _TIP_MOVED:
                self._move_tip(tried)
            self._remove_strings(tried, centre)
        if tried.is_sound:
            is_wanted |= ~draft.is_open
            tried.recreate(np.flatnonzero(is_wanted & tried.is_open), self.rng)
        return tried

    def _remove_strings(self, draft: Draft, centre: int) -> None:
        """Take strings of stops out of the runs that pass near the centre."""
        wanted = int(self.rng.integers(1, _MOST_REMOVED + 1))
        vehicle_of = {x: v for v, track in enumerate(draft.tracks) for x in track.halts}
        ruined: set[int] = set()
        for stop in self.neighbours[centre]:
            v = vehicle_of.get(int(stop) + self.first_stop)
            if v is None or v in ruined:
                continue
            string = self._string(draft.tracks[v].halts, int(stop) + self.first_stop)
            draft.remove(v, string[:wanted])
            ruined.add(v)
            wanted -= len(string)
            if wanted <= 0 or len(ruined) == len(draft.tracks):
                break

    def _string(self, halts: list[int], through: int) -> list[int]:
        length = int(self.rng.integers(1, min(_LONGEST_STRING, len(halts)) + 1))
        start = halts.index(through) - int(self.rng.integers(length))
        string = halts[max(0, start) : max(0, start) + length]
        if self.rng.random() < _WITH_TIPS:
            return string
        return [x for x in string if x >= self.first_stop]

    def _remove_trip(self, draft: Draft) -> None:
        """Take out everything between two tips of a run, and the second of them."""
        v = self._busy_vehicle(draft)
        halts = draft.tracks[v].halts
        tips = [i for i, x in enumerate(halts) if x < self.first_stop]
        t = int(self.rng.integers(len(tips))) if tips else 0
        start = tips[t - 1] + 1 if t else 0
        draft.remove(v, halts[start : tips[t] + 1] if tips else [])

    def _move_tip(self, draft: Draft) -> None:
        """Put a tip where it costs least, at any facility, or leave it where it was."""
        v = self._busy_vehicle(draft)
        halts = draft.tracks[v].halts
        tips = [i for i, x in enumerate(halts) if x < self.first_stop]
        if not tips:
            return
        old = int(self.rng.choice(tips))
        rest = halts[:old] + halts[old + 1 :]
        places = range(max(1, old - _MOVED_BY), min(len(rest), old + _MOVED_BY) + 1)
        options = [
            [*rest[:i], facility, *rest[i:]]
            for i in places
            for facility in self.facilities
            if (i, facility) != (old, halts[old])
        ]
        draft.drive_cheapest(v, options)

    def _add_tip(self, draft: Draft) -> None:
        """Add a tip to a run: no single stop may pay for it, but many together."""
        v = self._busy_vehicle(draft)
        halts = draft.tracks[v].halts
        if halts and len(self.facilities):
            place = int(self.rng.integers(1, len(halts) + 1))
            halts.insert(place, int(self.rng.choice(self.facilities)))
            draft.lay(v, halts)

    def _remove_run(self, draft: Draft) -> None:
        v = self._busy_vehicle(draft)
        draft.remove(v, draft.tracks[v].halts)

    def _busy_vehicle(self, draft: Draft) -> int:
        busy = [v for v, track in enumerate(draft.tracks) if track.halts]
        return int(self.rng.choice(busy)) if busy else 0
