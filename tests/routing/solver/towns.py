"""Small problems that are easy to reckon by hand.

Everything lies on one straight road: places are kilometres from the depot, a kilometre
takes a minute, costs a euro, and an hour costs nothing unless said otherwise. Locations
are numbered as ever: depots, tips, bins; in a town of one depot and one tip the depot
is 0, the tip 1, the first bin 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from routing.solver.model import Problem
from routing.solver.problem.breaks import NO_REST, Rest
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.fields import UNLIMITED
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays

DAY_S = 86_400
HOUR_S = 3600
KM_S = 60
KM_CENTS = 100

Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Bin:
    at_km: float
    demand_l: float = 100.0
    stream: int = 0
    mass_kg: float = 10.0
    containers: int = 1
    service_s: int = 0
    service_per_container_s: int = 0
    earliest_s: int = 0
    latest_s: int = DAY_S
    #: Several windows, instead of the one from earliest_s to latest_s.
    windows: Windows = ()
    release_s: int = 0
    prize_cents: int = 0
    is_mandatory: bool = True
    #: Names of skills.
    needs: tuple[str, ...] = ()
    alternative: int = -1
    pinned_vehicle: int = -1
    planned_vehicle: int = -1
    move_cents: int = 0
    zone: int = -1


@dataclass(frozen=True, kw_only=True)
class Tip:
    at_km: float = 0.0
    accepts: tuple[bool, ...] = (True,)
    tip_s: int = 0
    opens_s: int = 0
    closes_s: int = DAY_S
    windows: Windows = ()
    tip_cents: int = 0
    cents_per_tonne: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Truck:
    """What is listed by stream, or by skill, is none at all when left out."""

    capacity_l: tuple[float, ...] = (1000.0,)
    capacity_kg: float = 1000.0
    capacity_containers: int = UNLIMITED
    day_l: float = UNLIMITED
    day_kg: float = UNLIMITED
    day_containers: int = UNLIMITED
    max_stops: int = UNLIMITED
    shift_start_s: int = 0
    shift_end_s: int = DAY_S
    overtime_s: int = 0
    overtime_cents_per_hour: float = 0.0
    max_duration_s: int = UNLIMITED
    max_distance_m: int = UNLIMITED
    fair_duration_s: int = UNLIMITED
    unfair_cents_per_hour: float = 0.0
    depot: int = 0
    end_depot: int = -1
    is_under_way: bool = False
    aboard_l: tuple[float, ...] = ()
    aboard_kg: tuple[float, ...] = ()
    aboard_containers: tuple[int, ...] = ()
    home_accepts: tuple[bool, ...] = ()
    cents_per_km: float = KM_CENTS
    cents_per_hour: float = 0.0
    fixed_cents: int = 0
    has: tuple[str, ...] = ()
    zone: int = -1
    foreign_cents: int = 0
    rest: Rest = NO_REST
    #: Locations with which the run begins.
    locked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Town:
    bins: Sequence[Bin]
    trucks: Sequence[Truck] = (Truck(),)
    tips: Sequence[Tip] = (Tip(),)
    streams: tuple[str, ...] = ("glass",)
    depots_km: tuple[float, ...] = (0.0,)
    #: How far the last places lie beside the road.
    skew_km: Sequence[float] = field(default_factory=tuple)
    skills: tuple[str, ...] = ()
    #: Pairs of streams.
    conflicts: tuple[tuple[int, int], ...] = ()
    same_vehicle: tuple[tuple[int, ...], ...] = ()
    precedence: tuple[tuple[int, int], ...] = ()

    def problem(self) -> Problem:
        return Problem(
            streams=self.streams,
            depot_count=len(self.depots_km),
            facilities=self._facilities(),
            stops=self._stops(),
            vehicles=self._vehicles(),
            ways=self._ways(),
            skills=self.skills,
            rests=tuple(truck.rest for truck in self.trucks),
            conflicts=self._conflicts(),
            same_vehicle=self.same_vehicle,
            precedence=self.precedence,
            locked=tuple(truck.locked for truck in self.trucks),
        )

    def bin_at(self, index: int) -> int:
        """Location of a bin."""
        return len(self.depots_km) + len(self.tips) + index

    def _facilities(self) -> Facilities:
        opens_s, closes_s = _windows(self.tips, "opens_s", "closes_s")
        by_stream = {
            name: _rows(self.tips, name, len(self.streams))
            for name in ("accepts", "cents_per_tonne")
        }
        return Facilities(
            **_columns(self.tips, Facilities)
            | by_stream
            | {"opens_s": opens_s, "closes_s": closes_s}
        )

    def _stops(self) -> Stops:
        earliest_s, latest_s = _windows(self.bins, "earliest_s", "latest_s")
        return Stops(
            **_columns(self.bins, Stops)
            | {"earliest_s": earliest_s, "latest_s": latest_s}
            | {"needs": _named(self.bins, "needs", self.skills)}
        )

    def _vehicles(self) -> Vehicles:
        by_stream = {
            name: _rows(self.trucks, name, len(self.streams))
            for name in (
                "capacity_l",
                "aboard_l",
                "aboard_kg",
                "aboard_containers",
                "home_accepts",
            )
        }
        return Vehicles(
            **_columns(self.trucks, Vehicles)
            | by_stream
            | {"has": _named(self.trucks, "has", self.skills)}
        )

    def _ways(self) -> FullWays:
        at_km = np.array(
            [
                *self.depots_km,
                *(tip.at_km for tip in self.tips),
                *(bin_.at_km for bin_ in self.bins),
            ]
        )
        aside_km = np.zeros(len(at_km))
        aside_km[len(at_km) - len(self.skew_km) :] = self.skew_km
        between_km = abs(at_km[:, None] - at_km) + abs(aside_km[:, None] - aside_km)
        return FullWays(
            travel_s=np.rint(between_km * KM_S).astype(np.int64),
            distance_m=np.rint(between_km * 1000).astype(np.int64),
        )

    def _conflicts(self):
        table = np.zeros((len(self.streams),) * 2, dtype=np.bool_)
        for one, other in self.conflicts:
            table[one, other] = table[other, one] = True
        return table


def _columns(rows, table):
    """Columns that rows have as plain numbers; without rows, those that must be."""
    if not rows:
        needed = ("demand_l", "shift_start_s", "shift_end_s")
        return {each.name: [] for each in fields(table) if each.name in needed}
    return {
        each.name: [getattr(row, each.name) for row in rows]
        for each in fields(table)
        if np.isscalar(getattr(rows[0], each.name, None))
    }


def _rows(rows, name, width):
    values = [getattr(row, name) or (0,) * width for row in rows]
    return np.array(values, dtype=np.float64).reshape(-1, width)


def _named(rows, name, known):
    for row in rows:
        assert set(getattr(row, name)) <= {*known}, "name it in Town.skills"
    values = [[each in getattr(row, name) for each in known] for row in rows]
    return np.array(values, dtype=np.bool_).reshape(len(rows), len(known))


def _windows(rows, low, high):
    """A row that has fewer windows repeats its last."""
    windows = [
        list(row.windows or ((getattr(row, low), getattr(row, high)),)) for row in rows
    ]
    width = max(map(len, windows), default=1)
    padded = [each + each[-1:] * (width - len(each)) for each in windows]
    table = np.array(padded, dtype=np.int64).reshape(len(rows), width, 2)
    return table[:, :, 0], table[:, :, 1]
