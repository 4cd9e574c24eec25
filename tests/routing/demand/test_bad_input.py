"""Garbage, gaps, and things that cannot be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routing.demand.bins import NOW_H, history_of, make_bin
from tests.routing.demand.foreseen import foresee


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
        emptied_h=np.append(past.emptied_h, NOW_H + 3),
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
