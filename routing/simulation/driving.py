"""What becomes of the runs when the bins are as full as they really are.

A driver whose vehicle has no room for the next bin tips first and comes back. Who would
be late at the depot leaves the rest of the run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from routing.simulation.fleet import Fleet
from routing.simulation.routes import S_PER_H, Routes
from routing.simulation.world import World

FillAt = Callable[[int, float], float]
"""The fill of a slot at an hour of the day, if nobody came before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pickup:
    """A bin that was emptied."""

    slot: int
    at_h: float
    fill: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Drive:
    """One vehicle's day as it was.

    Parameters
    ----------
    places
        Where it was, in order, the depot at both ends.
    end_s
        When it was back; `start_s` is when it left.
    tips
        How often it tipped.
    loads_l, loads_kg
        What was tipped each time.
    """

    vehicle: int
    places: tuple[int, ...]
    pickups: tuple[Pickup, ...]
    start_s: int
    end_s: int
    distance_m: int
    loads_l: tuple[float, ...]
    loads_kg: tuple[float, ...]


def drive(
    world: World, fleet: Fleet, routes: Routes, *, fill_at: FillAt
) -> list[Drive]:
    """Drive all runs of a day."""
    driven = []
    for vehicle, start_s, halts in routes.halts:
        van = _Van(world, fleet, vehicle, start_s)
        van.go_round(halts, fill_at)
        driven.append(van.story())
    return driven


@dataclass(slots=True)
class _Van:
    world: World
    fleet: Fleet
    vehicle: int
    start_s: int
    now_s: int = 0
    load_l: float = 0.0
    load_kg: float = 0.0
    places: list[int] = field(default_factory=lambda: [0])
    pickups: list[Pickup] = field(default_factory=list)
    loads_l: list[float] = field(default_factory=list)
    loads_kg: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now_s = self.start_s

    def go_round(self, halts: tuple[int, ...], fill_at: FillAt) -> None:
        first = self.world.first_place
        for place in halts:
            if place < first:
                self._tip(place)
            elif not self._empty(place, fill_at):
                break
        if self.load_l > 0:
            self._tip(self._tip_place())
        self._go(0)

    def story(self) -> Drive:
        row, matrix = self.places, self.world.distance_m
        return Drive(
            vehicle=self.vehicle,
            places=tuple(row),
            pickups=tuple(self.pickups),
            start_s=self.start_s,
            end_s=self.now_s,
            distance_m=sum(int(matrix[a, b]) for a, b in pairwise(row)),
            loads_l=tuple(self.loads_l),
            loads_kg=tuple(self.loads_kg),
        )

    def _empty(self, place: int, fill_at: FillAt) -> bool:
        """Empty a bin; False if there is no time for it."""
        slot = place - self.world.first_place
        if not self._has_time(place):
            return False
        self._go(place)
        fill = fill_at(slot, self.now_s / S_PER_H)
        if not self._has_room(slot, fill):
            if not self._has_time_to_tip(place):
                return False
            self._tip(self._tip_place())
            self._go(place)
            fill = fill_at(slot, self.now_s / S_PER_H)
        volume_l = fill * self.world.volume_l[slot]
        self.load_l += volume_l
        self.load_kg += volume_l * self.world.kg_per_l[slot]
        self.pickups.append(Pickup(slot=slot, at_h=self.now_s / S_PER_H, fill=fill))
        self.now_s += int(self.world.service_s[slot])
        return True

    def _has_room(self, slot: int, fill: float) -> bool:
        volume_l = fill * self.world.volume_l[slot]
        mass_kg = volume_l * self.world.kg_per_l[slot]
        fleet, v = self.fleet, self.vehicle
        if self.load_l + volume_l > fleet.capacity_l[v] + 1e-9:
            return False
        return not fleet.capacity_kg or self.load_kg + mass_kg <= fleet.capacity_kg[v]

    def _has_time(self, place: int) -> bool:
        travel_s = int(self.world.travel_s[self.places[-1], place])
        slot = place - self.world.first_place
        return self._is_home_in_time(
            place, self.now_s + travel_s + int(self.world.service_s[slot])
        )

    def _has_time_to_tip(self, place: int) -> bool:
        tip = self._tip_place()
        there_s = self.world.travel_s[place, tip] + self.world.travel_s[tip, place]
        slot = place - self.world.first_place
        after_s = self.now_s + int(there_s) + self.fleet.tip_s
        return self._is_home_in_time(place, after_s + int(self.world.service_s[slot]))

    def _is_home_in_time(self, place: int, now_s: int) -> bool:
        tip, travel_s = self._tip_near(place), self.world.travel_s
        home_s = now_s + travel_s[place, tip] + self.fleet.tip_s + travel_s[tip, 0]
        return bool(home_s <= self.fleet.shift_end_h * S_PER_H)

    def _tip_place(self) -> int:
        return self._tip_near(self.places[-1])

    def _tip_near(self, place: int) -> int:
        if not self.world.facilities:
            return 0
        travel_s = self.world.travel_s[place, 1 : self.world.first_place]
        return 1 + int(travel_s.argmin())

    def _tip(self, place: int) -> None:
        self._go(place)
        self.now_s += self.fleet.tip_s
        self.loads_l.append(self.load_l)
        self.loads_kg.append(self.load_kg)
        self.load_l = self.load_kg = 0.0

    def _go(self, place: int) -> None:
        self.now_s += int(self.world.travel_s[self.places[-1], place])
        self.places.append(place)
