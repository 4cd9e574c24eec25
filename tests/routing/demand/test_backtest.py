"""What was said, and what came."""

import numpy as np
import pytest

from routing.demand import QUANTILES, backtest
from tests.routing.demand.bins import NOW_H, history_of, make_bin


def test_a_back_test_says_how_far_off_forecasts_of_a_day_were():
    histories = [make_bin(seed, days=40).history for seed in range(4)]

    tests = backtest(histories, now_h=NOW_H, utc_offset_h=2.0, days=10)

    assert [each.slot_id for each in tests] == [0, 1, 2, 3]
    for each in tests:
        assert each.said.shape == (len(QUANTILES), len(each.came))
        assert (each.for_h > each.made_h).all()
        assert (each.for_h <= each.made_h + 24).all()
        error = each.mean_absolute_error
        assert error is not None
        assert error < 0.08
    assert np.mean([each.coverage_90 for each in tests]) > 0.7


def test_days_with_an_emptying_are_not_judged():
    whole = make_bin(1, days=40, rate_per_day=0.3)

    [test] = backtest([whole.history], now_h=NOW_H, utc_offset_h=2.0, days=10)

    assert 0 < len(test.came) < 10


def test_a_slot_of_which_nothing_was_seen_has_nothing_to_show():
    [test] = backtest([history_of()], now_h=NOW_H, utc_offset_h=2.0, days=3)

    assert test.mean_absolute_error is None
    assert test.coverage_90 is None


def test_what_people_saw_is_what_came_without_a_sensor():
    visits_h = NOW_H - np.arange(6, 0, -1) * 120.0
    seen = history_of(
        emptied_h=visits_h, observed_h=visits_h, observed_fill=np.full(6, 0.4)
    )

    [test] = backtest([seen], now_h=NOW_H, utc_offset_h=2.0, days=28)

    assert test.came == pytest.approx(0.4)
    assert len(test.came) >= 4
