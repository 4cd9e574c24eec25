"""Where in a world the next sensor pays most."""

import numpy as np

from routing.arrays import FloatArray
from routing.selection import OVERFLOW_H, usual_detours, value_of_sensors
from routing.simulation.fleet import Fleet
from routing.simulation.product import ground_of
from routing.simulation.world import World

_DOUBT = 0.4  # how far the rate of a bin that nobody measures is from what is taken
_LEAST_PER_DAY, _LEAST_DISPERSION = 1e-3, 0.005


def next_sensors(world: World, fleet: Fleet, *, rho: float) -> FloatArray:
    """(n,): cents that a sensor would save in a year; 0 where there is one already.

    Parameters
    ----------
    rho
        The service level: seeing a bin is worth more where overflow counts more.
    """
    ground = ground_of(world, fleet)
    by_day = world.arrived.reshape(len(world), world.days, -1).sum(axis=2)
    rate = np.maximum(by_day.mean(axis=1), _LEAST_PER_DAY)
    worth = value_of_sensors(
        rate,
        np.maximum(by_day.var(axis=1) / rate, _LEAST_DISPERSION),
        rate_doubt=np.full(len(world), _DOUBT),
        visit_cents=ground.visit_cents + usual_detours(ground),
        overflow_cents_per_h=rho * world.overflow_cents / OVERFLOW_H,
    )
    return np.where(world.has_sensor, 0.0, worth)
