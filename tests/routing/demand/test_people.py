"""What drivers say, beside a sensor and without one."""

import numpy as np
import pytest

from routing.demand import Basis
from tests.routing.demand.bins import NOW_H, history_of
from tests.routing.demand.foreseen import foresee, steady


def test_a_bin_that_a_driver_just_emptied_is_empty_before_the_sensor_says_so():
    history = steady(0.15, emptied_h=np.array([NOW_H - 0.1]))

    [forecast] = foresee(history)

    assert forecast.fill_fraction < 0.05
    assert forecast.emptied_h == NOW_H - 0.1
    assert forecast.basis is Basis.OBSERVATIONS


def test_a_sensor_that_still_says_full_after_a_driver_emptied_is_not_trusted():
    believed, doubted = foresee(
        steady(0.15), steady(0.15, emptied_h=np.array([NOW_H - 6]))
    )

    assert doubted.fill_fraction < 0.1
    assert doubted.trust < 0.6 * believed.trust


def test_what_a_driver_saw_sets_the_level():
    seen = history_of(
        emptied_h=np.array([NOW_H - 240]),
        observed_h=np.array([NOW_H - 2]),
        observed_fill=np.array([0.4]),
    )

    [forecast] = foresee(seen)

    assert forecast.fill_fraction == pytest.approx(0.4, abs=0.03)
    assert forecast.basis is Basis.OBSERVATIONS


def test_an_emptying_after_an_observation_at_the_same_visit_counts_last():
    history = history_of(
        emptied_h=np.array([NOW_H - 1]),
        observed_h=np.array([NOW_H - 1]),
        observed_fill=np.array([0.9]),
    )

    [forecast] = foresee(history)

    assert forecast.fill_fraction < 0.05


def test_a_bin_without_sensor_learns_its_rate_from_what_drivers_see():
    visits_h = NOW_H - np.array([42, 35, 28, 21, 14, 7]) * 24.0
    history = history_of(
        emptied_h=visits_h,
        observed_h=visits_h[1:],
        observed_fill=np.full(5, 0.35),
    )

    [forecast] = foresee(history, horizon_h=np.array([24.0, 240.0]))

    assert forecast.rate_per_day == pytest.approx(0.05, rel=0.1)
    assert forecast.fill_fraction == pytest.approx(0.35, abs=0.05)
    assert forecast.basis is Basis.OBSERVATIONS


def test_a_bin_without_sensor_is_less_sure_the_longer_nobody_came():
    recent, old = (
        history_of(emptied_h=np.array([NOW_H - days * 24.0])) for days in (1, 8)
    )

    forecasts = foresee(recent, old)

    assert forecasts[0].fill_deviation < forecasts[1].fill_deviation
    assert forecasts[0].trust > forecasts[1].trust
