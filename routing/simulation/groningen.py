"""A made-up city in the shape of Groningen: clusters that count what is put in.

After Wouda, Aerts-Veenstra and van Foreest (2024), arXiv 2409.13386, and the code that
goes with it: 850 clusters of 1,120 underground containers, deposits of 10 to 60 l, four
vehicles on a shift of six hours. Their data is not public, so that places and rates are
drawn: a town and villages, in which the rule of the paper, 250 clusters a day, drives
about the 251 km a day that it drove there. As there, nobody has to tip within the day.
"""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.simulation.fleet import Fleet
from routing.simulation.sensors import Sensors
from routing.simulation.world import DAY_H, World

Random = np.random.Generator

CLUSTERS, CONTAINERS = 850, 1120
DAYS, WARM_UP_DAYS = 28 + 56, 28
GRONINGEN_FLEET = Fleet(
    capacity_l=(1e9,) * 4,
    shift_start_h=7.0,
    shift_end_h=13.0,
    plan_h=6.0,
    work_h=6.0,
    cents_per_km=150.0,
    cents_per_hour=5000.0,
    co2_kg_per_km=1.1,
)

_CONTAINER_L, _KG_PER_L = 5000.0, 0.12
_SPREAD = 0.4  # of clusters around it, as deviation of the logarithm
_LITRES_A_DAY = 806_000.0  # 153 clusters, four fifths full, as the paper's policy found
_SERVICE_S, _SERVICE_CONTAINER_S = 120, 60
_OVERFLOW_CENTS = 6000.0
_DEPOSIT_L = (10.0, 30.0, 60.0)  # least, most often, most
_TOWN_SHARE, _TOWN_KM, _VILLAGES, _VILLAGES_KM, _VILLAGE_KM = 0.78, 2.2, 12, 8.0, 0.5
_DEPOT_KM = (3.0, -2.3)
_DETOUR, _KM_PER_H = 1.3, 26.0
_COUNTED_DEVIATION = 0.025  # of 150 deposits together, as a share of a container
_COUNTED_EVERY_H, _COUNTED_DAYS = (
    6,
    5.0,
)  # a cluster's count is as wrong tomorrow as today
_HOURS = np.array(
    [1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 13, 12, 12, 12, 12, 12, 11, 9, 7, 5, 3, 2]
)


def make_groningen(*, seed: int, days: int = DAYS) -> World:
    """Draw such a city; what is put in is Poisson by the hour."""
    random = np.random.default_rng(seed)
    containers = _containers(random)
    volume_l = _CONTAINER_L * containers.astype(np.float64)
    km = np.vstack([_DEPOT_KM, _places(random)])
    distance_km = _DETOUR * np.hypot(*(km[:, None] - km[None, :]).transpose(2, 0, 1))
    return World(
        distance_m=np.rint(1000 * distance_km).astype(np.int64),
        travel_s=np.rint(3600 * distance_km / _KM_PER_H).astype(np.int64),
        volume_l=volume_l,
        kg_per_l=np.full(CLUSTERS, _KG_PER_L),
        service_s=_SERVICE_S + _SERVICE_CONTAINER_S * containers,
        arrived=_arrivals(volume_l, days, random),
        sensors=_counters(days, random),
        first_fill=random.uniform(0.0, 0.7, CLUSTERS),
        overflow_cents=np.full(CLUSTERS, _OVERFLOW_CENTS),
        warm_up_days=min(WARM_UP_DAYS, days - 1),
        stream="residual",
    )


def _containers(random: Random) -> IntArray:
    """(n,): how many each cluster has; one at least."""
    more = random.choice(CLUSTERS, CONTAINERS - CLUSTERS)
    return 1 + np.bincount(more, minlength=CLUSTERS)


def _places(random: Random) -> FloatArray:
    """(n, 2): kilometres from the middle of the town."""
    villages = random.normal(0.0, _VILLAGES_KM, (_VILLAGES, 2))
    village = villages[random.integers(_VILLAGES, size=CLUSTERS)]
    outside = village + random.normal(0.0, _VILLAGE_KM, (CLUSTERS, 2))
    inside = random.normal(0.0, _TOWN_KM, (CLUSTERS, 2))
    is_inside = random.random(CLUSTERS) < _TOWN_SHARE
    return np.where(is_inside[:, None], inside, outside)


def _arrivals(volume_l: FloatArray, days: int, random: Random) -> FloatArray:
    """(n, h): fill that comes hour by hour."""
    use = random.lognormal(0.0, _SPREAD, CLUSTERS) * volume_l
    litres_a_day = _LITRES_A_DAY * use / use.sum()
    mean_l, deviation_l = _deposit()
    rate = (litres_a_day / mean_l)[:, None] * (_HOURS / _HOURS.sum())
    count = random.poisson(np.tile(rate, days))
    spread_l = random.normal(0.0, deviation_l, count.shape) * np.sqrt(count)
    arrived: FloatArray = np.maximum(count * mean_l + spread_l, 0.0)
    return arrived / volume_l[:, None]


def _deposit() -> tuple[float, float]:
    """Return mean and deviation of a triangular distribution, in litres."""
    low, mode, high = _DEPOSIT_L
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    return sum(_DEPOSIT_L) / 3, float(np.sqrt(variance))


def _counters(days: int, random: Random) -> Sensors:
    """Count deposits instead of measuring: off by little, but off for days."""
    kept = np.exp(-_COUNTED_EVERY_H / (_COUNTED_DAYS * DAY_H))
    shape = CLUSTERS, days * DAY_H // _COUNTED_EVERY_H
    noise = random.normal(0.0, _COUNTED_DEVIATION, shape)
    noise[:, 1:] *= np.sqrt(1 - kept**2)
    for time in range(1, noise.shape[1]):
        noise[:, time] += kept * noise[:, time - 1]
    return Sensors(
        every_h=_COUNTED_EVERY_H,
        noise=noise,
        echo=np.full_like(noise, np.nan),
        is_heard=np.ones(noise.shape, np.bool_),
        is_stuck=np.zeros(noise.shape, np.bool_),
    )
