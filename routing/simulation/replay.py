"""What real bins gained and real sensors said, lived again in a scenario."""

from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import FloatArray
from routing.simulation.scenarios import Scenario, make_world
from routing.simulation.sensors import Sensors
from routing.simulation.world import DAY_H, World

_WEEK_H = 7 * DAY_H


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Series:
    """What was measured somewhere, hour by hour from a Monday's midnight.

    Parameters
    ----------
    gained
        (m, h) fill that came in each hour to each of m bins.
    error
        (k, h) what each of k sensors said, less the truth; NaN: it said nothing.
    every_h
        Hours between two readings.
    """

    gained: FloatArray
    error: FloatArray
    every_h: int = 1


def replay(scenario: Scenario, series: Series, *, seed: int) -> World:
    """Give every bin the series of a real one, and the errors of a real sensor.

    Bins and sensors are drawn, and their year begins in any week of the series, so that
    weekdays stay what they are and two bins with one series are not the same. Places
    and fleet are the scenario's.
    """
    random = np.random.default_rng(seed)
    n, hours = scenario.bins, scenario.days * DAY_H
    error = _draw(series.error, n, hours, random)[:, :: series.every_h]
    is_heard = np.isfinite(error)
    sensors = Sensors(
        every_h=series.every_h,
        noise=np.where(is_heard, error, 0.0),
        echo=np.full_like(error, np.nan),
        is_heard=is_heard,
        is_stuck=np.zeros(error.shape, np.bool_),
    )
    return replace(
        make_world(scenario, seed=seed),
        arrived=_draw(series.gained, n, hours, random),
        sensors=sensors,
    )


def _draw(
    series: FloatArray, n: int, hours: int, random: np.random.Generator
) -> FloatArray:
    """(n, hours): rows of a series, each begun in some week, and begun again."""
    weeks = series.shape[1] // _WEEK_H
    row = random.integers(len(series), size=n)
    start_h = _WEEK_H * random.integers(weeks, size=n)
    hour = (start_h[:, None] + np.arange(hours)) % (weeks * _WEEK_H)
    drawn: FloatArray = series[row[:, None], hour]
    return drawn
