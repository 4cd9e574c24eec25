"""Forecasts against made-up bins whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.demand import QUANTILES, Basis, SlotForecast, SlotHistory, forecast_fill
from routing.demand.emptyings import all_emptyings, detect_emptyings
from tests.routing.demand.bins import NOW_H, history_of, make_bin

HORIZON_H = np.array([1.0, 12, 24, 48, 72])


def foresee(
    *histories: SlotHistory, now_h: float = NOW_H, horizon_h: np.ndarray = HORIZON_H
) -> list[SlotForecast]:
    return forecast_fill(histories, now_h=now_h, horizon_h=horizon_h, utc_offset_h=2.0)


def median(forecast):
    return forecast.fill_quantiles[QUANTILES.index(0.5)]


def steady(
    rate_per_day: float, *, days: float = 6, every_h: float = 1.0, **known
) -> SlotHistory:
    """Fill from empty at one rate, without noise."""
    at_h = NOW_H - np.arange(days * 24, -1e-9, -every_h)
    fill = (at_h - at_h[0]) / 24 * rate_per_day
    return history_of(measured_h=at_h, fill_fraction=fill, **known)


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


def test_emptyings_are_seen_in_the_readings():
    found = missed = false = 0
    for seed in range(30):
        bin_ = make_bin(seed, rate_per_day=0.15)
        history = bin_.history
        seen_h = detect_emptyings(history.measured_h, history.fill_fraction)
        apart = np.abs(seen_h[:, None] - bin_.emptied_h)
        found += (apart.min(axis=0, initial=99) < 3).sum()
        missed += (apart.min(axis=0, initial=99) >= 3).sum()
        false += (apart.min(axis=1, initial=99) >= 3).sum()

    assert found > 50
    assert missed <= 0.05 * found
    assert false <= 0.05 * found


def test_one_echo_is_no_emptying():
    history = steady(0.1)
    fill = history.fill_fraction.copy()
    fill[100:102] = 0.0

    assert not len(detect_emptyings(history.measured_h, fill))


def test_a_reported_emptying_is_the_one_that_counts():
    at_h = np.arange(0.0, 72)
    fill = np.where(at_h < 36, 0.8, 0.05)

    assert all_emptyings(np.empty(0), at_h, fill) == pytest.approx([35.5])
    assert all_emptyings(np.array([30.0]), at_h, fill) == pytest.approx([30.0])
    assert all_emptyings(np.array([5.0]), at_h, fill) == pytest.approx([5.0, 35.5])


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


def test_garbage_readings_are_no_reason_to_fail_and_none_to_trust():
    rng = np.random.default_rng(1)
    at_h = rng.permutation(NOW_H - np.arange(500.0))
    fill = rng.choice([np.nan, np.inf, -5.0, 0.0, 0.5, 1.0, 250.0], len(at_h))

    [forecast] = foresee(history_of(measured_h=at_h, fill_fraction=fill))

    assert np.isfinite(forecast.fill_quantiles).all()
    assert forecast.trust < 0.1


def test_missing_days_widen_the_forecast_and_lower_the_trust():
    whole = make_bin(3).history
    is_old = whole.measured_h < NOW_H - 96
    silent = replace(
        whole,
        measured_h=whole.measured_h[is_old],
        fill_fraction=whole.fill_fraction[is_old],
    )

    now, stale = foresee(whole)[0], foresee(silent)[0]

    assert stale.fill_deviation > 2 * now.fill_deviation
    assert stale.trust < now.trust


def test_nothing_that_comes_later_changes_a_forecast():
    past = make_bin(5).history
    future = replace(
        past,
        measured_h=np.append(past.measured_h, NOW_H + np.arange(1.0, 50)),
        fill_fraction=np.append(past.fill_fraction, np.ones(49)),
        emptied_h=np.array([NOW_H + 3]),
        observed_h=np.array([NOW_H + 4]),
        observed_fill=np.array([1.0]),
    )

    before, after = foresee(past)[0], foresee(future)[0]

    assert before.fill_quantiles == pytest.approx(after.fill_quantiles)
    assert before.trust == after.trust


def test_a_sensor_that_reports_every_few_hours_is_enough():
    bins = [make_bin(seed, every_h=6.0) for seed in range(20)]

    forecasts = foresee(*(each.history for each in bins))

    errors = [
        abs(f.fill_fraction - b.fill_now) for f, b in zip(forecasts, bins, strict=True)
    ]
    assert np.mean(errors) < 0.06


def test_no_slots_make_no_forecasts():
    assert foresee() == []


def test_a_horizon_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="horizon_h"):
        foresee(history_of(), horizon_h=np.array([24.0, 12.0]))


def test_readings_of_another_length_than_their_times_are_refused():
    with pytest.raises(ValueError, match="measured_h and fill_fraction of slot 7"):
        history_of(7, measured_h=np.arange(3.0), fill_fraction=np.arange(2.0))


def test_a_container_without_volume_is_refused():
    with pytest.raises(ValueError, match="volume_l = 0 of slot 1"):
        history_of(volume_l=0)


numbers = st.floats(-2, 3) | st.sampled_from([np.nan, np.inf, -np.inf])
past_h = st.floats(-2000, 48).map(lambda ahead_h: NOW_H + ahead_h)


@settings(max_examples=60, deadline=None)
@given(
    readings=st.lists(st.tuples(past_h, numbers), max_size=60),
    seen=st.lists(st.tuples(past_h, numbers), max_size=5),
    emptied=st.lists(past_h, max_size=5),
)
def test_every_history_gets_a_sane_answer(readings, seen, emptied):
    readings_, seen_ = np.array([(0, 0), *readings]).T, np.array([(0, 0), *seen]).T
    history = history_of(
        measured_h=readings_[0, 1:],
        fill_fraction=readings_[1, 1:],
        emptied_h=np.array(emptied),
        observed_h=seen_[0, 1:],
        observed_fill=seen_[1, 1:],
    )

    [forecast] = foresee(history)

    assert np.isfinite(forecast.fill_quantiles).all()
    assert (forecast.fill_quantiles >= 0).all()
    assert (np.diff(forecast.fill_quantiles, axis=0) >= 0).all()
    assert (forecast.overflow_probability >= 0).all()
    assert (forecast.overflow_probability <= 1).all()
    assert 0 <= forecast.trust <= 1
