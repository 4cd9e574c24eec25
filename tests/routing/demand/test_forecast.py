"""Forecasts against made-up bins whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from routing.demand import Basis
from tests.routing.demand.bins import NOW_H, history_of, make_bin
from tests.routing.demand.foreseen import foresee, median, steady


def test_the_fill_of_now_is_found_through_noise_and_echoes():
    bins = [make_bin(seed) for seed in range(40)]

    forecasts = foresee(*(each.history for each in bins))

    errors = [
        abs(f.fill_fraction - b.fill_now) for f, b in zip(forecasts, bins, strict=True)
    ]
    assert np.mean(errors) < 0.02
    assert max(errors) < 0.06


@pytest.mark.parametrize("rate_per_day", [0.02, 0.08, 0.3])
def test_the_rate_of_bins_is_found(rate_per_day):
    bins = [make_bin(seed, rate_per_day=rate_per_day) for seed in range(20)]

    forecasts = foresee(*(each.history for each in bins))

    rates = np.array([each.rate_per_day for each in forecasts])
    assert rates.mean() == pytest.approx(rate_per_day, rel=0.15)
    assert np.abs(rates - rate_per_day).max() < 0.4 * rate_per_day


def test_nine_of_ten_truths_lie_in_the_middle_nine_tenths():
    inside = []
    for seed in range(150):
        bin_ = make_bin(seed, days=28)
        at_h, fill = bin_.history.measured_h, bin_.history.fill_fraction
        now_h = NOW_H - 72
        if (bin_.emptied_h > now_h - 12).any():
            continue
        is_past = at_h <= now_h
        past = replace(
            bin_.history, measured_h=at_h[is_past], fill_fraction=fill[is_past]
        )
        [forecast] = foresee(past, now_h=now_h)
        quantiles = forecast.fill_quantiles[:, -1]
        inside.append(quantiles[0] <= bin_.fill_now <= quantiles[-1])

    assert len(inside) > 60
    assert 0.83 <= np.mean(inside) <= 0.99


def test_busy_hours_are_told_from_quiet_ones():
    forecasts = foresee(
        *(make_bin(seed, days=28).history for seed in range(20)),
        horizon_h=np.array([6.0, 12.0, 18.0, 24.0]),
    )

    # Truth peaks at 14 h UTC; now is midnight.
    gains = np.mean([np.diff(median(f), prepend=f.fill_fraction) for f in forecasts], 0)
    assert gains[2] > 3 * gains[0]


def test_a_steady_bin_is_full_when_it_should_be():
    [forecast] = foresee(steady(0.1), horizon_h=np.array([24.0, 480.0]))

    assert forecast.fill_fraction == pytest.approx(0.6, abs=0.01)
    assert forecast.full_h == pytest.approx(NOW_H + 4 * 24, abs=16)
    assert forecast.overflow_probability[0] < 0.01
    assert forecast.overflow_probability[1] > 0.95


def test_a_full_bin_overflows_for_sure():
    [forecast] = foresee(steady(0.19))

    assert forecast.overflow_probability[0] > 0.95
    assert forecast.full_h == NOW_H


def test_probabilities_and_quantiles_never_fall_with_time():
    for forecast in foresee(*(make_bin(seed).history for seed in range(10))):
        assert (np.diff(forecast.fill_quantiles, axis=1) >= 0).all()
        assert (np.diff(forecast.fill_quantiles, axis=0) >= 0).all()
        assert (np.diff(forecast.overflow_probability) >= 0).all()


def test_a_new_bin_fills_like_the_others_of_its_stream():
    newcomer = history_of(slot_id=99, emptied_h=np.array([NOW_H - 24]))
    busy = [make_bin(seed, rate_per_day=0.3).history for seed in range(10)]
    quiet = [make_bin(seed, rate_per_day=0.02).history for seed in range(10)]

    among_busy = foresee(newcomer, *busy)[0]
    among_quiet = foresee(newcomer, *quiet)[0]

    assert among_busy.rate_per_day == pytest.approx(0.3, rel=0.25)
    assert among_quiet.rate_per_day == pytest.approx(0.02, rel=0.4)


def test_streams_do_not_learn_from_each_other():
    newcomer = history_of(slot_id=99)
    others = [
        replace(make_bin(seed, rate_per_day=0.3).history, stream="paper")
        for seed in range(10)
    ]

    alone, among = foresee(newcomer)[0], foresee(newcomer, *others)[0]

    assert among.rate_per_day == pytest.approx(alone.rate_per_day)


def test_a_bin_nobody_knows_anything_of_gets_an_answer_that_says_so():
    [forecast] = foresee(history_of())

    assert forecast.basis is Basis.PRIOR
    assert forecast.trust < 0.3
    assert forecast.fill_quantiles[0, 0] < 0.2
    assert forecast.fill_quantiles[-1, 0] > 0.8


def test_a_new_bin_fills_like_its_neighbours_and_like_its_type():
    def bins(rate_per_day, seeds, **known):
        return [
            replace(make_bin(seed, rate_per_day=rate_per_day).history, **known)
            for seed in seeds
        ]

    here, there = {"lat_deg": 60.1, "lon_deg": 24.9}, {"lat_deg": 60.2, "lon_deg": 25.0}
    others = [
        *bins(0.12, range(3), stream="paper", **here),
        *bins(0.04, range(3, 9), stream="paper", **there),
        *bins(0.12, range(9, 12), container_type="bank", **there),
        *bins(0.04, range(12, 18), container_type="igloo", **there),
    ]

    near, far = (
        foresee(history_of(99, stream="paper", **spot), *others)[0].rate_per_day
        for spot in (here, {})
    )
    bank, igloo = (
        foresee(history_of(99, container_type=kind), *others)[0].rate_per_day
        for kind in ("bank", "igloo")
    )

    assert near > 1.2 * far
    assert bank > 1.4 * igloo
