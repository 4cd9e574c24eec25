"""What many bins teach each other."""

from dataclasses import replace

import numpy as np
import pytest

from routing.demand import Basis, Learned, forecast_fill, learn
from tests.routing.demand.bins import NOW_H, make_bin
from tests.routing.demand.foreseen import HORIZON_H, median

PAST_H = NOW_H - 96


@pytest.fixture(scope="module")
def bins():
    return [
        make_bin(seed, days=40, rate_per_day=0.04 + 0.01 * (seed % 6))
        for seed in range(24)
    ]


@pytest.fixture(scope="module")
def learned(bins):
    made = learn([each.history for each in bins], now_h=PAST_H, utc_offset_h=2.0)
    assert made is not None
    return made


def foresee(histories, *, now_h=PAST_H, learned=None):
    return forecast_fill(
        histories, now_h=now_h, horizon_h=HORIZON_H, utc_offset_h=2.0, learned=learned
    )


def spoiled(history, after_h):
    """Put nonsense behind a time, in every field."""
    later_h = after_h + np.arange(0.5, 40)
    return replace(
        history,
        measured_h=np.append(
            history.measured_h[history.measured_h <= after_h], later_h
        ),
        fill_fraction=np.append(
            history.fill_fraction[history.measured_h <= after_h],
            np.random.default_rng(1).uniform(0, 1.2, len(later_h)),
        ),
        emptied_h=np.append(
            history.emptied_h[history.emptied_h <= after_h], after_h + 7.0
        ),
        observed_h=np.array([after_h + 3]),
        observed_fill=np.array([0.9]),
        deposit_h=np.array([after_h + 2]),
        deposits=np.array([500.0]),
    )


def test_nothing_that_comes_later_changes_what_is_learned_or_foreseen(bins, learned):
    histories = [each.history for each in bins]
    nonsense = [spoiled(each, PAST_H) for each in histories]

    again = learn(nonsense, now_h=PAST_H, utc_offset_h=2.0)

    assert again is not None
    assert again.to_bytes() == learned.to_bytes()
    before = foresee(histories, learned=learned)
    after = foresee(nonsense, learned=again)
    for one, other in zip(before, after, strict=True):
        assert np.array_equal(one.fill_quantiles, other.fill_quantiles)
        assert np.array_equal(one.overflow_probability, other.overflow_probability)


def test_what_was_learned_can_be_kept_as_bytes(bins, learned):
    kept = Learned.from_bytes(learned.to_bytes())

    histories = [bins[0].history]
    [one] = foresee(histories, learned=learned)
    [other] = foresee(histories, learned=kept)
    assert np.array_equal(one.fill_quantiles, other.fill_quantiles)
    assert kept.rows == learned.rows > 2000


def test_a_model_of_another_version_is_refused(learned, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("routing.demand.learned.VERSION", 0)
        kept = learned.to_bytes()

    with pytest.raises(ValueError, match="version 0 of a learned forecast"):
        Learned.from_bytes(kept)


def test_forecasts_say_whether_they_rest_on_what_was_learned(bins, learned):
    whole = bins[0].history
    young = replace(
        whole,
        measured_h=whole.measured_h[whole.measured_h > PAST_H - 48],
        fill_fraction=whole.fill_fraction[whole.measured_h > PAST_H - 48],
    )

    ours, usual = foresee([whole, young], learned=learned)

    assert ours.basis is Basis.LEARNED
    assert usual.basis is Basis.SENSOR
    assert foresee([whole])[0].basis is Basis.SENSOR


def test_too_few_bins_teach_nothing(bins):
    few = [each.history for each in bins[:4]]

    assert learn(few, now_h=PAST_H, utc_offset_h=2.0) is None


def test_sensors_that_are_not_trusted_teach_nothing(bins):
    doubted = [replace(each.history, is_sensor_trusted=False) for each in bins]

    assert learn(doubted, now_h=PAST_H, utc_offset_h=2.0) is None


def test_nine_of_ten_truths_lie_in_the_middle_nine_tenths_of_new_bins(learned):
    inside = []
    for seed in range(100, 160):
        bin_ = make_bin(seed, days=30, rate_per_day=0.07)
        if (bin_.emptied_h > NOW_H - 84).any():
            continue
        [forecast] = foresee([bin_.history], now_h=NOW_H - 72, learned=learned)
        low, high = forecast.fill_quantiles[[0, -1], -1]
        inside.append(low <= bin_.fill_now <= high)

    assert len(inside) > 25
    assert 0.8 <= np.mean(inside) <= 1.0


def test_learned_forecasts_never_fall_and_keep_their_order(bins, learned):
    for forecast in foresee([each.history for each in bins], learned=learned):
        assert (np.diff(forecast.fill_quantiles, axis=0) >= 0).all()
        assert (np.diff(forecast.fill_quantiles, axis=1) >= 0).all()
        assert (np.diff(forecast.overflow_probability) >= 0).all()
        assert (median(forecast) >= 0).all()
