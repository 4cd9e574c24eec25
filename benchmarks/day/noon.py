"""The same day at noon: what is done is gone, the trucks go on from where they are."""

from dataclasses import dataclass, fields, replace

import numpy as np

from benchmarks.day.morning import LUNCH, Morning
from benchmarks.day.stand import NOON_S, Stand, has_left, stand_of
from routing.arrays import IntArray
from routing.solver.model import Problem
from routing.solver.plan import Plan, StepKind
from routing.solver.problem.breaks import Break, Rest
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays

MOVE_CENTS = 500  # what it is worth that a driver's list stays as it was


@dataclass(frozen=True, kw_only=True, slots=True)
class Noon:
    """What is left of a day.

    Parameters
    ----------
    problem
        One stop more than were left; it is the last.
    planned_halts
        What each vehicle still has on its list, as locations of the new problem.
    """

    problem: Problem
    planned_halts: tuple[tuple[int, ...], ...]


def look_at_noon(morning: Morning, plan: Plan) -> Noon:
    """Follow the plan until noon, and put what is left as a problem."""
    before = morning.problem
    stands = [each for run in plan.runs if (each := stand_of(before, run))]
    left = _stops_left(before, plan, stands)
    places = _Places.of(before, stands, left)
    problem = replace(
        before,
        depot_count=1 + len(stands),
        stops=_stops(before, plan, left),
        vehicles=_vehicles(before, plan, stands),
        ways=places.ways_among(morning.ways),
        rests=_rests(before, stands),
        locked=_locked(before, stands, places),
    )
    halts = [
        tuple(places.new_of(k) for k in _halts_to_come(plan, v) if places.has(k))
        for v in range(len(before.vehicles))
    ]
    return Noon(problem=problem, planned_halts=tuple(halts))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Places:
    """Which morning's location each of noon's is or leads to, and how far before it."""

    base: IntArray
    left_s: IntArray
    left_m: IntArray
    first: int  # number of noon's locations before the facilities

    @classmethod
    def of(cls, before: Problem, stands: list[Stand], left: list[int]) -> "_Places":
        facilities = [
            before.facility_location(f) for f in range(len(before.facilities))
        ]
        rest = facilities + [before.stop_location(stop) for stop in left]
        rest.append(before.location_count)
        heads_for = [each.heads_for for each in stands]
        nothing = [0] * len(rest)
        return cls(
            base=np.array([0, *heads_for, *rest]),
            left_s=np.array([0, *(each.left_s for each in stands), *nothing]),
            left_m=np.array([0, *(each.left_m for each in stands), *nothing]),
            first=1 + len(stands),
        )

    def has(self, location: int) -> bool:
        return location in self.base[self.first :]

    def new_of(self, location: int) -> int:
        """Return noon's number of a facility or stop."""
        return self.first + int(np.flatnonzero(self.base[self.first :] == location)[0])

    def ways_among(self, ways: FullWays) -> FullWays:
        """Measure: a truck on its way first drives to where it heads for."""
        square = np.ix_(self.base, self.base)
        travel_s = ways.travel_s[square] + self.left_s[:, None] + self.left_s
        distance_m = ways.distance_m[square] + self.left_m[:, None] + self.left_m
        np.fill_diagonal(travel_s, 0)
        np.fill_diagonal(distance_m, 0)
        return FullWays(travel_s=travel_s, distance_m=distance_m)


def _halts_to_come(plan: Plan, vehicle: int) -> list[int]:
    return [
        step.location
        for run in plan.runs
        if run.vehicle == vehicle
        for step in run.steps
        if step.start_s > NOON_S and step.kind in (StepKind.PICKUP, StepKind.TIP)
    ]


def _stops_left(before: Problem, plan: Plan, stands: list[Stand]) -> list[int]:
    done = {location for each in stands for location in each.done}
    for run in plan.runs:
        if has_left(run) and run.steps[-1].arrive_s <= NOON_S:
            done |= {s.location for s in run.steps if s.kind is StepKind.PICKUP}
    every = range(len(before.stops))
    return [stop for stop in every if before.stop_location(stop) not in done]


def _stops(before: Problem, plan: Plan, left: list[int]) -> Stops:
    """Keep what is left, and add one that must be emptied: a copy of the first."""
    rows = np.array([*left, left[0]])
    columns = {
        each.name: getattr(before.stops, each.name)[rows] for each in fields(Stops)
    }
    planned = np.full(len(before.stops), -1)
    for run in plan.runs:
        for step in run.steps:
            if step.kind is StepKind.PICKUP:
                planned[step.location - before.stop_location(0)] = run.vehicle
    columns["planned_vehicle"] = np.append(planned[left], -1)
    columns["move_cents"] = np.where(columns["planned_vehicle"] >= 0, MOVE_CENTS, 0)
    for name, value in (
        ("is_mandatory", True),
        ("earliest_s", 0),
        ("latest_s", 86_400),
    ):
        columns[name] = columns[name].copy()
        columns[name][-1] = value
    return Stops(**columns)


def _vehicles(before: Problem, plan: Plan, stands: list[Stand]) -> Vehicles:
    vehicles = before.vehicles
    names = (
        *("shift_start_s", "depot", "is_under_way", "fixed_cents"),
        *("aboard_l", "aboard_kg", "aboard_containers"),
    )
    new = {name: getattr(vehicles, name).copy() for name in names}
    new["shift_start_s"] = np.maximum(new["shift_start_s"], NOON_S)
    for run in plan.runs:
        if has_left(run):
            new["fixed_cents"][run.vehicle] = 0  # is spent
    for number, each in enumerate(stands, start=1):
        v = each.vehicle
        new["depot"][v], new["is_under_way"][v] = number, True
        new["shift_start_s"][v] = each.leaves_s
        new["aboard_l"][v] = each.last.load_l
        new["aboard_kg"][v] = each.last.load_kg
        new["aboard_containers"][v] = each.last.load_containers
    return replace(vehicles, end_depot=vehicles.end_depot, **new)


def _rests(before: Problem, stands: list[Stand]) -> tuple[Rest, ...]:
    """Leave lunch out where it was had; a truck on the road cannot have it at home."""
    rests = list(before.rests)
    for each in stands:
        lunch = Break(
            earliest_s=max(LUNCH.earliest_s, each.leaves_s),
            latest_s=max(LUNCH.latest_s, each.leaves_s),
            length_s=LUNCH.length_s,
        )
        rests[each.vehicle] = Rest(
            breaks=() if each.had_lunch else (lunch,),
            driving=before.rests[each.vehicle].driving,
        )
    return tuple(rests)


def _locked(
    before: Problem, stands: list[Stand], places: _Places
) -> tuple[tuple[int, ...], ...]:
    locked: list[tuple[int, ...]] = [()] * len(before.vehicles)
    for each in stands:
        if each.is_halt:
            locked[each.vehicle] = (places.new_of(each.heads_for),)
    return tuple(locked)
