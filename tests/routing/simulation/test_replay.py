"""Real series, lived again by the bins of a scenario."""

from dataclasses import replace

import numpy as np

from routing.simulation import TOWN
from routing.simulation.replay import Series, replay

WEEKS, WEEK_H = 3, 168
FEW = replace(TOWN, bins=40, days=35)


def test_every_hour_of_a_bin_comes_from_the_same_hour_of_the_week():
    hour_of_week = np.tile(np.arange(float(WEEK_H)), WEEKS)
    world = replay(FEW, _series(gained=hour_of_week[None, :]), seed=1)
    hour = np.arange(world.arrived.shape[1]) % WEEK_H
    assert np.array_equal(world.arrived, np.tile(hour, (FEW.bins, 1)))


def test_bins_with_one_series_begin_in_different_weeks():
    week = np.repeat(np.arange(float(WEEKS)), WEEK_H)
    world = replay(FEW, _series(gained=week[None, :]), seed=1)
    assert set(world.arrived[:, 0]) == {0.0, 1.0, 2.0}


def test_a_sensor_says_nothing_where_the_real_one_said_nothing():
    error = np.full(WEEKS * WEEK_H, 0.02)
    error[::2] = np.nan
    world = replay(FEW, _series(error=error[None, :]), seed=1)
    assert world.sensors.is_heard.mean() == 0.5
    assert set(world.sensors.noise[world.sensors.is_heard]) == {0.02}


def test_places_are_the_scenarios_and_the_seed_decides():
    first, again = (replay(FEW, _series(), seed=5) for _ in range(2))
    other = replay(FEW, _series(), seed=6)
    assert np.array_equal(first.distance_m, again.distance_m)
    assert not np.array_equal(first.distance_m, other.distance_m)


def _series(gained=None, error=None):
    nothing = np.zeros((1, WEEKS * WEEK_H))
    return Series(
        gained=nothing if gained is None else gained,
        error=nothing if error is None else error,
    )
