"""The cheapest times of one run whose halts are given, by trying all that can matter.

Everything is a whole number, and between tied times lie sums of whole numbers: so some
best departure is a multiple of what divides all of them. Without rests it is even one
at which some window, tip or end is just met.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, combinations, pairwise
from math import gcd

import numpy as np

from routing.solver.model import Problem
from routing.solver.problem.breaks import Rest
from routing.solver.problem.fields import LATEST_S
from tests.routing.solver.brute_rests import Label, along, undominated
from tests.routing.solver.handmade import Script

MOST_DEPARTURES = 3000


@dataclass(frozen=True)
class Drive:
    cents: float
    depart_s: int
    script: Script


@dataclass(frozen=True)
class Halt:
    work_s: int
    windows: tuple[tuple[int, int], ...]
    is_tip: bool
    release_s: int


@dataclass(frozen=True)
class Route:
    """A run without its times."""

    problem: Problem
    vehicle: int
    halts: tuple[int, ...]
    legs_s: tuple[int, ...]
    works: tuple[Halt, ...]

    @property
    def rest(self) -> Rest:
        return self.problem.rest_of(self.vehicle)

    @property
    def fastest_s(self) -> int:
        return sum(self.legs_s) + sum(each.work_s for each in self.works)


def cheapest_drive(problem: Problem, v: int, halts: tuple[int, ...]) -> Drive | None:
    """Best departure and breaks, priced with all that depends on time."""
    path = [problem.vehicles.depot[v], *halts, problem.vehicles.end_depot[v]]
    route = Route(
        problem,
        v,
        halts,
        tuple(leg_s(problem, a, b) for a, b in pairwise(path)),
        tuple(halt_at(problem, location) for location in halts),
    )
    floor_cents = cents_of(problem, v, 0, route.fastest_s)
    best = None
    for depart_s in departures(route):
        drive = best_from(route, depart_s)
        if drive is not None and (best is None or drive.cents < best.cents):
            best = drive
        if best is not None and best.cents <= floor_cents + 1e-9:
            break
    return best


def leg_s(problem: Problem, here: int, there: int) -> int:
    seconds, _ = problem.ways.legs(np.array([here]), np.array([there]))
    return int(seconds[0])


def halt_at(problem: Problem, location: int) -> Halt:
    stop, facility = problem.stop_at(location), problem.facility_at(location)
    if stop is None:
        sites, i = problem.facilities, facility
        hours = zip(sites.opens_s[i].tolist(), sites.closes_s[i].tolist(), strict=True)
        return Halt(int(sites.tip_s[i]), tuple(hours), True, 0)
    data = problem.stops
    hours = zip(
        data.earliest_s[stop].tolist(), data.latest_s[stop].tolist(), strict=True
    )
    work_s = data.service_s[stop] + (
        data.containers[stop] * data.service_per_container_s[stop]
    )
    return Halt(int(work_s), tuple(hours), False, int(data.release_s[stop]))


def cents_of(problem: Problem, v: int, depart_s: int, return_s: int) -> float:
    fleet = problem.vehicles
    late_s = max(0, return_s - int(fleet.shift_end_s[v]))
    unfair_s = max(0, return_s - depart_s - int(fleet.fair_duration_s[v]))
    return (
        float(fleet.cents_per_hour[v]) * (return_s - depart_s)
        + float(fleet.overtime_cents_per_hour[v]) * late_s
        + float(fleet.unfair_cents_per_hour[v]) * unfair_s
    ) / 3600


def best_from(route: Route, depart_s: int) -> Drive | None:
    """Try all breaks, left out or not; a later return never costs less."""
    breaks, best = range(len(route.rest.breaks)), None
    for omitted in subsets(breaks):
        for label in follow(route, depart_s, {*omitted}):
            cents = cents_of(route.problem, route.vehicle, depart_s, label.clock_s)
            is_kept = keeps_limits(route, depart_s, label.clock_s, omitted)
            if is_kept and (best is None or cents < best.cents):
                best = Drive(cents, depart_s, label.script)
    return best


def subsets(members: range) -> Iterator[tuple[int, ...]]:
    counts = range(len(members) + 1)
    return chain.from_iterable(combinations(members, count) for count in counts)


def keeps_limits(route: Route, depart_s: int, return_s: int, omitted) -> bool:
    fleet, v, breaks = route.problem.vehicles, route.vehicle, route.rest.breaks
    return bool(
        return_s <= fleet.shift_end_s[v] + fleet.overtime_s[v]
        and return_s - depart_s <= fleet.max_duration_s[v]
        and all(
            depart_s >= breaks[n].earliest_s + breaks[n].length_s
            or return_s <= breaks[n].latest_s
            for n in omitted
        )
    )


def follow(route: Route, depart_s: int, omitted: set[int]) -> list[Label]:
    """Every way to be home that nothing beats, all breaks done."""
    works, labels = route.works, [Label(depart_s)]
    if depart_s < next_release_s(works, 0):
        return []
    for i, (location, halt) in enumerate(zip(route.halts, works, strict=True)):
        arrived = along(route.rest, route.legs_s[i], labels, omitted)
        labels = undominated(
            each
            for label in arrived
            for each in work(label, location, halt, next_release_s(works, i + 1))
        )
    arrived = along(route.rest, route.legs_s[-1], labels, omitted)
    return [label for label in arrived if label.done == len(route.rest.breaks)]


def next_release_s(works: tuple[Halt, ...], i: int) -> int:
    """When the trip that begins before halt i may leave."""
    latest_s = 0
    for halt in works[i:]:
        if halt.is_tip:
            break
        latest_s = max(latest_s, halt.release_s)
    return latest_s


def work(label: Label, location: int, halt: Halt, release_s: int) -> Iterator[Label]:
    start_s = min(
        (max(label.clock_s, opens) for opens, closes in halt.windows
         if label.clock_s <= closes),
        default=None,
    )  # fmt: skip
    if start_s is not None:
        end_s = start_s + halt.work_s
        end_s = max(end_s, release_s) if halt.is_tip else end_s
        yield replace(label, clock_s=end_s, script=(*label.script, location))


def departures(route: Route) -> list[int]:
    fleet, rest, v = route.problem.vehicles, route.rest, route.vehicle
    earliest_s = int(fleet.shift_start_s[v])
    if fleet.is_under_way[v]:
        return [earliest_s]
    latest_s = int(fleet.shift_end_s[v] + fleet.overtime_s[v])
    if rest.breaks or rest.driving:
        unit_s = common_unit_s(route)
        assert latest_s - earliest_s <= MOST_DEPARTURES * unit_s, "too fine to try all"
        return list(range(earliest_s, latest_s + 1, unit_s))
    found = {earliest_s, *events(route)}
    return sorted(each for each in found if earliest_s <= each <= latest_s)


def events(route: Route) -> Iterator[int]:
    """Departures at which something is just met, or that make a run just so long."""
    fleet, v, before_s = route.problem.vehicles, route.vehicle, 0
    limits_s = [int(fleet.fair_duration_s[v]), int(fleet.max_duration_s[v])]
    for i, halt in enumerate(route.works):
        before_s += route.legs_s[i]
        tied = {t for window in halt.windows for t in window}
        tied |= {halt.release_s + before_s}
        if halt.is_tip:
            tied |= {next_release_s(route.works, i + 1) - halt.work_s}
        for tied_s in tied:
            yield tied_s - before_s
            back_s = tied_s + route.fastest_s - before_s
            yield from (back_s - limit_s for limit_s in limits_s)
        before_s += halt.work_s
    for end_s in (fleet.shift_end_s[v], fleet.shift_end_s[v] + fleet.overtime_s[v]):
        yield int(end_s) - route.fastest_s


def common_unit_s(route: Route) -> int:
    fleet, rest, v = route.problem.vehicles, route.rest, route.vehicle
    times = [*route.legs_s, fleet.shift_start_s[v], fleet.shift_end_s[v]]
    times += [fleet.overtime_s[v], fleet.fair_duration_s[v], fleet.max_duration_s[v]]
    for halt in route.works:
        times += [halt.work_s, halt.release_s, *chain.from_iterable(halt.windows)]
    for each in rest.breaks:
        times += [each.earliest_s, each.latest_s, each.length_s]
    if rest.driving:
        times += [rest.driving.max_driving_s, rest.driving.rest_s]
    return reduce(gcd, (int(each) for each in times if each < LATEST_S), 0)
