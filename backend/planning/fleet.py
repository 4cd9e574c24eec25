"""State the vehicles of a service day: where they start, what they hold, when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.planning.inputs import Inputs, PlanningError
from backend.planning.under_way import Load, VehicleDay
from routing.arrays import BoolArray
from routing.solver import Vehicles

LatLon = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stands:
    """The problem's depots: the yards, then a place of its own for who is out.

    `start_row` and `end_row` have one row for each vehicle.
    """

    points: list[LatLon]
    start_row: list[int]
    end_row: list[int]


def find_stands(inputs: Inputs, days: Sequence[VehicleDay]) -> Stands:
    """Find where each vehicle starts and ends."""
    yards = [(each.lat_deg, each.lon_deg) for each in inputs.vehicles]
    points = list(dict.fromkeys(yards))
    end_row = [points.index(each) for each in yards]
    start_row = []
    for day, yard, row in zip(days, yards, end_row, strict=True):
        start_row.append(len(points) if day.is_out else row)
        if day.is_out:
            points.append(_last_seen(day) or yard)
    return Stands(points=points, start_row=start_row, end_row=end_row)


def _last_seen(day: VehicleDay) -> LatLon | None:
    last = day.last_place
    if last is None or last.lat_deg is None or last.lon_deg is None:
        return None
    return last.lat_deg, last.lon_deg


def state_fleet(
    inputs: Inputs,
    days: Sequence[VehicleDay],
    stands: Stands,
    *,
    streams: tuple[str, ...],
    has: BoolArray,
) -> Vehicles:
    """State what every vehicle holds, has on board, costs, and when it may drive.

    `has` are the skills of each.

    A vehicle that has left has its price of the day behind it, and is out until it is
    home, whatever that takes.

    Raises
    ------
    PlanningError
        If nobody is out and all shifts are over.
    """
    fleet = inputs.vehicles
    starts_s, ends_s = _shifts(inputs, days)
    return Vehicles(
        capacity_l=np.array(
            [
                [each.compartment_l.get(name, 0) * each.compaction for name in streams]
                for each in fleet
            ],
            np.float64,
        ),
        capacity_kg=np.array([each.capacity_kg for each in fleet], np.float64),
        shift_start_s=np.array(starts_s, np.int64),
        shift_end_s=np.array(ends_s, np.int64),
        overtime_s=np.array([each.overtime_s for each in fleet], np.int64),
        overtime_cents_per_hour=np.array(
            [each.overtime_cents_per_hour for each in fleet], np.float64
        ),
        depot=np.array(stands.start_row, np.int64),
        end_depot=np.array(stands.end_row, np.int64),
        is_under_way=np.array([each.is_out for each in days], np.bool_),
        aboard_l=np.array(
            [[each.volume_l for each in row] for row in _loads(days, streams)]
        ),
        aboard_kg=np.array(
            [[each.mass_kg for each in row] for row in _loads(days, streams)]
        ),
        has=has,
        cents_per_km=np.array([each.cents_per_km for each in fleet], np.float64),
        cents_per_hour=np.array([each.cents_per_hour for each in fleet], np.float64),
        fixed_cents=np.array(
            [
                0 if day.has_begun else each.cents_per_day
                for each, day in zip(fleet, days, strict=True)
            ],
            np.int64,
        ),
    )


def _loads(days: Sequence[VehicleDay], streams: tuple[str, ...]) -> list[list[Load]]:
    return [[day.aboard.get(name, Load()) for name in streams] for day in days]


def _shifts(inputs: Inputs, days: Sequence[VehicleDay]) -> tuple[list[int], list[int]]:
    day = inputs.service_day
    now_s = day.second(inputs.now)
    starts_s, ends_s = [], []
    for vehicle, so_far in zip(inputs.vehicles, days, strict=True):
        end_s = day.seconds(vehicle.shift_end_local)
        # A shift that has begun goes on from now.
        start_s = max(day.seconds(vehicle.shift_start_local), now_s)
        if so_far.is_out:
            start_s = day.second(so_far.free_at)
        starts_s.append(start_s if so_far.is_out else min(start_s, end_s))
        ends_s.append(max(start_s, end_s) if so_far.is_out else end_s)
    is_over = all(start >= end for start, end in zip(starts_s, ends_s, strict=True))
    if is_over and not any(each.is_out for each in days):
        raise PlanningError(f"all shifts of {day.day} are over")
    return starts_s, ends_s
