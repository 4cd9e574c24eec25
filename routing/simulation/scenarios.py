"""Two made-up operators: textile banks over a region, street bins in a town.

Everything is drawn from one seed. Daily arrivals are gamma with a deviation of
three quarters of their mean; the mean has a week, a season, holidays, a drift, local
events and level shifts. The parameters are those of the research on forecasts.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.simulation.fleet import Fleet
from routing.simulation.sensors import Sensors
from routing.simulation.world import DAY_H, World

Random = np.random.Generator

_DETOUR = 1.3
_WEEK = np.array([0.95, 0.85, 0.85, 0.9, 1.05, 1.3, 1.1])
_MORNING_SHARE, _MORNING_H = 0.35, 10  # of a day's arrivals, before the crew comes
_VARIATION = 0.75
_READ_EVERY_H = 3
_NOISE, _ECHO_SHARE, _ECHOES = 0.03, 0.03, (0.15, 0.95)
_SILENT_EVERY_DAYS, _SILENT_DAYS = 80.0, 3.0
_STUCK_SHARE, _STUCK_DAYS = 0.25, 14
_FIRST_FILL = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A made-up operator.

    Parameters
    ----------
    side_km
        Of the square; `depot_km` lies in it.
    percent_per_day
        Fill that comes on a usual day to a usual bin.
    """

    name: str
    bins: int = 150
    days: int = 393
    side_km: float
    depot_km: tuple[float, float]
    clusters: int
    percent_per_day: float
    volume_l: float
    full_kg: float
    service_s: int
    km_per_h: float
    overflow_cents: float
    fleet: Fleet


REGION = Scenario(
    name="A",
    side_km=32.0,
    depot_km=(2.0, 2.0),
    clusters=9,
    percent_per_day=6.5,
    volume_l=1000.0,
    full_kg=110.0,
    service_s=7 * 60,
    km_per_h=38.0,
    overflow_cents=4000,
    fleet=Fleet(
        capacity_l=(16_000.0,) * 4,
        shift_end_h=15.5,
        tip_s=18 * 60,
        service_weekdays=frozenset(range(5)),
        cents_per_km=60.0,
        cents_per_hour=3500.0,
        co2_kg_per_km=0.27,
    ),
)
"""Textile or glass banks: a van holds 16 full ones, and stands in the corner."""

TOWN = Scenario(
    name="B",
    side_km=9.0,
    depot_km=(0.0, 4.5),
    clusters=12,
    percent_per_day=14.0,
    volume_l=120.0,
    full_kg=18.0,
    service_s=150,
    km_per_h=18.0,
    overflow_cents=2500,
    fleet=Fleet(
        capacity_l=(14_400.0,) * 2,
        shift_end_h=15.5,
        tip_s=18 * 60,
        cents_per_km=150.0,
        cents_per_hour=5000.0,
        co2_kg_per_km=1.1,
    ),
)
"""Street and park bins: a truck holds 120 full ones, every day is a service day."""

SCENARIOS = {each.name: each for each in (REGION, TOWN)}


def make_world(scenario: Scenario, *, seed: int) -> World:
    """Draw a world."""
    random = np.random.default_rng(seed)
    n, days = scenario.bins, scenario.days
    km = _place(scenario, random)
    distance_km = _DETOUR * np.hypot(
        *(km[:, None, :] - km[None, :, :]).transpose(2, 0, 1)
    )
    mean = _daily_mean(scenario, distance_km[1:, 1:], random)
    return World(
        distance_m=np.rint(1000 * distance_km).astype(np.int64),
        travel_s=np.rint(3600 * distance_km / scenario.km_per_h).astype(np.int64),
        volume_l=np.full(n, scenario.volume_l),
        kg_per_l=np.full(n, scenario.full_kg / scenario.volume_l),
        service_s=np.full(n, scenario.service_s),
        arrived=_arrivals(mean, random),
        sensors=_sensors(n, days, random),
        first_fill=np.full(n, _FIRST_FILL),
        overflow_cents=np.full(n, scenario.overflow_cents),
        stream=scenario.name,
    )


