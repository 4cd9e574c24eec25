"""State a service day as a routing problem: places, litres, shifts, prizes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.planning.foresee import median_fill
from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs, PlanningError
from backend.store.planning import Facility, PlannedSlot, Vehicle
from routing import (
    UNLIMITED,
    Facilities,
    Prize,
    PrizeRule,
    Problem,
    SlotForecast,
    Stops,
    Vehicles,
    price_pickup,
)
from routing.roads import Place, RoadNetwork, Unreachable

S_PER_DAY = 86_400


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A bin, how full it is expected to be when emptied, and what that is worth."""

    slot: PlannedSlot
    fill_fraction: float
    volume_l: int
    mass_kg: int
    prize: Prize


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """The problem, and what its rows mean.

    `places` are the problem's locations: depots, facilities, then `wishes`.
    """

    problem: Problem
    places: list[Place]
    wishes: list[Wish]
    unreachable: dict[int, str]


def wish(
    slot: PlannedSlot, forecast: SlotForecast, inputs: Inputs, *, rule: PrizeRule
) -> Wish:
    """Say what emptying a bin on the day would take and be worth."""
    fill = median_fill(forecast, now=inputs.now, at=inputs.work_at)
    return Wish(
        slot=slot,
        fill_fraction=fill,
        volume_l=round(fill * slot.volume_l),
        mass_kg=round(fill * slot.volume_l * slot.density_kg_per_l),
        prize=price_pickup(
            forecast,
            stream=slot.stream,
            now_h=to_hours(inputs.now),
            next_chance_h=to_hours(inputs.next_chance_at) - to_hours(inputs.now),
            rule=rule,
        ),
    )


def price_rule(inputs: Inputs, *, service_level: float) -> PrizeRule:
    """Take the costs of overflows as the operator set them, stream by stream."""
    costs = {each.stream: each.overflow_cents for each in inputs.slots}
    return PrizeRule(rho=service_level, overflow_cost_cents=costs)


def state_problem(
    inputs: Inputs, wishes: Sequence[Wish], *, network: RoadNetwork
) -> Stated:
    """Place everything on the streets and measure the ways between.

    Raises
    ------
    PlanningError
        If a depot or a facility cannot be reached.
    """
    depots = _distinct_depots(inputs.vehicles)
    places = [_require(network, each, what="the depot") for each in depots] + [
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
    matrix = network.matrix(places)
    streams = tuple(sorted({each.slot.stream for each in wishes}))
    problem = Problem(
        streams=streams,
        depot_count=len(depots),
        facilities=_facilities(inputs, streams),
        stops=_stops(reached, streams),
        vehicles=_vehicles(inputs, streams, depots),
        travel_s=matrix.travel_s.astype(np.int64),
        distance_m=matrix.distance_m.astype(np.int64),
    )
    return Stated(
        problem=problem,
        places=places,
        wishes=reached,
        unreachable=unreachable,
    )


def _distinct_depots(vehicles: Sequence[Vehicle]) -> list[tuple[float, float]]:
    return list(dict.fromkeys((each.lat_deg, each.lon_deg) for each in vehicles))


def _require(network: RoadNetwork, at: tuple[float, float], *, what: str) -> Place:
    place = network.snap(*at)
    if isinstance(place, Unreachable):
        raise PlanningError(f"{what} cannot be reached: {place.reason}")
    return place


def _stops(wishes: Sequence[Wish], streams: tuple[str, ...]) -> Stops:
    count = len(wishes)
    return Stops(
        demand_l=np.array([each.volume_l for each in wishes], np.float64),
        stream=np.array([streams.index(each.slot.stream) for each in wishes], np.int64),
        mass_kg=np.array([each.mass_kg for each in wishes], np.float64),
        service_s=np.array([each.slot.service_s for each in wishes], np.int64),
        earliest_s=np.zeros(count, np.int64),
        latest_s=np.full(count, S_PER_DAY, np.int64),
        prize_cents=np.array([each.prize.prize_cents for each in wishes], np.int64),
        is_mandatory=np.array([each.prize.is_mandatory for each in wishes], np.bool_),
    )


def _vehicles(
    inputs: Inputs, streams: tuple[str, ...], depots: list[tuple[float, float]]
) -> Vehicles:
    fleet = inputs.vehicles
    day = inputs.service_day
    # A shift that has begun goes on from now.
    now_s = int((inputs.now - day.midnight_at).total_seconds())
    starts_s = [max(day.seconds(each.shift_start_local), now_s) for each in fleet]
    ends_s = [day.seconds(each.shift_end_local) for each in fleet]
    if all(start >= end for start, end in zip(starts_s, ends_s, strict=True)):
        raise PlanningError(f"all shifts of {day.day} are over")
    return Vehicles(
        capacity_l=np.array(
            [
                [each.compartment_l.get(name, 0) * each.compaction for name in streams]
                for each in fleet
            ],
            np.float64,
        ),
        capacity_kg=np.array([each.capacity_kg for each in fleet], np.float64),
        shift_start_s=np.minimum(starts_s, ends_s),
        shift_end_s=np.array(ends_s, np.int64),
        depot=np.array(
            [depots.index((each.lat_deg, each.lon_deg)) for each in fleet], np.int64
        ),
        cents_per_km=np.array([each.cents_per_km for each in fleet], np.float64),
        cents_per_hour=np.array([each.cents_per_hour for each in fleet], np.float64),
        fixed_cents=np.array([each.cents_per_day for each in fleet], np.int64),
        max_distance_m=np.full(len(fleet), UNLIMITED, np.int64),
        max_stops=np.full(len(fleet), UNLIMITED, np.int64),
    )


def _facilities(inputs: Inputs, streams: tuple[str, ...]) -> Facilities:
    sites: list[Facility] = inputs.facilities
    day = inputs.service_day
    return Facilities(
        accepts=np.array(
            [[name in each.streams for name in streams] for each in sites], np.bool_
        ),
        tip_s=np.array([each.tip_s for each in sites], np.int64),
        opens_s=np.array([day.seconds(each.opens_local) for each in sites], np.int64),
        closes_s=np.array([day.seconds(each.closes_local) for each in sites], np.int64),
        tip_cents=np.zeros(len(sites), np.int64),
    )
