"""What it costs to add a stop to a run, and whether the run can hold it."""

from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.pricing import cents_of
from routing.solver.track import TOLERANCE, Track, lay_track

NO_TIP = -1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Insertions:
    """The cheapest place for each of k stops.

    Parameters
    ----------
    cents
        (k,) what the run then costs more; infinite when it cannot hold the stop.
    gap
        (k,) after which halt of the path.
    facility
        (k,) the tip to add right behind the stop, -1 for none.
    """

    cents: FloatArray
    gap: IntArray
    facility: IntArray


def cheapest_insertions(problem: Problem, track: Track, stops: IntArray) -> Insertions:
    """Find the cheapest place for each stop, with a tip behind it where that is needed.

    Waiting that an insertion causes is not priced.
    """
    detour = _drive_to_stops(problem, track, stops)
    options = [_drive_on(problem, track, _keep_load(problem, track, stops, detour))]
    for facility in range(len(problem.facilities)):
        tipped = _tip_at(problem, track, facility, stops, detour)
        options.append(_drive_on(problem, track, tipped))
    cents = np.stack(options, axis=-1).reshape(len(stops), -1)
    best = cents.argmin(axis=1)
    return Insertions(
        cents=cents[np.arange(len(stops)), best],
        gap=best // len(options),
        facility=best % len(options) + NO_TIP,
    )


def insert_stop(
    problem: Problem, track: Track, *, stop: int, gap: int, facility: int
) -> Track:
    """Return the track with the stop, and the tip behind it unless there is none."""
    added = [problem.stop_location(stop)]
    if facility != NO_TIP:
        added.append(problem.facility_location(facility))
    halts = track.halts
    halts[gap:gap] = added
    return lay_track(problem, vehicle=track.vehicle, halts=halts)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Detour:
    """A way that leaves the track in a gap; (k, g) but ``place``, which is (k,)."""

    place: IntArray
    ready_s: IntArray
    extra_s: IntArray
    extra_m: IntArray
    extra_cents: int
    is_possible: BoolArray


def _drive_to_stops(problem: Problem, track: Track, stops: IntArray) -> _Detour:
    data = problem.stops
    place = stops + problem.stop_location(0)
    way = np.ix_(track.path[:-1], place)
    travel_s = problem.travel_s[way].T
    start_s = np.maximum(track.leave_s + travel_s, data.earliest_s[stops][:, None])
    service_s = data.service_s[stops][:, None]
    return _Detour(
        place=place,
        ready_s=start_s + service_s,
        extra_s=travel_s + service_s,
        extra_m=problem.distance_m[way].T,
        extra_cents=0,
        is_possible=start_s <= data.latest_s[stops][:, None],
    )


def _keep_load(
    problem: Problem, track: Track, stops: IntArray, detour: _Detour
) -> _Detour:
    """Carry the load to the next tip of the track that takes the stream."""
    stream = problem.stops.stream[stops]
    fits = _fits(
        problem, track, stops, (track.peak_l.T[stream], track.peak_kg.T[stream])
    )
    return replace(detour, is_possible=detour.is_possible & fits)


def _tip_at(
    problem: Problem, track: Track, facility: int, stops: IntArray, detour: _Detour
) -> _Detour:
    """Go on from the stop to a facility that takes the stream."""
    locations, place = problem.locations, problem.facility_location(facility)
    stream = problem.stops.stream[stops]
    travel_s = problem.travel_s[detour.place, place][:, None]
    start_s = np.maximum(detour.ready_s + travel_s, locations.opens_s[place])
    tip_s = int(locations.work_s[place])
    fits = _fits(
        problem, track, stops, (track.load_l.T[stream], track.load_kg.T[stream])
    )
    takes = locations.is_tipped[place, stream][:, None]
    return _Detour(
        place=np.full_like(detour.place, place),
        ready_s=start_s + tip_s,
        extra_s=detour.extra_s + travel_s + tip_s,
        extra_m=detour.extra_m + problem.distance_m[detour.place, place][:, None],
        extra_cents=int(problem.facilities.tip_cents[facility]),
        is_possible=detour.is_possible
        & takes
        & fits
        & (start_s <= locations.closes_s[place]),
    )


def _drive_on(problem: Problem, track: Track, detour: _Detour) -> FloatArray:
    """(k, g) cents of coming back to the track; infinite where a rule is broken."""
    fleet, v, path = problem.vehicles, track.vehicle, track.path
    back = np.ix_(detour.place, path[1:])
    travel_s, distance_m = problem.travel_s[back], problem.distance_m[back]
    extra_s = detour.extra_s + travel_s - problem.travel_s[path[:-1], path[1:]]
    extra_m = detour.extra_m + distance_m - problem.distance_m[path[:-1], path[1:]]
    is_possible = (
        detour.is_possible
        & (detour.ready_s + travel_s <= track.latest_s)
        & (track.distance_m + extra_m <= fleet.max_distance_m[v])
    )
    cents = cents_of(problem, v, distance_m=extra_m, duration_s=extra_s)
    cents += detour.extra_cents + (not track.halts) * fleet.fixed_cents[v]
    priced: FloatArray = np.where(is_possible, cents, np.inf)
    return priced


def _fits(
    problem: Problem,
    track: Track,
    stops: IntArray,
    aboard: tuple[FloatArray, FloatArray],
) -> BoolArray:
    """(k, g): whether litres, kilograms and the count of stops stay within limits."""
    fleet, v, data = problem.vehicles, track.vehicle, problem.stops
    load_l = aboard[0] + data.demand_l[stops][:, None]
    load_kg = aboard[1] + data.mass_kg[stops][:, None]
    capacity_l = fleet.capacity_l[v, data.stream[stops]][:, None]
    fits: BoolArray = (
        (capacity_l > 0)
        & (load_l <= capacity_l + TOLERANCE)
        & (load_kg <= fleet.capacity_kg[v] + TOLERANCE)
        & (track.stop_count < fleet.max_stops[v])
    )
    return fits
