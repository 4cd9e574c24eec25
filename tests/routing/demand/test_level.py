"""How full a bin is now: bursts, echoes, full bins, and sensors that come back."""

import numpy as np
import pytest

from routing.demand import forecast_fill
from tests.routing.demand.bins import NOW_H, history_of
from tests.routing.demand.foreseen import foresee

EVERY_H = 3.0


def read(*last: float, rate_per_day: float = 0.05, days: float = 14.0):
    """A slow bin emptied ten days ago, whose last readings are given."""
    at_h = NOW_H - np.arange(days * 24 - 1, 0, -EVERY_H)
    emptied_h = NOW_H - 240.0
    fill = rate_per_day * ((at_h - emptied_h) % 240) / 24
    fill += 0.01 * np.sin(7 * np.arange(len(at_h)))
    if last:
        fill[-len(last) :] = last
    return history_of(
        measured_h=at_h, fill_fraction=fill, emptied_h=np.array([emptied_h])
    )


def test_a_burst_is_believed_as_soon_as_two_readings_agree():
    [forecast] = foresee(read(0.85, 0.86))

    assert forecast.fill_fraction == pytest.approx(0.86, abs=0.03)


def test_a_single_reading_far_away_only_makes_less_sure():
    calm, echo = foresee(read())[0], foresee(read(0.95))[0]

    assert echo.fill_fraction < 0.75
    assert echo.fill_deviation > calm.fill_deviation


def test_a_low_echo_of_a_full_bin_is_not_believed():
    [forecast] = foresee(read(0.9, 0.91, 0.9, 0.92, 0.9, 0.2))

    assert forecast.fill_fraction > 0.85


def test_a_bin_that_was_full_for_a_day_is_known_to_be_full():
    [forecast] = foresee(read(*[0.97, 1.0, 0.98, 1.0, 1.0, 0.99, 0.98, 1.0]))

    assert forecast.overflow_probability[0] > 0.85


def test_a_sensor_that_contradicted_the_driver_is_believed_when_it_has_moved():
    at_h = NOW_H - np.arange(239.0, 0, -EVERY_H)
    emptied_h = np.array([NOW_H - 120.0])
    stuck = np.where(at_h > NOW_H - 180, 0.7, 0.3) + 0.01 * np.cos(5 * at_h)
    back = np.where(at_h > NOW_H - 24, 0.25 + 0.01 * np.cos(5 * at_h), stuck)

    doubted, believed = (
        foresee(history_of(measured_h=at_h, fill_fraction=fill, emptied_h=emptied_h))[0]
        for fill in (stuck, back)
    )

    assert doubted.fill_fraction < 0.6  # what usually comes in five days
    assert believed.fill_fraction == pytest.approx(0.27, abs=0.04)
    assert believed.fill_deviation < doubted.fill_deviation


def test_what_was_seen_last_before_an_emptying_counts_for_the_rate():
    # Emptied every four days; the last 16 hours before it bring half of all.
    at_h = NOW_H - np.arange(28 * 24.0 - 1, 0, -EVERY_H)
    in_cycle_h = (at_h - NOW_H) % 96
    fill = np.where(in_cycle_h < 80, in_cycle_h / 200, 0.4 + (in_cycle_h - 80) / 40)
    emptied_h = NOW_H - np.arange(96.0, 28 * 24, 96)

    [forecast] = foresee(
        history_of(measured_h=at_h, fill_fraction=fill, emptied_h=emptied_h)
    )

    assert forecast.rate_per_day == pytest.approx(0.2, rel=0.1)


def test_hours_in_which_a_bin_is_full_do_not_make_it_slow():
    # Full after ten days, emptied after fifteen.
    at_h = NOW_H - np.arange(45 * 24.0 - 1, 0, -EVERY_H)
    fill = np.minimum((at_h - NOW_H) % 360 / 240, 1.0) + 0.005 * np.sin(3 * at_h)
    emptied_h = NOW_H - np.array([0.0, 360, 720])

    [forecast] = foresee(
        history_of(measured_h=at_h, fill_fraction=fill, emptied_h=emptied_h)
    )

    assert forecast.rate_per_day == pytest.approx(0.1, rel=0.1)


def test_a_season_that_begins_is_seen_in_the_whole_stream():
    def rates(factor: float) -> float:
        bins = [_quickened(seed, factor) for seed in range(6)]
        forecasts = forecast_fill(
            bins, now_h=NOW_H, horizon_h=np.array([24.0]), utc_offset_h=0.0
        )
        return float(np.mean([each.rate_per_day for each in forecasts]))

    assert rates(2.0) > 1.4 * rates(1.0)


def _quickened(seed: int, factor: float):
    """A bin that is never emptied, whose last ten days bring so many times as much."""
    rng = np.random.default_rng(seed)
    at_h = NOW_H - np.arange(40 * 24.0 - 1, 0, -EVERY_H)
    rate = np.where(at_h > NOW_H - 240, factor, 1.0) * 0.01 / 24 * EVERY_H
    fill = np.cumsum(rng.gamma(rate / 0.005, 0.005)) + rng.normal(0, 0.005, len(at_h))
    return history_of(seed, measured_h=at_h, fill_fraction=fill)
