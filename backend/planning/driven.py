"""What a vehicle has driven today before its day was planned anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backend.planning.under_way import VehicleDay
from backend.store.planning import Vehicle
from routing.roads import Leg, Place, RoadNetwork, Unreachable, tell_turning_back

M_PER_KM = 1000
S_PER_H = 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Driven:
    """The legs of a run that are behind the vehicle, and what they cost."""

    legs: list[Leg]
    cents: float

    @property
    def distance_m(self) -> int:
        """Return the metres driven."""
        return sum(each.distance_m for each in self.legs)

    @property
    def drive_s(self) -> int:
        """Return the seconds that such legs take."""
        return sum(each.travel_s for each in self.legs)


def trace_driven(vehicle: Vehicle, day: VehicleDay, *, network: RoadNetwork) -> Driven:
    """Follow the vehicle from its depot to where it was heard of last.

    Its way between two stops is taken to be the fastest.
    """
    if day.run is None or not day.has_begun:
        return Driven(legs=[], cents=0.0)
    legs = trace(_places(vehicle, day, network), network=network)
    until = day.free_at if day.is_out else day.run.ends_at
    out_s = max(0.0, (until - day.run.starts_at).total_seconds())
    metres = sum(each.distance_m for each in legs)
    cents = (
        vehicle.cents_per_day
        + vehicle.cents_per_km * metres / M_PER_KM
        + vehicle.cents_per_hour * out_s / S_PER_H
    )
    return Driven(legs=legs, cents=cents)


def trace(places: Sequence[Place], *, network: RoadNetwork) -> list[Leg]:
    """Follow the streets from place to place."""
    return tell_turning_back(
        [network.path(start, end) for start, end in pairwise(places)]
    )


def _places(vehicle: Vehicle, day: VehicleDay, network: RoadNetwork) -> list[Place]:
    yard = (vehicle.lat_deg, vehicle.lon_deg)
    halts = [
        (each.lat_deg, each.lon_deg)
        for each in day.ended
        if each.lat_deg is not None and each.lon_deg is not None
    ]
    points = [yard, *halts] if day.is_out else [yard, *halts, yard]
    found = (network.snap(*each) for each in points)
    return [each for each in found if not isinstance(each, Unreachable)]
