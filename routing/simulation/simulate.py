"""Live a world through, day by day, under one policy."""

from dataclasses import dataclass, field, fields

import numpy as np

from routing.arrays import FloatArray
from routing.simulation.driving import Drive, drive
from routing.simulation.filling import (
    FULL,
    Filling,
    fill_at,
    fills_of_day,
    live_a_day,
)
from routing.simulation.fleet import Fleet
from routing.simulation.policy import Morning, Policy
from routing.simulation.routes import NO_ROUTES, S_PER_H, Routes, plan_routes
from routing.simulation.world import DAY_H, World
from routing.simulation.year import Days, Year, sum_up

ITERATIONS = 2000
"""Of the solver, each day: 20 to 80 stops in 0.05 s."""


def simulate(
    world: World,
    policy: Policy,
    *,
    fleet: Fleet,
    seed: int = 0,
    iterations: int = ITERATIONS,
) -> Year:
    """Drive every service day as the policy chooses, and count.

    Parameters
    ----------
    policy
        A fresh one for each call: it may remember.
    seed
        Of the solver. What comes, and what sensors say of it, is the world's.
    """
    life = _Life(world=world, fleet=fleet)
    for day in range(world.days):
        driven: list[Drive] = []
        if world.weekday(day) in fleet.service_weekdays:
            choice = policy(life.morning(day))
            routes = plan_routes(
                world, fleet, choice, iterations=iterations, seed=seed + day
            )
            driven = life.drive(day, routes) if routes is not NO_ROUTES else []
        life.end(day, driven)
    return sum_up(world, fleet, Days(**life.counts))


@dataclass(slots=True)
class _Life:
    """What is true, and what is known of it."""

    world: World
    fleet: Fleet
    fill: FloatArray = field(init=False)
    said: FloatArray = field(init=False)
    readings: FloatArray = field(init=False)
    emptied_h: list[list[float]] = field(init=False)
    counts: dict[str, FloatArray] = field(init=False)

    def __post_init__(self) -> None:
        n, days = len(self.world), self.world.days
        self.fill = self.world.first_fill.copy()
        self.said = self.world.first_fill.copy()
        self.readings = np.full((n, days * self._a_day), np.nan)
        self.emptied_h = [[] for _ in range(n)]
        self.counts = {each.name: np.zeros(days) for each in fields(Days)}

    @property
    def _a_day(self) -> int:
        return max(1, round(DAY_H / self.world.sensors.every_h))

    def morning(self, day: int) -> Morning:
        """Say what is known; readings of today come until the hour of planning."""
        world, plan_h = self.world, self.fleet.plan_h
        every_h = world.sensors.every_h
        today = 1 + int(plan_h // every_h)
        read = day * self._a_day + today
        arrived = world.arrived_on(day)
        never = np.full(len(world), np.nan)
        first = day * self._a_day
        self.readings[:, first:read], _ = self._report(day, arrived, never, today)
        return Morning(
            world=world,
            fleet=self.fleet,
            day=day,
            read_h=world.start_h + every_h * np.arange(read, dtype=np.float64),
            readings=self.readings[:, :read],
            emptied_h=tuple(map(tuple, self.emptied_h)),
            fill=fill_at(
                self.fill, arrived, np.full(len(world), plan_h), step_h=world.step_h
            ),
        )

    def drive(self, day: int, routes: Routes) -> list[Drive]:
        """Drive the runs of a day."""
        arrived, step_h = self.world.arrived_on(day), self.world.step_h
        steps = np.arange(arrived.shape[1])

        def fill_of(slot: int, at_h: float) -> float:
            come = float(np.interp(at_h / step_h, steps, arrived[slot]))
            return min(float(self.fill[slot]) + come, FULL)

        return drive(self.world, self.fleet, routes, fill_at=fill_of)

    def end(self, day: int, driven: list[Drive]) -> None:
        """Let the day pass."""
        world, arrived = self.world, self.world.arrived_on(day)
        emptied_h = np.full(len(world), np.nan)
        for pickup in (each for one in driven for each in one.pickups):
            emptied_h[pickup.slot] = pickup.at_h
            midnight_h = world.start_h + DAY_H * day
            self.emptied_h[pickup.slot].append(midnight_h + pickup.at_h)
        first = day * self._a_day
        read, self.said = self._report(day, arrived, emptied_h, self._a_day)
        self.readings[:, first : first + self._a_day] = read
        filling = live_a_day(self.fill, arrived, emptied_h, step_h=world.step_h)
        self._count(day, driven, filling, arrived[:, -1])
        self.fill = filling.at_end

    def _report(
        self, day: int, arrived: FloatArray, emptied_h: FloatArray, count: int
    ) -> tuple[FloatArray, FloatArray]:
        """Say the first readings of a day."""
        world = self.world
        fills = fills_of_day(self.fill, arrived, emptied_h, step_h=world.step_h)
        every = round(world.sensors.every_h / world.step_h)
        return world.sensors.report(
            fills[:, ::every][:, :count], first=day * self._a_day, before=self.said
        )

    def _count(
        self, day: int, driven: list[Drive], filling: Filling, arrived: FloatArray
    ) -> None:
        world = self.world
        kg = world.volume_l * world.kg_per_l
        pickups = [each for one in driven for each in one.pickups]
        today = {
            "distance_m": sum(each.distance_m for each in driven),
            "drive_h": sum(each.end_s - each.start_s for each in driven) / S_PER_H,
            "pickups": len(pickups),
            "tips": sum(len(each.loads_l) for each in driven),
            "vehicles": len({each.vehicle for each in driven}),
            "fill_at_pickup": sum(each.fill for each in pickups),
            "full_pickups": sum(each.fill >= FULL for each in pickups),
            "arrived_l": arrived @ world.volume_l,
            "collected_l": filling.collected @ world.volume_l,
            "collected_kg": filling.collected @ kg,
            "lost_l": filling.lost @ world.volume_l,
            "lost_kg": filling.lost @ kg,
            "full_h": filling.full_h.sum(),
            "held_l": filling.at_end @ world.volume_l,
        }
        for name, amount in today.items():
            self.counts[name][day] = amount
