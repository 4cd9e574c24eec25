"""The cheapest plan of a tiny problem, by trying all of them.

Up to 5 stops, 2 vehicles, 2 facilities. Between two pickups lie none, one, or both of
the facilities, and none where a tip would empty nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from routing.solver.model import Problem
from routing.solver.plan import Plan, UnservedReason
from tests.routing.solver.brute_loads import Cargo, pick_up, start_cargo, tip
from tests.routing.solver.brute_times import Drive, cheapest_drive
from tests.routing.solver.handmade import drive, plan_of_runs

INFINITE = float("inf")


@dataclass(frozen=True)
class Best:
    """The best plan: as few mandatory stops left as can be, then as cheap as can be."""

    mandatory_left: int
    cents: float
    #: By vehicle, None for one that stays where it is.
    drives: tuple[Drive | None, ...]
    #: Vehicles whose locked beginning cannot be driven.
    broken: tuple[int, ...]


def cheapest(problem: Problem) -> Best | None:
    """None: some vehicle under way can never come home."""
    stops, vehicles = range(len(problem.stops)), range(len(problem.vehicles))
    runs: dict[tuple[int, frozenset[int]], Drive | None] = {}

    def run(v: int, members: frozenset[int]) -> Drive | None:
        if (v, members) not in runs:
            runs[v, members] = cheapest_run(problem, v, members)
        return runs[v, members]

    broken = tuple(v for v in vehicles if is_lock_broken(problem, v, run))
    best = None
    for owner in product([None, *vehicles], repeat=len(stops)):
        crews = [frozenset(s for s in stops if owner[s] == v) for v in vehicles]
        if not keeps_ties(problem, owner) or not keeps_locks(problem, crews, broken):
            continue
        drives = [
            run(v, crews[v]) if is_used(problem, v, crews[v], broken) else None
            for v in vehicles
        ]
        if any(
            drives[v] is None and is_used(problem, v, crews[v], broken)
            for v in vehicles
        ):
            continue
        left = {s for s in stops if owner[s] is None}
        cents = left_cents(problem, left) + sum(each.cents for each in drives if each)
        mandatory = mandatory_left(problem, left)
        if best is None or (mandatory, cents) < (best.mandatory_left, best.cents):
            best = Best(mandatory, cents, tuple(drives), broken)
    return best


def locked_stops(problem: Problem, v: int) -> frozenset[int]:
    row = problem.locked[v] if problem.locked else ()
    return frozenset(stop for x in row if (stop := problem.stop_at(x)) is not None)


def is_lock_broken(problem: Problem, v: int, run) -> bool:
    locked = locked_stops(problem, v)
    return bool(locked) and run(v, locked) is None


def is_used(problem: Problem, v: int, crew: frozenset[int], broken) -> bool:
    is_under_way = bool(problem.vehicles.is_under_way[v]) and v not in broken
    return bool(crew) or is_under_way


def keeps_locks(problem: Problem, crews, broken) -> bool:
    for v, crew in enumerate(crews):
        locked = locked_stops(problem, v)
        if v in broken:
            if crew or any(locked & each for each in crews):
                return False
        elif not locked <= crew:
            return False
    return True


def keeps_ties(problem: Problem, owner: tuple[int | None, ...]) -> bool:
    groups = [
        int(problem.stops.alternative[s]) for s, v in enumerate(owner) if v is not None
    ]
    groups = [group for group in groups if group >= 0]
    return (
        len(groups) == len(set(groups))
        and all(
            len({owner[s] for s in group} - {None}) <= 1
            for group in problem.same_vehicle
        )
        and all(
            owner[after] in (None, owner[before])
            for before, after in problem.precedence
        )
    )


def groups_left(problem: Problem, left: set[int]) -> Iterator[int]:
    """One stop for each thing that is left undone; an alternative is one thing."""
    groups = problem.stops.alternative.tolist()
    served = {group for s, group in enumerate(groups) if s not in left}
    seen: set[int] = set()
    for stop in sorted(left):
        if groups[stop] < 0:
            yield stop
        elif groups[stop] not in served | seen:
            seen.add(groups[stop])
            yield stop


def left_cents(problem: Problem, left: set[int]) -> float:
    return sum(int(problem.stops.prize_cents[s]) for s in groups_left(problem, left))


def mandatory_left(problem: Problem, left: set[int]) -> int:
    return sum(bool(problem.stops.is_mandatory[s]) for s in groups_left(problem, left))


def cheapest_run(problem: Problem, v: int, members: frozenset[int]) -> Drive | None:
    """The whole run's cents in the place of those that depend on time."""
    if not may_ride(problem, v, members):
        return None
    fixed = standing_cents(problem, v, members)
    best: Drive | None = None
    search = Search(problem, v, members)
    for halts, cents in search.halts((), start_cargo(problem, v), fixed):
        drive = cheapest_drive(problem, v, halts)
        if drive is not None and (best is None or cents + drive.cents < best.cents):
            best = Drive(cents + drive.cents, drive.depart_s, drive.script)
            search.most_cents = best.cents
    return best


