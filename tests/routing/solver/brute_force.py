"""The cheapest plan of a tiny problem, by trying all of them."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, permutations, product

from routing.solver import Problem

MANDATORY_CENTS = 10**7


def cheapest_cents(problem: Problem) -> float:
    """Cost of the best plan; a mandatory stop left out costs `MANDATORY_CENTS` more."""
    stops = range(len(problem.stops))
    vehicles = range(len(problem.vehicles))

    @cache
    def run_cents(vehicle: int, members: tuple[int, ...]) -> float:
        if not members:
            return 0.0
        return min(
            (
                cents
                for order in permutations(members)
                for halts in with_tips(problem, order)
                if (cents := drive(problem, vehicle, halts)) is not None
            ),
            default=float("inf"),
        )

    return min(
        left_cents(problem, [s for s in stops if owner[s] is None])
        + sum(run_cents(v, tuple(s for s in stops if owner[s] == v)) for v in vehicles)
        for owner in product([None, *vehicles], repeat=len(stops))
    )


def with_tips(problem: Problem, order: tuple[int, ...]) -> Iterator[list[int]]:
    """Put nothing, one tip or two tips behind every pickup."""
    facilities = range(
        problem.depot_count, problem.depot_count + len(problem.facilities)
    )
    choices = [(), *((f,) for f in facilities), *permutations(facilities, 2)]
    for tips in product(choices, repeat=len(order)):
        halts = []
        for stop, behind in zip(order, tips, strict=True):
            halts += [problem.stop_location(stop), *behind]
        yield halts


def left_cents(problem: Problem, left: list[int]) -> float:
    return sum(
        int(problem.stops.prize_cents[s])
        + MANDATORY_CENTS * bool(problem.stops.is_mandatory[s])
        for s in left
    )


def drive(problem: Problem, v: int, halts: list[int]) -> float | None:
    """Cost of a run at its best departure, None when it breaks a rule."""
    fleet, depot = problem.vehicles, int(problem.vehicles.depot[v])
    if not can_carry(problem, v, halts):
        return None
    path = [depot, *halts, depot]
    distance_m = sum(int(problem.distance_m[a, b]) for a, b in pairwise(path))
    stop_count = sum(problem.stop_at(x) is not None for x in halts)
    if distance_m > fleet.max_distance_m[v] or stop_count > fleet.max_stops[v]:
        return None
    duration_s = shortest_duration_s(problem, v, path)
    if duration_s is None:
        return None
    tips = [problem.facility_at(x) for x in halts if problem.facility_at(x) is not None]
    return (
        distance_m / 1000 * float(fleet.cents_per_km[v])
        + duration_s / 3600 * float(fleet.cents_per_hour[v])
        + int(fleet.fixed_cents[v])
        + sum(int(problem.facilities.tip_cents[f]) for f in tips)
    )


def can_carry(problem: Problem, v: int, halts: list[int]) -> bool:
    litres = [0.0] * len(problem.streams)
    kilograms = [0.0] * len(problem.streams)
    for location in halts:
        stop, facility = problem.stop_at(location), problem.facility_at(location)
        if stop is not None:
            s = int(problem.stops.stream[stop])
            litres[s] += problem.stops.demand_l[stop]
            kilograms[s] += problem.stops.mass_kg[stop]
            capacity_l = problem.vehicles.capacity_l[v, s]
            if capacity_l == 0 or litres[s] > capacity_l:
                return False
            if sum(kilograms) > problem.vehicles.capacity_kg[v]:
                return False
        else:
            for s in range(len(problem.streams)):
                if problem.facilities.accepts[facility, s]:
                    litres[s] = kilograms[s] = 0.0
    return not any(litres) and not any(kilograms)


def shortest_duration_s(problem: Problem, v: int, path: list[int]) -> int | None:
    """Try every departure at which some window is just met, and the earliest."""
    start_s = int(problem.vehicles.shift_start_s[v])
    candidates = {start_s}
    offset_s = 0
    for a, b in pairwise(path):
        offset_s += int(problem.travel_s[a, b])
        work_s, opens_s, closes_s = work_at(problem, b)
        candidates |= {opens_s - offset_s, closes_s - offset_s}
        offset_s += work_s
    durations = [
        home_s - depart_s
        for depart_s in candidates
        if depart_s >= start_s
        and (home_s := follow(problem, v, path, depart_s)) is not None
    ]
    return min(durations, default=None)


def follow(problem: Problem, v: int, path: list[int], depart_s: int) -> int | None:
    clock_s = depart_s
    for a, b in pairwise(path):
        work_s, opens_s, closes_s = work_at(problem, b)
        clock_s = max(clock_s + int(problem.travel_s[a, b]), opens_s)
        if clock_s > closes_s:
            return None
        clock_s += work_s
    return clock_s if clock_s <= problem.vehicles.shift_end_s[v] else None


def work_at(problem: Problem, location: int) -> tuple[int, int, int]:
    stop, facility = problem.stop_at(location), problem.facility_at(location)
    if stop is not None:
        data = problem.stops
        return (
            int(data.service_s[stop]),
            int(data.earliest_s[stop]),
            int(data.latest_s[stop]),
        )
    if facility is not None:
        sites = problem.facilities
        return (
            int(sites.tip_s[facility]),
            int(sites.opens_s[facility]),
            int(sites.closes_s[facility]),
        )
    return 0, 0, 10**9
