"""What a run would cost, without writing its steps down: for trying many."""

from collections.abc import Sequence

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.engine.columns import NEVER
from routing.solver.engine.departure import Table, events_of
from routing.solver.engine.driving import DEPART, EVENT_COLUMNS
from routing.solver.engine.timeline import (
    DUTY,
    HOLD,
    LEG,
    LINE_COLUMNS,
    WINDOW,
)
from routing.solver.model import Problem
from routing.solver.schedule import duty_of

_METRES_PER_KM, _SECONDS_PER_HOUR, _KG_PER_TONNE = 1000, 3600, 1000


class Quick:
    """Prices runs of one problem; keeps what they have in common.

    Times are those of `schedule_run`, cents those of `price_run`. Loads and limits are
    not looked at.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.opens_s, self.closes_s = _hours(problem)
        self.work_s = _by_location(
            problem, problem.facilities.tip_s, problem.stops.work_s
        )
        self.release_s = _by_location(problem, 0, problem.stops.release_s)
        self._has_releases = bool(self.release_s.any())
        self._pauses = [_pauses(problem, v) for v in range(len(problem.vehicles))]

    def path(self, vehicle: int, halts: Sequence[int]) -> IntArray:
        """Return the halts between the two ends of the vehicle's run."""
        fleet = self.problem.vehicles
        return np.array(
            [fleet.depot[vehicle], *halts, fleet.end_depot[vehicle]], np.int64
        )

    def cents(self, vehicle: int, halts: Sequence[int]) -> float | None:
        """Return what the run costs, or None if its times cannot be kept."""
        path = self.path(vehicle, halts)
        legs_s, legs_m = self.problem.ways.legs(path[:-1], path[1:])
        span = self._span(vehicle, path, legs_s)
        if span is None:
            return None
        fleet, (depart_s, home_s) = self.problem.vehicles, span
        over_s = max(0, home_s - int(fleet.shift_end_s[vehicle]))
        unfair_s = max(0, home_s - depart_s - int(fleet.fair_duration_s[vehicle]))
        return (
            self.standing_cents(vehicle, path)
            + self.way_cents(vehicle, int(legs_m.sum()), home_s - depart_s)
            + float(fleet.overtime_cents_per_hour[vehicle]) * over_s / _SECONDS_PER_HOUR
            + float(fleet.unfair_cents_per_hour[vehicle]) * unfair_s / _SECONDS_PER_HOUR
        )

    def way_cents(self, vehicle: int, metres: float, seconds: float) -> float:
        """Return what so much driving and so much time cost."""
        fleet = self.problem.vehicles
        return (
            float(fleet.cents_per_km[vehicle]) * metres / _METRES_PER_KM
            + float(fleet.cents_per_hour[vehicle]) * seconds / _SECONDS_PER_HOUR
        )

    def standing_cents(self, vehicle: int, path: IntArray) -> float:
        """Return what the run costs however long it takes."""
        problem, halts = self.problem, path[1:-1]
        first = problem.stop_location(0)
        tips = halts[halts < first] - problem.depot_count
        served = halts[halts >= first] - first
        return float(
            problem.vehicles.fixed_cents[vehicle]
            + problem.facilities.tip_cents[tips].sum()
            + self.stop_cents(vehicle, served).sum()
            + self._tonnage_cents(vehicle, halts)
        )

    def stop_cents(self, vehicle: int, stops: IntArray) -> FloatArray:
        """(k,): cents of stops that another was to do, or that lie elsewhere."""
        table, fleet = self.problem.stops, self.problem.vehicles
        planned, zone = table.planned_vehicle[stops], fleet.zone[vehicle]
        is_moved = (planned >= 0) & (planned != vehicle)
        is_foreign = (
            (table.zone[stops] >= 0) & (table.zone[stops] != zone) & (zone >= 0)
        )
        cents: FloatArray = (
            is_moved * table.move_cents[stops]
            + is_foreign * fleet.foreign_cents[vehicle]
        ).astype(np.float64)
        return cents

    def _tonnage_cents(self, vehicle: int, halts: IntArray) -> float:
        sites, stops, total = self.problem.facilities, self.problem.stops, 0.0
        if not sites.cents_per_tonne.any():
            return total
        aboard_kg = self.problem.vehicles.aboard_kg[vehicle].copy()
        for location in halts.tolist():
            facility, stop = (
                self.problem.facility_at(location),
                self.problem.stop_at(location),
            )
            if facility is not None:
                gone_kg = np.where(sites.accepts[facility], aboard_kg, 0.0)
                total += (
                    float(sites.cents_per_tonne[facility] @ gone_kg) / _KG_PER_TONNE
                )
                aboard_kg = aboard_kg - gone_kg
            elif stop is not None:
                aboard_kg[stops.stream[stop]] += stops.mass_kg[stop]
        return total

    def _span(
        self, vehicle: int, path: IntArray, legs_s: IntArray
    ) -> tuple[int, int] | None:
        """Return departure and return, as `schedule_run` would have them."""
        table = self._table(vehicle, path, legs_s)
        count = events_of(table, duty_of(self.problem, vehicle))
        if count <= 0:
            return None
        events = table.events
        return int(events[0, DEPART]), int(events[count - 1, DEPART])

    def _table(self, vehicle: int, path: IntArray, legs_s: IntArray) -> Table:
        pauses, rule = self._pauses[vehicle], self.problem.rest_of(vehicle).driving
        rows, breaks = len(path), len(self.problem.rest_of(vehicle).breaks)
        rests = int(legs_s.sum()) // rule.max_driving_s if rule else 0
        line = np.zeros((rows, LINE_COLUMNS), np.int64)
        line[1:, LEG] = legs_s
        line[:, WINDOW] = -1
        line[1:-1, WINDOW] = np.arange(1, rows - 1)
        line[1:-1, DUTY] = self.work_s[path[1:-1]]
        if self._has_releases:
            line[:, HOLD] = self._holds(path)
        labels = [np.zeros(rows * (breaks + 1), np.int64) for _ in range(3)]
        return Table(
            opens_s=self.opens_s[path],
            closes_s=self.closes_s[path],
            windows=self.opens_s.shape[1],
            pauses=pauses,
            breaks=breaks,
            line=line,
            count=rows,
            arrival=labels[0],
            leave=labels[1],
            reach=labels[2],
            events=np.zeros((3 * rows + breaks + rests + 8, EVENT_COLUMNS), np.int64),
        )

    def _holds(self, path: IntArray) -> list[int]:
        """Until when the releases of a trip hold the vehicle at its start or tip."""
        first, held, latest_s = self.problem.stop_location(0), [0] * len(path), 0
        for row in range(len(path) - 2, -1, -1):
            location = int(path[row])
            if row > 0 and location >= first:
                latest_s = max(latest_s, int(self.release_s[location]))
            else:
                held[row], latest_s = latest_s, 0
        return held


