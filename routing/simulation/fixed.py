"""Fixed plans: the same bins on the same weekdays, whatever they hold."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.simulation.policy import Choice, Morning, only
from routing.simulation.world import World

DAILY, THRICE, TWICE, WEEKLY, FORTNIGHTLY, MONTHLY = 1.4, 2.4, 3.5, 7.0, 14.0, 28.0
INTERVALS_DAYS = (DAILY, THRICE, TWICE, WEEKLY, FORTNIGHTLY, MONTHLY)
"""Days between two visits that a weekly timetable can have."""

_ZONES = 5  # as many as a crew has working days
_DAYS_OF_THRICE = {5: (0, 2, 4), 6: (0, 2, 4), 7: (0, 2, 4, 6)}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FixedPlan:
    """Visit every slot at its interval, zone by zone.

    Parameters
    ----------
    interval_days
        (n,) of `INTERVALS_DAYS`.
    mean_per_day
        (n,) fill that the operator knows to come on a usual day.
    zone
        (n,) 0..1: where the slot lies around the depot.
    """

    interval_days: FloatArray
    mean_per_day: FloatArray
    zone: FloatArray

    def __call__(self, morning: Morning) -> Choice:
        """Choose what the timetable says; nobody looks at a sensor."""
        fill = self.mean_per_day * morning.since_emptied_days()
        return only(self._is_due(morning), fill)

    def _is_due(self, morning: Morning) -> BoolArray:
        world, day = morning.world, morning.day
        weekday = world.weekday(day)
        week = int((world.start_h // 24 + 3) // 7) + day // 7
        thrice = _DAYS_OF_THRICE.get(len(morning.fleet.service_weekdays), (0, 2, 4))
        is_early = self.zone < 0.5  # noqa: PLR2004 - half of the zones
        is_second_day = np.where(is_early, weekday in (0, 3), weekday in (1, 4))
        is_due = self.interval_days == DAILY
        is_due |= (self.interval_days == THRICE) & (weekday in thrice)
        is_due |= (self.interval_days == TWICE) & is_second_day
        for weeks in (1, 2, 4):
            turn = (self.zone * _ZONES * weeks).astype(np.int64)
            is_turn = turn == (week % weeks) * _ZONES + weekday
            is_due |= (self.interval_days == 7.0 * weeks) & is_turn & (weekday < _ZONES)
        return np.asarray(is_due)


def uniform_plan(world: World, interval_days: float) -> FixedPlan:
    """Visit all slots equally often."""
    return FixedPlan(
        interval_days=np.full(len(world), interval_days),
        mean_per_day=world.mean_per_day,
        zone=_around_depot(world),
    )


def tailored_plan(world: World, target_fill: float) -> FixedPlan:
    """Visit each slot as often as its mean asks for, so that it is so full then.

    The operator knows the true mean of the very year to come: kinder to fixed plans
    than any real one could be.
    """
    days = target_fill / np.maximum(world.mean_per_day, 1e-9)
    known = np.array(INTERVALS_DAYS)
    # As the research had it: a visit's rhythm counts in whole days, and never below
    # the shortest.
    whole = np.clip(np.floor(days), DAILY, MONTHLY)
    index = np.searchsorted(known, whole, side="right") - 1
    return FixedPlan(
        interval_days=known[index],
        mean_per_day=world.mean_per_day,
        zone=_around_depot(world),
    )


def _around_depot(world: World) -> FloatArray:
    """(n,): rank of the direction in which a slot lies, in 0..1.

    From distances alone: places are laid on a plane (classical scaling), so that it
    holds for street matrices too.
    """
    squared = ((world.distance_m + world.distance_m.T) / 2.0) ** 2
    n = len(squared)
    centred = np.eye(n) - 1.0 / n
    values, vectors = np.linalg.eigh(-0.5 * centred @ squared @ centred)
    plane = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0.0))
    slots = plane[world.first_place :] - plane[0]
    angle = np.arctan2(slots[:, 1], slots[:, 0])
    return _ranks(_unwrapped(angle)) / max(1, len(world))


def _unwrapped(angle: FloatArray) -> FloatArray:
    """Cut the circle where the widest gap is: a zone shall not lie on both ends."""
    order = np.sort(angle)
    gaps = np.diff(np.append(order, order[0] + 2 * np.pi))
    start = order[(int(gaps.argmax()) + 1) % len(order)]
    return np.asarray((angle - start) % (2 * np.pi))


def _ranks(values: FloatArray) -> IntArray:
    return np.asarray(np.argsort(np.argsort(values, kind="stable"), kind="stable"))
