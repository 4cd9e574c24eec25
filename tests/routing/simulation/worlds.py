"""Worlds so small that every number can be found by hand or by plain loops."""

from dataclasses import replace

import numpy as np

from routing.simulation import (
    REGION,
    Choice,
    Fleet,
    Morning,
    World,
    make_world,
    without_sensors,
)

FLEET = Fleet(
    capacity_l=(2500.0,),
    shift_start_h=6.0,
    shift_end_h=14.0,
    tip_s=600,
    cents_per_km=100.0,
    cents_per_hour=3000.0,
    co2_kg_per_km=0.5,
)


def line_world(
    daily: list[float],
    *,
    days: int = 6,
    first_fill: float = 0.5,
    warm_up_days: int = 0,
    gap_m: int = 5000,
) -> World:
    """Bins on a line, one gap apart, the depot at its end; evenly filled."""
    place = gap_m * np.arange(1 + len(daily))
    distance_m = np.abs(place[:, None] - place[None, :])
    n = len(daily)
    return World(
        distance_m=distance_m,
        travel_s=distance_m // 10,
        volume_l=np.full(n, 1000.0),
        kg_per_l=np.full(n, 0.1),
        service_s=np.full(n, 300),
        arrived=np.repeat(np.array(daily)[:, None] / 24, 24 * days, axis=1),
        sensors=without_sensors(n, days),
        first_fill=np.full(n, first_fill),
        overflow_cents=np.full(n, 4000.0),
        warm_up_days=warm_up_days,
    )


SMALL = replace(REGION, bins=10, days=35, clusters=3, side_km=12.0)


def small_world(seed: int = 5) -> World:
    """A made-up region, ten bins and five weeks."""
    return make_world(SMALL, seed=seed)


def everything(morning: Morning) -> Choice:
    """Empty all bins, whatever they hold."""
    return Choice(
        fill=np.full(len(morning.world), 0.5),
        prize_cents=np.zeros(len(morning.world)),
        is_mandatory=np.ones(len(morning.world), np.bool_),
    )


def nothing(morning: Morning) -> Choice:
    """Stay at home."""
    return replace(
        everything(morning), is_mandatory=np.zeros(len(morning.world), np.bool_)
    )
