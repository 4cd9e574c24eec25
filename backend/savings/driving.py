"""Drive a day of the fixed rounds: same vehicles, same streets, same solver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from backend.planning.horizon import ServiceDay
from backend.planning.inputs import Inputs
from backend.planning.problem import Stated, state_problem
from backend.planning.under_way import look_at_vehicles
from backend.planning.wishes import must_be_emptied
from backend.store.driven import DrivenRun
from backend.store.planning import Vehicle
from backend.store.savings import RoundFigures
from routing.arrays import BoolArray, FloatArray, IntArray
from routing.roads import RoadNetwork
from routing.solver import Budget, Plan, solve

# Counted, not timed: the same plan on every machine.
BUDGET = Budget(iterations=3000)
SEED = 1
M_PER_KM, S_PER_H, G_PER_KG = 1000.0, 3600.0, 1000.0
# What lies beside a full bin is taken along, up to half a bin.
MOST_FILL = 1.5
OpenStreets = Callable[[Inputs], RoadNetwork]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tariff:
    """What a vehicle's kilometres and hours come to."""

    vehicle: Vehicle
    co2_g_per_km: float | None

    def figures(self, *, distance_m: float, out_s: float) -> RoundFigures:
        """Reckon a run: the same for a real one and one of the fixed rounds."""
        km, hours = distance_m / M_PER_KM, out_s / S_PER_H
        own = self.vehicle
        cents = own.cents_per_day + own.cents_per_km * km + own.cents_per_hour * hours
        factor = self.co2_g_per_km
        return RoundFigures(
            distance_km=km,
            driving_h=hours,
            cost_cents=round(cents),
            co2_kg=None if factor is None else factor * km / G_PER_KG,
        )


@dataclass(kw_only=True, slots=True)
class FixedRounds:
    """State to guard: what the days driven so far came to.

    `like` is any day's input; what differs from day to day is put in its place.
    """

    like: Inputs
    days: Sequence[date]
    tariffs: Mapping[int, Tariff]
    open_streets: OpenStreets
    driven: dict[date, RoundFigures] = field(default_factory=dict)

    def __call__(
        self, day: int, slots: IntArray, fill_fraction: FloatArray
    ) -> BoolArray:
        """Drive to the bins that are due; say which were reached."""
        inputs = self._on(self.days[day], slots)
        wishes = [
            must_be_emptied(slot, min(MOST_FILL, fill))
            for slot, fill in zip(inputs.slots, fill_fraction.tolist(), strict=True)
        ]
        network = self.open_streets(inputs)
        vehicles = look_at_vehicles(inputs)
        stated = state_problem(inputs, wishes, vehicles, network=network)
        plan = solve(stated.problem, budget=BUDGET, seed=SEED)
        reached = _reached(plan, stated, [each.slot_id for each in inputs.slots])
        taken_l = [
            each.volume_l
            for each, is_reached in zip(wishes, reached.tolist(), strict=True)
            if is_reached
        ]
        self.driven[self.days[day]] = self._add_up(plan, taken_l)
        return reached

    def _on(self, day: date, slots: IntArray) -> Inputs:
        service_day = ServiceDay(
            day=day, zone=ZoneInfo(self.like.organisation.time_zone)
        )
        return replace(
            self.like,
            service_day=service_day,
            now=service_day.midnight_at,
            slots=[self.like.slots[each] for each in slots.tolist()],
        )

    def _add_up(self, plan: Plan, taken_l: list[int]) -> RoundFigures:
        runs = [
            self.tariffs[self.like.vehicles[run.vehicle].vehicle_id].figures(
                distance_m=run.distance_m, out_s=run.duration_s
            )
            for run in plan.runs
        ]
        total = sum_figures(runs)
        return replace(total, pickup_count=len(taken_l), volume_l=sum(taken_l))


def drive_really(
    runs: Sequence[DrivenRun], tariffs: Mapping[int, Tariff]
) -> dict[date, RoundFigures]:
    """Add up the runs that were driven, day by day."""
    by_day: dict[date, RoundFigures] = {}
    for each in runs:
        tariff = tariffs.get(each.vehicle_id)
        if tariff is None:
            continue
        one = replace(
            tariff.figures(distance_m=each.distance_m, out_s=each.out_s),
            pickup_count=each.pickup_count,
            volume_l=each.volume_l,
        )
        before = by_day.get(each.service_day, RoundFigures())
        by_day[each.service_day] = sum_figures([before, one])
    return by_day


def sum_figures(figures: Sequence[RoundFigures]) -> RoundFigures:
    """Add up; CO2 is known only where all of it is."""
    co2_kg = [each.co2_kg for each in figures]
    return RoundFigures(
        distance_km=sum(each.distance_km for each in figures),
        driving_h=sum(each.driving_h for each in figures),
        cost_cents=sum(each.cost_cents for each in figures),
        co2_kg=None if None in co2_kg else sum(kg for kg in co2_kg if kg),
        overflow_h=sum(each.overflow_h for each in figures),
        pickup_count=sum(each.pickup_count for each in figures),
        volume_l=sum(each.volume_l for each in figures),
    )


def _reached(plan: Plan, stated: Stated, slot_ids: Sequence[int]) -> BoolArray:
    left = {stated.wishes[each.stop].slot.slot_id for each in plan.unserved}
    # Where no street leads, nobody waits: it was emptied by other means.
    return np.array([each not in left for each in slot_ids], np.bool_)