def _place(scenario: Scenario, random: Random) -> FloatArray:
    """(1 + n, 2): kilometres, the depot first; bins stand in clusters."""
    side, n = scenario.side_km, scenario.bins
    centres = random.uniform(0.1, 0.95, (scenario.clusters, 2)) * side
    weights = random.dirichlet(np.full(scenario.clusters, 2.0))
    cluster = random.choice(scenario.clusters, n, p=weights)
    bins = centres[cluster] + random.normal(0.0, 0.07 * side, (n, 2))
    return np.vstack([scenario.depot_km, np.clip(bins, 0.0, side)])


def _daily_mean(
    scenario: Scenario, distance_km: FloatArray, random: Random
) -> FloatArray:
    """(n, d): fill that is to be expected on each day."""
    n, days = scenario.bins, scenario.days
    day = np.arange(days)
    usual = scenario.percent_per_day / 100 * random.lognormal(-0.245, 0.7, (n, 1))
    own_week = 7 * random.dirichlet(np.full(7, 25.0), n)
    peak = random.normal(110.0, 15.0, (n, 1))
    season = 1 + 0.22 * np.sin(2 * np.pi * (day - peak) / 365)
    holidays = np.ones(days)
    holidays[random.choice(days, min(11, days), replace=False)] = 1.7
    drift = np.exp(np.cumsum(random.normal(0.0, 0.012, (n, days)), axis=1))
    week = (_WEEK * own_week)[:, day % 7]
    mean: FloatArray = usual * week * season * holidays * drift
    return mean * _events(distance_km, days, random) * _shifts(n, days, random)


def _events(distance_km: FloatArray, days: int, random: Random) -> FloatArray:
    """(n, d): factors of local events, 1.2 for each bin, that neighbours feel too."""
    n = len(distance_km)
    factor = np.ones((n, days))
    for _ in range(int(1.2 * n)):
        bin_, day = random.integers(n), random.integers(max(1, days - 3))
        near = np.argsort(distance_km[bin_])[: random.integers(1, 6)]
        factor[near, day : day + random.integers(1, 4)] *= random.uniform(1.8, 4.0)
    return factor


def _shifts(n: int, days: int, random: Random) -> FloatArray:
    """(n, d): a bin in twelve changes for good: a shop opens, or shuts."""
    factor = np.ones((n, days))
    for bin_ in random.choice(n, n // 12, replace=False):
        day = random.integers(min(60, days - 1), max(61, days - 30))
        factor[bin_, day:] *= random.choice([0.4, 2.2])
    return factor


def _arrivals(mean: FloatArray, random: Random) -> FloatArray:
    """(n, h): hour by hour; a day's hours sum to a gamma with the day's mean."""
    hours = np.full(DAY_H, (1 - _MORNING_SHARE) / (DAY_H - _MORNING_H))
    hours[:_MORNING_H] = _MORNING_SHARE / _MORNING_H
    shape = hours / _VARIATION**2
    drawn = random.gamma(shape, size=(*mean.shape, DAY_H))
    arrived: FloatArray = drawn * (mean * _VARIATION**2)[:, :, None]
    return arrived.reshape(len(mean), -1)


def _sensors(n: int, days: int, random: Random) -> Sensors:
    a_day = DAY_H // _READ_EVERY_H
    shape = n, days * a_day
    is_echo = random.random(shape) < _ECHO_SHARE
    is_heard = np.ones(shape, np.bool_)
    is_stuck = np.zeros(shape, np.bool_)
    for bin_ in range(n):
        day = random.exponential(_SILENT_EVERY_DAYS)
        while day < days:
            silent = 1 + int(random.exponential(_SILENT_DAYS))
            is_heard[bin_, int(day) * a_day : (int(day) + silent) * a_day] = False
            day += silent + random.exponential(_SILENT_EVERY_DAYS)
        if random.random() < _STUCK_SHARE:
            first = int(random.integers(days)) * a_day
            is_stuck[bin_, first : first + _STUCK_DAYS * a_day] = True
    return Sensors(
        every_h=_READ_EVERY_H,
        noise=random.normal(0.0, _NOISE, shape),
        echo=np.where(is_echo, random.uniform(*_ECHOES, shape), np.nan),
        is_heard=is_heard,
        is_stuck=is_stuck,
    )
