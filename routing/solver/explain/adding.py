"""The cheapest way of adding a stop to a plan as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from routing.arrays import BoolArray
from routing.solver.closing import close_run
from routing.solver.explain.board import Board, lay_out
from routing.solver.explain.gaps import Gaps, Question, Way
from routing.solver.explain.halts import halts_of, lock_length
from routing.solver.explain.quick import Quick
from routing.solver.explain.verdict import sound_run
from routing.solver.model import Problem
from routing.solver.plan import Run
from routing.solver.pricing import price_run
from routing.solver.screening import screen_stops

_MOST_TRIED = 64
"""Ways that are timed for one stop; the likeliest come first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A run with one more stop in it, and what the plan then costs more."""

    run: Run
    cents: float


class Adding:
    """Asks a plan's runs for room; lays out each of them once."""

    def __init__(self, problem: Problem, runs: Sequence[Run]) -> None:
        self.problem, self.quick = problem, Quick(problem)
        self._can_take = screen_stops(problem).can_take
        boards = list(_boards(self.quick, runs))
        self._gaps = [Gaps(self.quick, each, row) for row, each in enumerate(boards)]
        self._streams = {each.vehicle: _streams_of(problem, each) for each in boards}
        first = problem.stop_location(0)
        self._place = {
            location - first: (board.vehicle, gap)
            for board in boards
            for gap, location in enumerate(board.halts, start=1)
            if location >= first
        }

    def cheapest(self, stop: int, below_cents: float = np.inf) -> Added | None:
        """Return the cheapest sound way found, or None if none costs less than asked.

        Ways with a new tip are only tried in runs where they may be cheaper than the
        best without one.
        """
        questions = list(self._questions(stop))
        stream = int(self.problem.stops.stream[stop])
        found = self._first_sound(
            [way for gaps, question in questions for way in gaps.plain_ways(question)],
            below_cents,
        )
        most_cents = below_cents if found is None else found.cents
        tipped = [
            way
            for gaps, question in questions
            if question.least_cents < most_cents
            for way in gaps.tipped_ways(question, stream)
        ]
        return self._first_sound(tipped, most_cents) or found

    def _first_sound(self, ways: list[Way], most_cents: float) -> Added | None:
        """Return the cheapest of the likely ways that is sound and cheap enough."""
        priced: list[Way] = []
        for least_cents, row, more in sorted(ways)[:_MOST_TRIED]:
            if least_cents >= most_cents:
                break
            added = self._soundest(priced, least_cents)
            if added is not None:
                return added
            gaps = self._gaps[row]
            cents = self.quick.cents(gaps.board.vehicle, gaps.halts_with(more))
            if cents is not None and cents - gaps.board.base_cents < most_cents:
                heappush(priced, (cents - gaps.board.base_cents, row, more))
        return self._soundest(priced, most_cents)

    def _soundest(self, priced: list[Way], most_cents: float) -> Added | None:
        """Return the cheapest sound way that costs no more than others can."""
        while priced and priced[0][0] <= most_cents:
            _, row, more = heappop(priced)
            board, halts = self._gaps[row].board, self._gaps[row].halts_with(more)
            run = sound_run(self.problem, vehicle=board.vehicle, halts=halts)
            if run is not None:
                cents = price_run(self.problem, run).total_cents
                return Added(run=run, cents=cents - board.base_cents)
        return None

    def _questions(self, stop: int) -> Iterator[tuple[Gaps, Question]]:
        if self._is_replaced(stop):
            return
        for gaps in self._gaps:
            first_gap = self._first_gap(stop, gaps.board)
            if first_gap is None:
                continue
            question = gaps.ask(stop, first_gap)
            if question.here.fits.any():
                yield gaps, question

    def _is_replaced(self, stop: int) -> bool:
        group = self.problem.stops.alternative
        return group[stop] >= 0 and any(
            group[other] == group[stop] for other in self._place
        )

    def _first_gap(self, stop: int, board: Board) -> int | None:
        """Return the first gap in which rules of ties let the stop be."""
        problem, v = self.problem, board.vehicle
        if not self._can_take[stop, v]:
            return None
        stream = problem.stops.stream[stop]
        if problem.conflicts[stream, self._streams[v]].any():
            return None
        gap = board.locked
        for group in problem.same_vehicle:
            if stop in group and any(
                self._place[other][0] != v for other in group if other in self._place
            ):
                return None
        for before, after in problem.precedence:
            if after == stop:
                where = self._place.get(before)
                if where is None or where[0] != v:
                    return None
                gap = max(gap, where[1])
        return gap


def _boards(quick: Quick, runs: Sequence[Run]) -> Iterator[Board]:
    """Lay out every run, and every vehicle that may still leave.

    One that may not come home with what it has on board is laid out with the tips that
    it needs, and without: another tip may do.
    """
    problem, by_vehicle = quick.problem, {run.vehicle: run for run in runs}
    for v in range(len(problem.vehicles)):
        run = by_vehicle.get(v)
        if run is not None:
            yield lay_out(quick, v, halts_of(run), run=run)
        elif not problem.vehicles.is_under_way[v] and not lock_length(problem, v):
            yield lay_out(quick, v, [], run=None)
            needed = close_run(problem, v, [])
            if needed:
                yield lay_out(quick, v, needed, run=None)


def _streams_of(problem: Problem, board: Board) -> BoolArray:
    """(streams,): what the run collects."""
    is_collected = np.zeros(len(problem.streams), np.bool_)
    for location in board.halts:
        stop = problem.stop_at(location)
        if stop is not None:
            is_collected[problem.stops.stream[stop]] = True
    return is_collected
