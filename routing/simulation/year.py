"""What a policy made of a world, in a year."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.simulation.fleet import Fleet
from routing.simulation.world import World

DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Days:
    """Sums over all slots and vehicles; every array (d,), the warm-up included."""

    distance_m: FloatArray
    drive_h: FloatArray
    pickups: FloatArray
    tips: FloatArray
    vehicles: FloatArray
    fill_at_pickup: FloatArray
    full_pickups: FloatArray
    arrived_l: FloatArray
    collected_l: FloatArray
    collected_kg: FloatArray
    lost_l: FloatArray
    lost_kg: FloatArray
    full_h: FloatArray
    held_l: FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Year:
    """The counted days, as if they were a year.

    Parameters
    ----------
    km, hours
        Driven; from departure to return, over all vehicles.
    overflow_h
        Hours in which a bin is full, for each bin.
    service_share
        Share of what came that found room.
    lost_kg, tonnes, pickups, tips
        In the year.
    fill_at_pickup
        Mean fill of a bin that is emptied.
    in_time_share
        Share of the pickups before which the bin was not full: the service level of
        Wouda, Aerts-Veenstra and van Foreest (2024).
    vehicles
        Most vehicles that were out on one day.
    days
        Day by day, the warm-up included.
    """

    km: float
    hours: float
    overflow_h: float
    service_share: float
    lost_kg: float
    tonnes: float
    pickups: float
    tips: float
    fill_at_pickup: float
    in_time_share: float
    vehicles: int
    co2_kg: float
    money_cents: float
    days: Days

    @property
    def lost_share(self) -> float:
        """Return the share of what came that found no room."""
        return 1.0 - self.service_share


def sum_up(world: World, fleet: Fleet, days: Days) -> Year:
    """Leave the warm-up out, and scale to a year."""
    counted = slice(world.warm_up_days, None)
    years = (world.days - world.warm_up_days) / DAYS_A_YEAR

    def a_year(values: FloatArray) -> float:
        return float(values[counted].sum()) / years

    km, hours = a_year(days.distance_m) / 1000, a_year(days.drive_h)
    pickups = a_year(days.pickups)
    arrived_l = a_year(days.arrived_l)
    return Year(
        km=km,
        hours=hours,
        overflow_h=a_year(days.full_h) / max(1, len(world)),
        service_share=1.0 - a_year(days.lost_l) / arrived_l if arrived_l else 1.0,
        lost_kg=a_year(days.lost_kg),
        tonnes=a_year(days.collected_kg) / 1000,
        pickups=pickups,
        tips=a_year(days.tips),
        fill_at_pickup=a_year(days.fill_at_pickup) / pickups if pickups else 0.0,
        in_time_share=1 - a_year(days.full_pickups) / pickups if pickups else 1.0,
        vehicles=int(np.max(days.vehicles[counted], initial=0)),
        co2_kg=km * fleet.co2_kg_per_km,
        money_cents=km * fleet.cents_per_km + hours * fleet.cents_per_hour,
        days=days,
    )
