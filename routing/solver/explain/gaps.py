"""Gaps of a run that seem to have room for one stop more, the likeliest ones."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray
from routing.solver.explain.board import Board, Room, room_of
from routing.solver.explain.detour import Detour, detour_of
from routing.solver.explain.quick import Quick

_MOST_KEPT = 8
"""Ways of each kind that are looked at more closely."""

_MOST_SITES = 4

More = tuple[tuple[int, tuple[int, ...]], ...]
"""Gaps in ascending order, and what is to come into each."""

Way = tuple[float, int, More]
"""What it would cost at the least, the row of the run, and what it has more."""

Found = Iterator[tuple[float, More]]
"""What the detour costs, and which."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Question:
    """Where in the run a stop might be put.

    Parameters
    ----------
    start_cents
        To be added to what detours cost.
    least_cents
        What the cheapest detour comes to, loads left out of account.
    here
        The detour to the stop.
    room, need
        For the stop's stream; (3,) litres, kilograms and containers of the stop.
    """

    location: int
    first_gap: int
    start_cents: float
    least_cents: float
    here: Detour
    room: Room
    need: FloatArray


class Gaps:
    """The gaps of one run; keeps what many stops ask for."""

    def __init__(self, quick: Quick, board: Board, row: int) -> None:
        self.quick, self.board, self.row = quick, board, row
        self._rooms: dict[int, Room] = {}
        self._sites: dict[int, Detour] = {}
        # A halt in a run that waits may take none of its time.
        self.loose_cents = quick.way_cents(board.vehicle, 0, board.wait_s)

    def ask(self, stop: int, first_gap: int) -> Question:
        """Return what there is to know of a stop that comes in `first_gap` or later."""
        problem, board = self.quick.problem, self.board
        stops, location = problem.stops, problem.stop_location(stop)
        here = detour_of(self.quick, board, [location])
        here.fits[:first_gap] = False
        cents = 0.0 if board.has_run else board.standing_cents
        cents += float(self.quick.stop_cents(board.vehicle, np.array([stop]))[0])
        least = float(np.min(here.cents, where=here.fits, initial=np.inf))
        need = stops.demand_l[stop], stops.mass_kg[stop], stops.containers[stop]
        return Question(
            location=location,
            first_gap=first_gap,
            start_cents=cents - self.loose_cents,
            least_cents=least + cents - self.loose_cents,
            here=here,
            room=self._room(int(stops.stream[stop])),
            need=np.array(need, np.float64),
        )

    def plain_ways(self, question: Question) -> list[Way]:
        """Return likely ways without a new tip."""
        return self._told(question, self._plain(question))

    def tipped_ways(self, question: Question, stream: int) -> list[Way]:
        """Return likely ways with a new tip somewhere."""
        need = question.need[:, None, None]
        after: BoolArray = np.all(question.room.tip_after >= need, axis=0)
        before: BoolArray = np.all(question.room.tip_before >= need, axis=0)
        after[: question.first_gap] = before[: question.first_gap] = False
        ways: list[Way] = []
        for place in self._places(stream):
            apart = self._apart(question, place, after | before)
            together = self._together(question, place, (after, before))
            ways += self._told(question, apart) + self._told(question, together)
        return ways

    def halts_with(self, more: More) -> list[int]:
        """Return the run's halts with more in some gaps."""
        halts = list(self.board.halts)
        for gap, places in reversed(more):
            halts[gap:gap] = places
        return halts

    def _told(self, question: Question, found: Found) -> list[Way]:
        return [(cents + question.start_cents, self.row, more) for cents, more in found]

    def _plain(self, question: Question) -> Found:
        here = question.here
        has_room = (question.room.plain >= question.need[:, None]).all(axis=0)
        cents = np.where(here.fits & has_room, here.cents, np.inf)
        for gap in _least(cents):
            yield float(cents[gap]), ((gap, (question.location,)),)

    def _apart(self, question: Question, place: int, has_room: BoolArray) -> Found:
        """Yield ways with the stop in one gap, the tip in another."""
        here, site, board = question.here, self._site(place), self.board
        gaps = len(here.cents)
        p, q = np.ogrid[:gaps, :gaps]
        slack_s = board.late_s - board.early_s - board.legs_s
        takes_s = here.seconds[:, None] + site.seconds - board.early_wait_s
        fits = here.fits[:, None] & site.fits & has_room & (p != q)
        fits &= takes_s <= slack_s[np.maximum(p, q)]
        fits &= here.metres[:, None] + site.metres <= board.spare_m
        cents = np.where(fits, here.cents[:, None] + site.cents, np.inf)
        for flat in _least(cents.ravel()):
            gap, tip_gap = divmod(flat, gaps)
            more = (gap, (question.location,)), (tip_gap, (place,))
            yield float(cents[gap, tip_gap]), tuple(sorted(more))

    def _together(
        self, question: Question, place: int, rooms: tuple[BoolArray, BoolArray]
    ) -> Found:
        """Yield ways with both in one gap, either first."""
        orders = (question.location, place), (place, question.location)
        for order, room in zip(orders, rooms, strict=True):
            both = detour_of(self.quick, self.board, order)
            cents = np.where(both.fits & room.diagonal(), both.cents, np.inf)
            for gap in _least(cents):
                yield float(cents[gap]), ((gap, order),)

    def _places(self, stream: int) -> list[int]:
        """Return facilities that take the stream, the nearest to the run."""
        problem = self.quick.problem
        takes = np.flatnonzero(problem.facilities.accepts[:, stream]).tolist()
        places = [problem.facility_location(each) for each in takes]
        places.sort(key=lambda each: float(self._site(each).cents.min()))
        return places[:_MOST_SITES]

    def _site(self, place: int) -> Detour:
        if place not in self._sites:
            self._sites[place] = detour_of(self.quick, self.board, [place])
        return self._sites[place]

    def _room(self, stream: int) -> Room:
        if stream not in self._rooms:
            self._rooms[stream] = room_of(self.quick, self.board, stream)
        return self._rooms[stream]


def _least(cents: FloatArray) -> list[int]:
    """Return where the few least finite numbers are."""
    kept = min(_MOST_KEPT, len(cents))
    order = np.argpartition(cents, kept - 1)[:kept]
    return [int(each) for each in order if np.isfinite(cents[each])]
