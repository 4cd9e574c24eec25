"""Words of several people, counters, and sensors that are not trusted."""

from dataclasses import replace

import numpy as np
import pytest

from routing.demand import Basis, Calendar, forecast_fill
from tests.routing.demand.bins import NOW_H, history_of, make_bin
from tests.routing.demand.foreseen import foresee


def test_two_words_are_surer_than_one_and_the_surer_counts_more():
    emptied_h = np.array([NOW_H - 240])
    both = history_of(
        emptied_h=emptied_h,
        observed_h=np.array([NOW_H - 2, NOW_H - 1]),
        observed_fill=np.array([0.4, 0.5]),
        observed_deviation=np.array([0.05, 0.25]),
    )
    one = replace(
        both,
        observed_h=both.observed_h[:1],
        observed_fill=both.observed_fill[:1],
        observed_deviation=np.array([0.05]),
    )

    fused, single = foresee(both)[0], foresee(one)[0]

    assert fused.fill_fraction == pytest.approx(0.41, abs=0.03)
    assert fused.fill_deviation < single.fill_deviation


def test_deposits_counted_since_the_emptying_say_how_full_it_is():
    counted = history_of(
        emptied_h=np.array([NOW_H - 96]),
        deposit_h=NOW_H - np.arange(90.0, 0, -6),
        deposits=np.ones(15),
    )

    [forecast] = foresee(counted)

    # 15 deposits of 33 l in 1100 l, and the usual in between.
    assert forecast.fill_fraction == pytest.approx(0.45, abs=0.08)
    assert forecast.basis is Basis.OBSERVATIONS


def test_litres_a_deposit_are_learned_from_what_was_seen():
    cycles_h = NOW_H - np.arange(10, 0, -1) * 96.0
    deposits_h = NOW_H - np.arange(960.0, 0, -6)
    seen = history_of(
        emptied_h=cycles_h,
        deposit_h=deposits_h,
        deposits=np.ones(len(deposits_h)),
        observed_h=cycles_h[1:],
        # 16 deposits a cycle fill a quarter: 17 litres each, not 33.
        observed_fill=np.full(9, 0.25),
    )

    [forecast] = foresee(seen)

    assert forecast.fill_fraction == pytest.approx(0.25, abs=0.06)


def test_deposits_without_an_emptying_say_nothing_of_the_level():
    counted = history_of(deposit_h=np.array([NOW_H - 5]), deposits=np.array([10.0]))

    [forecast] = foresee(counted)

    assert forecast.basis is Basis.PRIOR


def test_a_sensor_that_is_not_trusted_is_said_so_and_planned_for_the_worse():
    sensed = make_bin(3).history
    doubted = replace(sensed, is_sensor_trusted=False)

    believed, wary = foresee(sensed)[0], foresee(doubted)[0]

    assert wary.basis is Basis.UNTRUSTED
    assert wary.trust < 0.6 * believed.trust
    assert wary.fill_quantiles[-1, 0] - wary.fill_quantiles[0, 0] > 0.4


def test_holidays_bring_what_holidays_brought():
    at_h = NOW_H - np.arange(40 * 24.0, 0, -1)
    day = np.floor((at_h + 2) / 24)
    today = int(day[-1])
    holidays = {today - 6 * k for k in range(6)}
    rate = np.where(np.isin(day, list(holidays)), 0.06, 0.015) / 24
    rising = history_of(measured_h=at_h, fill_fraction=np.cumsum(rate))

    def foreseen(calendar):
        forecast, *_ = forecast_fill(
            [replace(rising, slot_id=each) for each in range(4)],
            now_h=NOW_H,
            horizon_h=np.array([24.0]),
            utc_offset_h=2.0,
            calendar=calendar,
        )
        return float(np.median(forecast.fill_quantiles)) - forecast.fill_fraction

    told = foreseen(Calendar(holidays=frozenset(holidays)))
    untold = foreseen(Calendar())
    event = foreseen(Calendar(event_factors={today: 3.0}))

    assert told > 1.5 * untold
    assert event == pytest.approx(3 * untold, rel=0.25)