def may_ride(problem: Problem, v: int, members: frozenset[int]) -> bool:
    stops, fleet, chosen = problem.stops, problem.vehicles, sorted(members)
    streams = sorted({int(stops.stream[s]) for s in chosen})
    return (
        not (stops.needs[chosen] & ~fleet.has[v]).any()
        and all(int(stops.pinned_vehicle[s]) in (-1, v) for s in chosen)
        and not any(problem.conflicts[a, b] for a, b in combinations(streams, 2))
        and not any(fleet.capacity_l[v, stream] == 0 for stream in streams)
        and len(chosen) <= fleet.max_stops[v]
        and stops.demand_l[chosen].sum() <= fleet.day_l[v] + 1e-6
        and stops.mass_kg[chosen].sum() <= fleet.day_kg[v] + 1e-6
        and stops.containers[chosen].sum() <= fleet.day_containers[v]
    )


def standing_cents(problem: Problem, v: int, members: frozenset[int]) -> float:
    """What the run costs however it is driven."""
    stops, fleet = problem.stops, problem.vehicles
    cents = float(fleet.fixed_cents[v])
    for s in members:
        if stops.planned_vehicle[s] not in (-1, v):
            cents += float(stops.move_cents[s])
        if -1 < fleet.zone[v] != stops.zone[s] > -1:
            cents += float(fleet.foreign_cents[v])
    return cents


class Search:
    """All orders and tips of one run that can be loaded, are not too long or dear."""

    def __init__(self, problem: Problem, v: int, members: frozenset[int]):
        self.problem, self.v, self.members = problem, v, members
        self.most_cents = INFINITE
        self.lock = problem.locked[v] if problem.locked else ()
        self.tips = [
            problem.facility_location(f) for f in range(len(problem.facilities))
        ]

    def halts(self, halts: tuple[int, ...], cargo: Cargo, cents: float):
        """Yield (halts, cents) of every run that begins with these halts."""
        if cents + self.way_cents(halts) >= self.most_cents:
            return
        stops_left = self.members - {self.problem.stop_at(x) for x in halts}
        if not stops_left and self.is_end(halts, cargo):
            yield halts, cents + self.way_cents(halts, is_home=True)
        for there in self.next_halts(halts, stops_left):
            later, added_cents = self.load_at(
                there, cargo, is_locked=self.is_lock(halts)
            )
            if later is not None:
                yield from self.halts((*halts, there), later, cents + added_cents)

    def is_lock(self, halts) -> bool:
        return len(halts) < len(self.lock)

    def is_end(self, halts, cargo: Cargo) -> bool:
        most_m = self.problem.vehicles.max_distance_m[self.v]
        is_near = self.way_m(halts, is_home=True) <= most_m
        return cargo.is_fit_for_home and not self.is_lock(halts) and is_near

    def load_at(self, there: int, cargo: Cargo, *, is_locked: bool):
        facility = self.problem.facility_at(there)
        if facility is not None:
            return tip(self.problem, cargo, facility, is_locked=is_locked)
        stop = there - self.problem.stop_location(0)
        return pick_up(self.problem, self.v, cargo, stop), 0.0

    def next_halts(self, halts, stops_left) -> list[int]:
        if self.is_lock(halts):
            there = self.lock[len(halts)]
            stop = self.problem.stop_at(there)
            if stop is None or (stop in stops_left and self.is_turn(stop, stops_left)):
                return [there]
            return []
        turns = sorted(s for s in stops_left if self.is_turn(s, stops_left))
        return [*map(self.problem.stop_location, turns), *self.tips]

    def is_turn(self, stop: int, stops_left) -> bool:
        return all(
            before in self.members and before not in stops_left
            for before, after in self.problem.precedence
            if after == stop
        )

    def way_m(self, halts, *, is_home: bool = False) -> int:
        fleet, v = self.problem.vehicles, self.v
        path = [fleet.depot[v], *halts, *([fleet.end_depot[v]] if is_home else [])]
        _, metres = self.problem.ways.legs(
            np.array(path[:-1], int), np.array(path[1:], int)
        )
        return int(metres.sum())

    def way_cents(self, halts, *, is_home: bool = False) -> float:
        per_km = float(self.problem.vehicles.cents_per_km[self.v])
        return self.way_m(halts, is_home=is_home) / 1000 * per_km


def plan_of_best(problem: Problem, best: Best) -> Plan:
    """Write the best plan down."""
    runs = [
        drive(problem, each.script, vehicle=v, depart_s=each.depart_s)
        for v, each in enumerate(best.drives)
        if each is not None
    ]
    reasons = dict.fromkeys(
        (s for v in best.broken for s in locked_stops(problem, v)),
        UnservedReason.LOCK_BROKEN,
    )
    return plan_of_runs(problem, *runs, reasons=reasons)
