"""Small problems that are easy to reckon by hand.

Everything lies on one straight road: places are kilometres from the depot, a kilometre
takes a minute, costs a euro, and an hour costs nothing unless said otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from routing.solver import UNLIMITED, Facilities, Problem, Stops, Vehicles

DAY_S = 86_400
KM_S = 60
KM_CENTS = 100


@dataclass(frozen=True, kw_only=True)
class Bin:
    at_km: float
    demand_l: float = 100.0
    stream: int = 0
    mass_kg: float = 10.0
    service_s: int = 0
    earliest_s: int = 0
    latest_s: int = DAY_S
    prize_cents: int = 0
    is_mandatory: bool = True


@dataclass(frozen=True, kw_only=True)
class Tip:
    at_km: float = 0.0
    accepts: tuple[bool, ...] = (True,)
    tip_s: int = 0
    opens_s: int = 0
    closes_s: int = DAY_S
    tip_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class Truck:
    capacity_l: tuple[float, ...] = (1000.0,)
    capacity_kg: float = 1000.0
    shift_start_s: int = 0
    shift_end_s: int = DAY_S
    depot: int = 0
    cents_per_km: float = KM_CENTS
    cents_per_hour: float = 0.0
    fixed_cents: int = 0
    max_distance_m: int = UNLIMITED
    max_stops: int = UNLIMITED


@dataclass(frozen=True, kw_only=True)
class Town:
    bins: Sequence[Bin]
    trucks: Sequence[Truck] = (Truck(),)
    tips: Sequence[Tip] = (Tip(),)
    streams: tuple[str, ...] = ("glass",)
    depots_km: tuple[float, ...] = (0.0,)
    skew_km: Sequence[float] = field(default_factory=tuple)

    def problem(self) -> Problem:
        at_km = np.array(
            [
                *self.depots_km,
                *(t.at_km for t in self.tips),
                *(b.at_km for b in self.bins),
            ]
        )
        aside_km = np.zeros(len(at_km))
        aside_km[len(at_km) - len(self.skew_km) :] = self.skew_km
        between_km = np.abs(at_km[:, None] - at_km) + np.abs(
            aside_km[:, None] - aside_km
        )
        return Problem(
            streams=self.streams,
            depot_count=len(self.depots_km),
            facilities=Facilities(
                accepts=_rows(self.tips, "accepts", np.bool_, len(self.streams)),
                tip_s=_column(self.tips, "tip_s", np.int64),
                opens_s=_column(self.tips, "opens_s", np.int64),
                closes_s=_column(self.tips, "closes_s", np.int64),
                tip_cents=_column(self.tips, "tip_cents", np.int64),
            ),
            stops=Stops(
                demand_l=_column(self.bins, "demand_l", np.float64),
                stream=_column(self.bins, "stream", np.int64),
                mass_kg=_column(self.bins, "mass_kg", np.float64),
                service_s=_column(self.bins, "service_s", np.int64),
                earliest_s=_column(self.bins, "earliest_s", np.int64),
                latest_s=_column(self.bins, "latest_s", np.int64),
                prize_cents=_column(self.bins, "prize_cents", np.int64),
                is_mandatory=_column(self.bins, "is_mandatory", np.bool_),
            ),
            vehicles=Vehicles(
                capacity_l=_rows(
                    self.trucks, "capacity_l", np.float64, len(self.streams)
                ),
                capacity_kg=_column(self.trucks, "capacity_kg", np.float64),
                shift_start_s=_column(self.trucks, "shift_start_s", np.int64),
                shift_end_s=_column(self.trucks, "shift_end_s", np.int64),
                depot=_column(self.trucks, "depot", np.int64),
                cents_per_km=_column(self.trucks, "cents_per_km", np.float64),
                cents_per_hour=_column(self.trucks, "cents_per_hour", np.float64),
                fixed_cents=_column(self.trucks, "fixed_cents", np.int64),
                max_distance_m=_column(self.trucks, "max_distance_m", np.int64),
                max_stops=_column(self.trucks, "max_stops", np.int64),
            ),
            travel_s=np.rint(between_km * KM_S).astype(np.int64),
            distance_m=np.rint(between_km * 1000).astype(np.int64),
        )


def _column(rows, name, dtype):
    return np.array([getattr(row, name) for row in rows], dtype=dtype)


def _rows(rows, name, dtype, width):
    return np.array([getattr(row, name) for row in rows], dtype=dtype).reshape(
        -1, width
    )
