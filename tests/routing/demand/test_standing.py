"""Sensors that stand still."""

import numpy as np

from routing.demand.standing import is_standing
from tests.routing.demand.bins import NOW_H, history_of
from tests.routing.demand.foreseen import foresee


def test_a_reading_repeated_for_a_day_says_nothing():
    measured_h = np.arange(0.0, 36.0, 3.0)
    still = is_standing(measured_h, np.full(12, 0.4))
    moving = is_standing(measured_h, np.linspace(0.4, 0.5, 12))

    assert np.flatnonzero(still).tolist() == [8, 9, 10, 11]
    assert not moving.any()
    assert not len(is_standing(np.empty(0), np.empty(0)))


def test_a_sensor_that_repeats_itself_by_nature_is_believed():
    # Ten days at each of three levels, read every three hours.
    fill = np.repeat([0.2, 0.4, 0.6], 80)

    assert not is_standing(3.0 * np.arange(240.0), fill).any()


def test_a_bin_whose_sensor_got_stuck_goes_on_filling():
    at_h = NOW_H - np.arange(20 * 24.0, 0, -1)
    fill = np.linspace(0.0, 0.8, len(at_h)) + 0.01 * np.sin(np.arange(len(at_h)))
    stuck = np.where(at_h > NOW_H - 120, fill[-120], fill)

    [alive] = foresee(history_of(measured_h=at_h, fill_fraction=fill))
    [still] = foresee(history_of(measured_h=at_h, fill_fraction=stuck))

    assert alive.fill_fraction < still.fill_fraction + 0.1
    assert still.fill_fraction > stuck[-1] + 0.08
    assert still.fill_deviation > alive.fill_deviation