def _by_location(problem: Problem, sites: IntArray | int, stops: IntArray) -> IntArray:
    """(n,): a number of every location, 0 at depots."""
    table = np.zeros(problem.location_count, np.int64)
    table[problem.depot_count : problem.stop_location(0)] = sites
    table[problem.stop_location(0) :] = stops
    return table


def _hours(problem: Problem) -> tuple[IntArray, IntArray]:
    """(n, w): windows of every location; depots are always open."""
    stops, sites = problem.stops, problem.facilities
    width = max(stops.earliest_s.shape[1], sites.opens_s.shape[1])
    opens_s = np.zeros((problem.location_count, width), np.int64)
    closes_s = np.full_like(opens_s, NEVER - 1)
    for first, low, high in (
        (problem.depot_count, sites.opens_s, sites.closes_s),
        (problem.stop_location(0), stops.earliest_s, stops.latest_s),
    ):
        column = np.minimum(np.arange(width), low.shape[1] - 1)
        opens_s[first : first + len(low)] = low[:, column]
        closes_s[first : first + len(high)] = np.minimum(high[:, column], NEVER - 1)
    return opens_s, closes_s


def _pauses(problem: Problem, vehicle: int) -> IntArray:
    breaks = problem.rest_of(vehicle).breaks
    rows = [(each.earliest_s, each.latest_s, each.length_s) for each in breaks]
    return np.array(rows or [(0, 0, 0)], np.int64)
