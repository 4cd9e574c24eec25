"""Under which terms bins are collected: as they are today, or as somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.simulation.bins import KnownBins, add_bins
from backend.simulation.result import Aim
from backend.simulation.what_if import SimulationError, WhatIf
from backend.store.planning import Facility, Vehicle
from routing.selection import PrizeRule

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Bins, who drives, from where, when, and how dear an overflow is.

    `plan_h` is the local hour when a day is planned; `detour_cents` what one more bin
    usually costs; `co2_kg_per_km` by vehicle, where somebody knows it.
    """

    bins: KnownBins
    vehicles: tuple[Vehicle, ...]
    facilities: tuple[Facility, ...]
    weekdays: frozenset[int] = EVERY_DAY
    plan_h: float
    aim: Aim
    detour_cents: float
    co2_kg_per_km: Mapping[int, float]
    must_go_probability: float = PrizeRule().mandatory_probability


def change_terms(today: Terms, asked: WhatIf) -> Terms:
    """Change what is asked to be otherwise.

    Raises
    ------
    SimulationError
        If nobody would drive, or a stream is not known.
    """
    aim = Aim(service_level=asked.service_level, overflow_weight=asked.overflow_weight)
    return replace(
        today,
        bins=add_bins(today.bins, asked.more_bins),
        vehicles=_vehicles(today.vehicles, asked),
        weekdays=frozenset(asked.weekdays) or today.weekdays,
        aim=today.aim if aim == Aim() else aim,
        must_go_probability=asked.must_go_probability or today.must_go_probability,
    )


def _vehicles(fleet: Sequence[Vehicle], asked: WhatIf) -> tuple[Vehicle, ...]:
    known = {each.vehicle_id for each in fleet}
    for each in (*asked.without_vehicles, *asked.more_vehicles):
        if each not in known:
            raise SimulationError(f"there is no vehicle {each}")
    left = [each for each in fleet if each.vehicle_id not in asked.without_vehicles]
    more = [
        replace(each, name=f"another {each.name}")
        for number in asked.more_vehicles
        for each in fleet
        if each.vehicle_id == number
    ]
    if not left and not more:
        raise SimulationError("without any vehicle nothing can be collected")
    return tuple(_moved(each, asked) for each in (*left, *more))


def _moved(vehicle: Vehicle, asked: WhatIf) -> Vehicle:
    if asked.depot_lat_deg is None or asked.depot_lon_deg is None:
        return vehicle
    return replace(vehicle, lat_deg=asked.depot_lat_deg, lon_deg=asked.depot_lon_deg)
