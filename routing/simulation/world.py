"""A world to try policies in: bins, the ways between them, and what will come.

Places are rows of the matrices, in this order: the depot, the facilities, the slots.
Fill is a fraction of a bin. Days are local calendar days; day 0 is the first.
"""

from dataclasses import dataclass, field

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray, float_array, int_array
from routing.simulation.sensors import Sensors

DAY_H = 24


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class World:
    """Slots, ways and arrivals; whatever a policy does, the same comes.

    Parameters
    ----------
    distance_m, travel_s
        (k + n, k + n) whole metres and seconds from row to column; k = 1 + facilities.
    facilities
        How many places after the depot are facilities; 0: loads are tipped at the
        depot.
    volume_l, kg_per_l, service_s
        (n,) litres that a bin holds, weight of a litre, seconds that emptying takes.
    arrived
        (n, s) fill that comes in each step, bins that are full or not.
    sensors
        What the sensors make of a fill.
    first_fill
        (n,) fill at the beginning.
    overflow_cents
        (n,) what one overflow costs there.
    step_h
        Hours in a step; a divisor of 24.
    warm_up_days
        Days at the beginning that are lived through, but not counted.
    start_h
        Hours since 1970-01-01 UTC when day 0 begins: a local midnight.
    utc_offset_h
        Local time less UTC.
    stream
        Of all slots.
    slot_ids
        (n,) how the slots are called elsewhere; left out, they are numbered from 0.
    """

    distance_m: IntArray
    travel_s: IntArray
    volume_l: FloatArray
    kg_per_l: FloatArray
    service_s: IntArray
    arrived: FloatArray
    sensors: Sensors
    first_fill: FloatArray
    overflow_cents: FloatArray
    facilities: int = 0
    step_h: float = 1.0
    warm_up_days: int = 28
    start_h: float = 96.0  # a Monday
    utc_offset_h: float = 0.0
    stream: str = "any"
    slot_ids: IntArray = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        n, steps = np.shape(self.arrived)
        places = self.first_place + n
        for name in ("distance_m", "travel_s"):
            matrix = int_array(name, getattr(self, name), shape=(places, places))
            object.__setattr__(self, name, matrix)
        for name in ("volume_l", "kg_per_l", "first_fill", "overflow_cents"):
            column = float_array(name, getattr(self, name), shape=(n,))
            object.__setattr__(self, name, column)
        service_s = int_array("service_s", self.service_s, shape=(n,))
        object.__setattr__(self, "service_s", service_s)
        arrived = float_array("arrived", self.arrived, shape=(n, steps))
        object.__setattr__(self, "arrived", arrived)
        self._check_time(steps)
        if not len(self.slot_ids):
            object.__setattr__(self, "slot_ids", np.arange(n))

    def _check_time(self, steps: int) -> None:
        if self.step_h <= 0 or DAY_H % self.step_h:
            raise ValueError(
                f"step_h = {self.step_h} not understood: must divide a day"
            )
        if steps % self.steps_per_day or self.days <= self.warm_up_days:
            raise ValueError(
                f"arrived has {steps} steps: must be whole days, and more than the "
                f"{self.warm_up_days} that are not counted"
            )

    def __len__(self) -> int:
        return len(self.volume_l)

    @property
    def first_place(self) -> int:
        """Return the place of the first slot."""
        return 1 + self.facilities

    @property
    def steps_per_day(self) -> int:
        """Return how many steps a day has."""
        return round(DAY_H / self.step_h)

    @property
    def days(self) -> int:
        """Return how many days there are, uncounted ones included."""
        return int(self.arrived.shape[1]) // self.steps_per_day

    def weekday(self, day: int) -> int:
        """Return 0 for a Monday."""
        local_h = self.start_h + self.utc_offset_h + day * DAY_H
        return int(local_h // DAY_H + 3) % 7  # 1970-01-01 was a Thursday

    def arrived_on(self, day: int) -> FloatArray:
        """(n, 1 + steps of a day): what has come since midnight, from 0 on."""
        first = day * self.steps_per_day
        today = self.arrived[:, first : first + self.steps_per_day]
        return np.concatenate(
            [np.zeros((len(self), 1)), np.cumsum(today, axis=1)], axis=1
        )

    @property
    def mean_per_day(self) -> FloatArray:
        """(n,): fill that comes in a day on average over all days."""
        mean: FloatArray = self.arrived.sum(axis=1) / self.days
        return mean

    @property
    def has_sensor(self) -> BoolArray:
        """(n,): whether anything is ever measured there."""
        return np.asarray(self.sensors.is_heard.any(axis=1))
