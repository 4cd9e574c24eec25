"""The fleet, and the people who drive it."""

from dataclasses import dataclass, fields

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.problem.fields import (
    UNLIMITED,
    Shapes,
    every,
    freeze,
    refuse,
    shape_of,
    skill_shape,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Vehicles:
    """The fleet; every array has one row a vehicle, v rows.

    Columns with a default may be left out, or given as one number for every row.

    Parameters
    ----------
    capacity_l
        (v, streams) litres of the compartment for each stream; 0: does not take it.
    capacity_kg, capacity_containers
        (v,) on board at once, all streams together.
    day_l, day_kg, day_containers, max_stops
        (v,) limits of what is collected over the whole day, all trips together.
    shift_start_s, shift_end_s
        (v,) earliest departure, and latest return without overtime.
    overtime_s, overtime_cents_per_hour
        (v,) how much later the return may be at most, and what that time costs on top
        of ``cents_per_hour``.
    max_duration_s, max_distance_m
        (v,) limits of one run from departure to return.
    fair_duration_s, unfair_cents_per_hour
        (v,) balance: what every hour costs by which a run is longer than its share.
    depot, end_depot
        (v,) which of the first ``depot_count`` locations the run starts and ends at;
        ``end_depot`` -1: where it started. A truck under way starts where it stands.
    is_under_way
        (v,) whether the vehicle left already: its run exists and its time runs from
        ``shift_start_s``, whatever it does.
    aboard_l, aboard_kg, aboard_containers
        (v, streams) load at the start.
    home_accepts
        (v, streams) streams with which the vehicle may come home: its end is a yard
        that takes them.
    cents_per_km, cents_per_hour
        (v,) cost of driving, and of time from departure to return.
    fixed_cents
        (v,) cost of having a run at all.
    has
        (v, skills) what the vehicle and its driver have of ``Problem.skills``.
    zone, foreign_cents
        (v,) territory of the vehicle (-1: everywhere), and the price of a stop that
        lies in another zone.
    """

    capacity_l: FloatArray
    capacity_kg: FloatArray = every(UNLIMITED)
    capacity_containers: IntArray = every(UNLIMITED)
    day_l: FloatArray = every(UNLIMITED)
    day_kg: FloatArray = every(UNLIMITED)
    day_containers: IntArray = every(UNLIMITED)
    max_stops: IntArray = every(UNLIMITED)
    shift_start_s: IntArray
    shift_end_s: IntArray
    overtime_s: IntArray = every(0)
    overtime_cents_per_hour: FloatArray = every(0)
    max_duration_s: IntArray = every(UNLIMITED)
    max_distance_m: IntArray = every(UNLIMITED)
    fair_duration_s: IntArray = every(UNLIMITED)
    unfair_cents_per_hour: FloatArray = every(0)
    depot: IntArray = every(0)
    end_depot: IntArray = every(-1, minimum=-1)
    is_under_way: BoolArray = every(0)
    aboard_l: FloatArray = every(0)
    aboard_kg: FloatArray = every(0)
    aboard_containers: IntArray = every(0)
    home_accepts: BoolArray = every(0)
    cents_per_km: FloatArray = every(0)
    cents_per_hour: FloatArray = every(0)
    fixed_cents: IntArray = every(0)
    has: BoolArray = every(0)
    zone: IntArray = every(-1, minimum=-1)
    foreign_cents: IntArray = every(0)

    def __post_init__(self) -> None:
        count, streams = shape_of("vehicles.capacity_l", self.capacity_l, dimensions=2)
        if count == 0:
            raise ValueError("vehicles is empty: a plan needs at least one vehicle")
        shapes: Shapes = {each.name: (count,) for each in fields(self)}
        for name in ("capacity_l", "home_accepts", *_ABOARD):
            shapes[name] = (count, streams)
        shapes["has"] = skill_shape("vehicles.has", self.has, count)
        freeze(self, "vehicles", shapes)
        is_over = self.shift_end_s < self.shift_start_s
        refuse(
            "vehicles.shift_end_s", self.shift_end_s, is_over, "less than shift_start_s"
        )
        self._check_aboard()
        end_depot = np.where(self.end_depot < 0, self.depot, self.end_depot)
        end_depot.setflags(write=False)
        object.__setattr__(self, "end_depot", end_depot)

    def _check_aboard(self) -> None:
        total_kg, containers = self.aboard_kg.sum(1), self.aboard_containers.sum(1)
        for name, aboard, limit in (
            ("l", self.aboard_l, self.capacity_l),
            ("kg", total_kg, self.capacity_kg),
            ("containers", containers, self.capacity_containers),
        ):
            why = f"more than capacity_{name}"
            refuse(f"vehicles.aboard_{name}", aboard, aboard > limit, why)

    def __len__(self) -> int:
        return len(self.capacity_l)

    @property
    def latest_end_s(self) -> IntArray:
        """(v,): latest return, overtime included."""
        return self.shift_end_s + self.overtime_s


_ABOARD = ("aboard_l", "aboard_kg", "aboard_containers")
