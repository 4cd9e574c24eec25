"""How long a battery lasts, by voltages that swing with the cold."""

import random

import pytest

from backend.alarms.battery import days_left

EMPTY_MV = 3000


def falling(days, *, from_mv=3600, mv_per_day=5.0, noise_mv=0, seed=1):
    rng = random.Random(seed)
    return [
        (float(day), from_mv - mv_per_day * day + rng.uniform(-noise_mv, noise_mv))
        for day in range(days)
    ]


def test_a_straight_fall_is_followed_to_the_empty_voltage():
    samples = falling(30)  # 3455 mV on the last day

    assert days_left(samples, empty_mv=EMPTY_MV) == pytest.approx(455 / 5)


@pytest.mark.parametrize("seed", range(5))
def test_cold_nights_and_noise_bend_it_little(seed):
    samples = falling(60, noise_mv=40, seed=seed)

    assert days_left(samples, empty_mv=EMPTY_MV) == pytest.approx(61, abs=12)


def test_single_odd_values_do_not_count():
    samples = falling(30)
    samples[10] = (10.0, 2100.0)
    samples[29] = (29.0, 2500.0)

    assert days_left(samples, empty_mv=EMPTY_MV) == pytest.approx(91, abs=3)


def test_a_new_battery_begins_anew():
    old = falling(40, from_mv=3200)
    new = [(day + 40, mv) for day, mv in falling(20, mv_per_day=2.0)]

    assert days_left(old + new, empty_mv=EMPTY_MV) == pytest.approx(281, rel=0.01)


@pytest.mark.parametrize(
    "samples",
    [
        [],
        falling(10),  # ten days only
        falling(40)[::10],  # four samples only
        falling(60, mv_per_day=0.0),
        falling(60, mv_per_day=-1.0),  # sun on a solar cell
    ],
)
def test_unknown_is_an_answer(samples):
    assert days_left(samples, empty_mv=EMPTY_MV) is None


def test_below_the_empty_voltage_nothing_is_left_however_short_the_history():
    assert days_left(falling(3, from_mv=2990), empty_mv=EMPTY_MV) == 0.0
