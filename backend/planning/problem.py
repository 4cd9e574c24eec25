"""State a service day as a routing problem: places, litres, shifts, prizes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from backend.planning.fleet import Stands, find_stands, state_fleet
from backend.planning.homecoming import let_everyone_home
from backend.planning.inputs import Inputs, PlanningError
from backend.planning.reach import find_reach
from backend.planning.rests import state_rest
from backend.planning.under_way import VehicleDay
from backend.planning.ways import MeasuredWays
from backend.planning.wishes import Wish
from backend.store.so_far import StopSoFar
from routing.arrays import BoolArray, IntArray
from routing.roads import Place, RoadNetwork, Unreachable
from routing.solver import (
    Facilities,
    Problem,
    Stops,
)

# What it costs when a bin goes to another driver than the one who has it on his list.
MOVE_CENTS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """The problem, and what its rows mean.

    Parameters
    ----------
    inputs
        What it was stated from.
    places
        The problem's locations: depots, facilities, then `wishes`.
    days
        What each vehicle's day was like so far.
    start
        By vehicle, the locations of the plan in force that are still to do.
    gone_s
        (vehicle, location) → how much of the way there is behind the vehicle; the
        problem's ways are shorter by that.
    """

    problem: Problem
    inputs: Inputs
    places: list[Place]
    wishes: list[Wish]
    unreachable: dict[int, str]
    days: list[VehicleDay]
    start: list[list[int]]
    gone_s: dict[tuple[int, int], int]


def state_problem(
    inputs: Inputs,
    wishes: Sequence[Wish],
    days: list[VehicleDay],
    *,
    network: RoadNetwork,
) -> Stated:
    """Place everything on the streets and measure the ways between.

    Raises
    ------
    PlanningError
        If a depot or a facility cannot be reached.
    """
    stands = find_stands(inputs, days)
    places = [_require(network, each, what="the depot") for each in stands.points] + [
        _require(network, (each.lat_deg, each.lon_deg), what=each.name)
        for each in inputs.facilities
    ]
    reached: list[Wish] = []
    unreachable: dict[int, str] = {}
    for each in wishes:
        place = network.snap(each.slot.lat_deg, each.slot.lon_deg)
        if isinstance(place, Unreachable):
            unreachable[each.slot.slot_id] = place.reason
        else:
            places.append(place)
            reached.append(each)
    where = _Where.of(inputs, reached, stands)
    hubs = len(stands.points) + len(inputs.facilities)
    ways = MeasuredWays(network, places, hubs=hubs)
    gone_s = _take_off(ways, inputs, days, where)
    reach = find_reach(network, places[hubs:], inputs.vehicles)
    streams = tuple(sorted({each.stream for each in inputs.slots}))
    problem = Problem(
        streams=streams,
        depot_count=len(stands.points),
        facilities=_facilities(inputs, streams),
        skills=reach.skills,
        stops=_stops(reached, days, streams, needs=reach.needs),
        vehicles=state_fleet(inputs, days, stands, streams=streams, has=reach.has),
        ways=ways.to_ways(),
        rests=tuple(
            state_rest(vehicle, day, service_day=inputs.service_day)
            for vehicle, day in zip(inputs.vehicles, days, strict=True)
        ),
        locked=tuple(tuple(where.find([each.heading_to])) for each in days),
    )
    return Stated(
        problem=let_everyone_home(problem),
        inputs=inputs,
        places=places,
        wishes=reached,
        unreachable=unreachable,
        days=days,
        start=[where.find(each.still_open) for each in days],
        gone_s=gone_s,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Where:
    """The locations of what drivers have on their lists."""

    start_row: list[int]
    of_facility: dict[int, int]
    of_slot: dict[int, int]

    @classmethod
    def of(cls, inputs: Inputs, wishes: Sequence[Wish], stands: Stands) -> "_Where":
        depots, facilities = len(stands.points), len(inputs.facilities)
        return cls(
            start_row=stands.start_row,
            of_facility={
                each.facility_id: depots + row
                for row, each in enumerate(inputs.facilities)
            },
            of_slot={
                each.slot.slot_id: depots + facilities + row
                for row, each in enumerate(wishes)
            },
        )

    def find(self, stops: Sequence[StopSoFar | None]) -> list[int]:
        """Return the locations of those that have one; a break has none."""
        found = []
        for each in stops:
            if each is not None and each.slot_id in self.of_slot:
                found.append(self.of_slot[each.slot_id])
            elif each is not None and each.facility_id in self.of_facility:
                found.append(self.of_facility[each.facility_id])
        return found


def _require(network: RoadNetwork, at: tuple[float, float], *, what: str) -> Place:
    place = network.snap_for_all(*at)
    if isinstance(place, Unreachable):
        raise PlanningError(f"{what} cannot be reached: {place.reason}")
    return place


def _take_off(
    ways: MeasuredWays, inputs: Inputs, days: Sequence[VehicleDay], where: _Where
) -> dict[tuple[int, int], int]:
    """Shorten the way to the stop that a vehicle is heading to by what it has driven.

    Each vehicle that is out has a row of its own.
    """
    gone_s = {}
    for vehicle, day in enumerate(days):
        row = where.start_row[vehicle]
        since_s = max(0, int((inputs.now - day.left_at).total_seconds()))
        for location in where.find([day.heading_to]):
            gone_s[vehicle, location] = ways.take_off(row, location, since_s)
    return gone_s


def _stops(
    wishes: Sequence[Wish],
    days: Sequence[VehicleDay],
    streams: tuple[str, ...],
    *,
    needs: BoolArray,
) -> Stops:
    planned = {
        each.slot_id: vehicle
        for vehicle, day in enumerate(days)
        for each in day.still_open
    }
    return Stops(
        demand_l=np.array([each.volume_l for each in wishes], np.float64),
        stream=_whole(streams.index(each.slot.stream) for each in wishes),
        mass_kg=np.array([each.mass_kg for each in wishes], np.float64),
        service_s=_whole(each.slot.service_s for each in wishes),
        prize_cents=_whole(each.prize.prize_cents for each in wishes),
        is_mandatory=np.array([each.prize.is_mandatory for each in wishes], np.bool_),
        planned_vehicle=_whole(planned.get(each.slot.slot_id, -1) for each in wishes),
        move_cents=_whole(MOVE_CENTS for _ in wishes),
        needs=needs,
    )


def _facilities(inputs: Inputs, streams: tuple[str, ...]) -> Facilities:
    sites, day = inputs.facilities, inputs.service_day
    return Facilities(
        accepts=np.array(
            [[name in each.streams for name in streams] for each in sites], np.bool_
        ),
        tip_s=_whole(each.tip_s for each in sites),
        opens_s=_whole(day.seconds(each.opens_local) for each in sites),
        closes_s=_whole(day.seconds(each.closes_local) for each in sites),
    )


def _whole(numbers: Iterable[int]) -> IntArray:
    return np.fromiter(numbers, np.int64)
