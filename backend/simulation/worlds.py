"""Draw what may come to the bins, from the rates that are known of them."""

import numpy as np

from backend.simulation.bins import STEP_H, STEPS_A_DAY, STEPS_A_WEEK, KnownBins
from backend.simulation.foresight import READING_DEVIATION
from backend.simulation.groups import Group
from routing.arrays import FloatArray
from routing.simulation import Sensors, World

HEARD_SHARE = 0.97
"""Of the readings: the others get lost."""


def draw_world(
    group: Group, *, days: int, warm_up_days: int, start_h: float, seed: int
) -> World:
    """Draw the days of a group; the same seed draws the same for the same bins.

    Parameters
    ----------
    start_h
        Hours since 1970-01-01 UTC of the local midnight from which the bins' week
        counts.
    """
    bins, whole = group.bins, warm_up_days + days
    return World(
        distance_m=group.distance_m,
        travel_s=group.travel_s,
        volume_l=bins.volume_l,
        kg_per_l=bins.kg_per_l,
        service_s=bins.service_s,
        arrived=np.stack(
            [_arrivals(bins, row, days=whole, seed=seed) for row in range(len(bins))]
        ),
        sensors=_sensors(bins, whole, np.random.default_rng([seed, 1])),
        first_fill=bins.fill,
        overflow_cents=bins.overflow_cents,
        facilities=group.facility_count,
        step_h=float(STEP_H),
        warm_up_days=warm_up_days,
        start_h=start_h,
        slot_ids=bins.slot_id,
    )


def _arrivals(bins: KnownBins, row: int, *, days: int, seed: int) -> FloatArray:
    """(s,): gamma days of a bin whose true rate is not quite the one that is known.

    Drawn from the bin's own name, so that bins that are added or left out change
    nothing for the others: before and after are lived through with the same luck.
    """
    name = [*str(bins.code[row]).encode()]
    random = np.random.default_rng([seed, *name])
    doubt, variance = bins.doubt[row], bins.variation[row] ** 2
    truth = random.lognormal(-(doubt**2) / 2, doubt)
    a_week = bins.week[row]
    a_day = a_week.reshape(7, STEPS_A_DAY).sum(axis=1).repeat(STEPS_A_DAY)
    shape = np.maximum(a_week / a_day, 1e-6) / variance
    weeks = -(-days * STEPS_A_DAY // STEPS_A_WEEK)
    scale = truth * 7 * a_day * bins.per_day[row] * variance
    drawn = random.gamma(np.tile(shape, weeks)) * np.tile(scale, weeks)
    arrived: FloatArray = drawn[: days * STEPS_A_DAY]
    return arrived


def _sensors(bins: KnownBins, days: int, random: np.random.Generator) -> Sensors:
    shape = (len(bins), days * STEPS_A_DAY)
    is_heard = random.random(shape) < HEARD_SHARE
    return Sensors(
        every_h=float(STEP_H),
        noise=random.normal(0.0, READING_DEVIATION, shape),
        echo=np.full(shape, np.nan),
        is_heard=is_heard & bins.has_sensor[:, None],
        is_stuck=np.zeros(shape, np.bool_),
    )
