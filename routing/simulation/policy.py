"""What a policy is told on a morning, and what it answers."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from routing.arrays import BoolArray, FloatArray
from routing.simulation.fleet import Fleet
from routing.simulation.world import DAY_H, World

WORK_H = 4.0
"""From the beginning of a shift to when the typical bin of the day is emptied."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Morning:
    """What is known when a day is planned.

    Parameters
    ----------
    day
        Since the world began.
    read_h
        (r,) hours since 1970-01-01 UTC of the readings so far.
    readings
        (n, r) fill as reported, NaN where nothing arrived.
    emptied_h
        For each slot, when it was emptied, in order; by the drivers' word.
    fill
        (n,) the truth at this hour. Only the clairvoyant looks at it.
    """

    world: World
    fleet: Fleet
    day: int
    read_h: FloatArray
    readings: FloatArray
    emptied_h: tuple[tuple[float, ...], ...]
    fill: FloatArray

    @property
    def now_h(self) -> float:
        """Return hours since 1970-01-01 UTC."""
        return self.world.start_h + self.day * DAY_H + self.fleet.plan_h

    @property
    def work_in_h(self) -> float:
        """Return hours from now to when the typical bin of the day is emptied."""
        return self.fleet.shift_start_h + WORK_H - self.fleet.plan_h

    def service_days(self, count: int) -> list[int]:
        """Return today, and the next service days after it."""
        days = [self.day]
        while len(days) < count:
            day = days[-1] + 1
            while self.world.weekday(day) not in self.fleet.service_weekdays:
                day += 1
            days.append(day)
        return days

    def since_emptied_days(self) -> FloatArray:
        """(n,): days since each slot was emptied, or since the world began."""
        last_h = [each[-1] if each else self.world.start_h for each in self.emptied_h]
        return (self.now_h - np.array(last_h)) / DAY_H


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Choice:
    """What a policy wants of a day.

    Parameters
    ----------
    fill
        (n,) fill expected when the bin is emptied: what is to be carried.
    prize_cents
        (n,) what emptying today is worth; 0: leave it.
    is_mandatory
        (n,) must be emptied if there is room and time.
    """

    fill: FloatArray
    prize_cents: FloatArray
    is_mandatory: BoolArray


class Policy(Protocol):
    """Chooses what is to be emptied today."""

    def __call__(self, morning: Morning) -> Choice:
        """Answer for a service day; called once for each, in order."""


def only(is_due: BoolArray, fill: FloatArray) -> Choice:
    """Choose these bins and no other."""
    return Choice(
        fill=np.clip(fill, 0.0, 1.0),
        prize_cents=np.zeros(len(fill)),
        is_mandatory=is_due,
    )
