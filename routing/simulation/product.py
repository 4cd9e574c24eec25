"""The product's own policy: forecasts, a look ahead, prizes for the solver."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from routing.arrays import FloatArray
from routing.demand import SlotHistory, forecast_fill
from routing.selection import (
    CHANCES,
    OVERFLOW_H,
    Ground,
    Outlook,
    UsualVehicle,
    lay_ground,
    look_ahead,
    outlook_of,
    usual_iterations,
)
from routing.simulation.fleet import Fleet
from routing.simulation.policy import Choice, Morning
from routing.simulation.world import World

_STEP_H = 3.0
_MEMORY_H = 56 * 24.0
_DAY_H = 24.0

Foresee = Callable[[Morning, FloatArray], Outlook]
"""What is expected at chances so many hours from now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ours:
    """Choose by the look ahead.

    Parameters
    ----------
    rho
        The service level: 2 makes every overflow count twice.
    foresee
        Left out: the product's forecast.
    """

    rho: float
    foresee: Foresee

    def __call__(self, morning: Morning) -> Choice:
        """Price every bin for today."""
        days = morning.service_days(CHANCES + 1)
        ahead_h = [_DAY_H * (d - morning.day) + morning.work_in_h for d in days]
        outlook = self.foresee(morning, np.array(ahead_h))
        ahead = look_ahead(
            outlook,
            ground_of(morning.world, morning.fleet),
            overflow_cents_per_h=self.rho * morning.world.overflow_cents / OVERFLOW_H,
            iterations=usual_iterations(len(outlook)),
            seed=morning.day,
        )
        return Choice(
            fill=outlook.fill[:, 0],
            prize_cents=ahead.prize_cents,
            is_mandatory=np.zeros(len(outlook), np.bool_),
        )


def ours(rho: float) -> Ours:
    """Return the policy with the product's forecast."""
    return Ours(rho=rho, foresee=foresee_by_readings)


def clairvoyant(rho: float) -> Ours:
    """Return the same policy, told what will come."""
    return Ours(rho=rho, foresee=foresee_truth)


@lru_cache(maxsize=1)
def ground_of(world: World, fleet: Fleet) -> Ground:
    """Say what driving and work cost in a world."""
    vehicle = UsualVehicle(
        cents_per_km=fleet.cents_per_km,
        cents_per_hour=fleet.cents_per_hour,
        tip_s=fleet.tip_s,
        capacity_l=max(fleet.capacity_l),
    )
    return lay_ground(
        world.distance_m,
        world.travel_s,
        vehicle=vehicle,
        service_s=world.service_s,
        volume_l=world.volume_l,
    )


def foresee_by_readings(morning: Morning, chance_h: FloatArray) -> Outlook:
    """Foresee as the product does."""
    horizon_h = np.arange(0.0, chance_h[-1] + _STEP_H, _STEP_H)
    forecasts = forecast_fill(
        histories_of(morning),
        now_h=morning.now_h,
        horizon_h=horizon_h,
        utc_offset_h=morning.world.utc_offset_h,
    )
    return outlook_of(forecasts, chance_h=chance_h)


def histories_of(morning: Morning) -> list[SlotHistory]:
    """Return what the product would know of each slot."""
    world = morning.world
    is_recent = morning.read_h > morning.now_h - _MEMORY_H
    read_h, readings = morning.read_h[is_recent], morning.readings[:, is_recent]
    histories = []
    for slot in range(len(world)):
        is_heard = np.isfinite(readings[slot])
        histories.append(
            SlotHistory(
                slot_id=int(world.slot_ids[slot]),
                volume_l=float(world.volume_l[slot]),
                stream=world.stream,
                measured_h=read_h[is_heard],
                fill_fraction=readings[slot, is_heard],
                emptied_h=np.array(morning.emptied_h[slot]),
                observed_h=np.empty(0),
                observed_fill=np.empty(0),
            )
        )
    return histories


def foresee_truth(morning: Morning, chance_h: FloatArray) -> Outlook:
    """Foresee what will really come: perfect information for the same policy."""
    world, step_h = morning.world, morning.world.step_h
    first = round((morning.day * _DAY_H + morning.fleet.plan_h) / step_h)
    coming = np.cumsum(world.arrived[:, first:], axis=1)
    come = np.concatenate([np.zeros((len(world), 1)), coming], axis=1)
    at = np.minimum(np.rint(chance_h / step_h).astype(np.int64), come.shape[1] - 1)
    fill = morning.fill[:, None] + come
    full_h = step_h * np.cumsum(fill >= 1.0, axis=1)
    days = max(1.0, min(_TRUE_DAYS, coming.shape[1] * step_h / _DAY_H))
    known = min(coming.shape[1], round(_TRUE_DAYS * _DAY_H / step_h))
    return Outlook(
        chance_h=chance_h,
        fill=np.minimum(fill[:, at], 1.0),
        full_h=full_h[:, at],
        fill_now=morning.fill,
        deviation=np.zeros(len(world)),
        rate_per_day=np.maximum(come[:, known] / days, 1e-3),
        dispersion=np.full(len(world), _TRUE_DISPERSION),
    )


_TRUE_DAYS, _TRUE_DISPERSION = 21.0, 0.05
