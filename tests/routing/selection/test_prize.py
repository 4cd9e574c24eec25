"""What emptying is worth, and why."""

from dataclasses import replace

import numpy as np
import pytest

from routing.demand import Basis, SlotForecast
from routing.selection import PrizeReason, PrizeRule, SlotTerms, price_pickup

NOW_H = 1000.0
RULE = PrizeRule(overflow_cost_cents={"glass": 2000}, other_overflow_cost_cents=100)

FORECAST = SlotForecast(
    slot_id=7,
    fill_fraction=0.7,
    fill_deviation=0.05,
    rate_per_day=0.1,
    emptied_h=NOW_H - 200,
    horizon_h=np.array([0.0, 24.0, 48.0]),
    fill_quantiles=np.zeros((7, 3)),
    overflow_probability=np.array([0.0, 0.2, 0.6]),
    full_h=NOW_H + 72,
    trust=0.9,
    basis=Basis.SENSOR,
)


def priced(
    forecast=FORECAST, *, stream="glass", next_chance_h=24.0, rule=RULE, **terms
):
    return price_pickup(
        forecast,
        stream=stream,
        now_h=NOW_H,
        next_chance_h=next_chance_h,
        rule=rule,
        terms=SlotTerms(**terms),
    )


def likely(probability: float, **changes) -> SlotForecast:
    return replace(FORECAST, overflow_probability=np.full(3, probability), **changes)


def test_the_prize_is_probability_times_cost():
    assert priced().prize_cents == 400
    assert priced().overflow_probability == pytest.approx(0.2)


def test_the_prize_grows_with_the_time_until_the_next_chance():
    assert priced(next_chance_h=36.0).prize_cents == 800


def test_the_weight_of_an_overflow_scales_the_prize():
    assert priced(rule=replace(RULE, rho=2.5)).prize_cents == 1000


def test_each_stream_has_its_own_cost():
    assert priced(stream="unheard-of").prize_cents == 20


def test_a_bin_at_the_limit_of_probability_is_mandatory():
    prize = priced(likely(0.5))

    assert prize.is_mandatory
    assert prize.reason is PrizeReason.OVERFLOW_LIKELY


def test_a_bin_just_below_the_limit_is_not():
    prize = priced(likely(0.499))

    assert not prize.is_mandatory
    assert prize.reason is PrizeReason.MAY_OVERFLOW


def test_a_full_bin_says_that_it_is_full():
    assert priced(likely(0.9, fill_fraction=1.02)).reason is PrizeReason.OVERFLOWING


def test_a_bin_that_hardly_can_overflow_can_wait():
    assert priced(likely(0.04)).reason is PrizeReason.CAN_WAIT


def test_a_nearly_empty_bin_is_never_mandatory():
    at_limit = likely(1.0, fill_fraction=0.1999, fill_deviation=0.05)
    beyond = likely(1.0, fill_fraction=0.2001, fill_deviation=0.05)

    assert priced(at_limit).reason is PrizeReason.NEARLY_EMPTY
    assert not priced(at_limit).is_mandatory
    assert priced(beyond).is_mandatory


def test_a_bin_that_is_not_trusted_is_visited_by_schedule():
    due = likely(0.1, trust=0.2, emptied_h=NOW_H - 336)
    not_due = likely(0.9, trust=0.2, emptied_h=NOW_H - 335)

    assert priced(due).is_mandatory
    assert priced(due).reason is PrizeReason.NOT_TRUSTED_DUE
    assert not priced(not_due).is_mandatory
    assert priced(not_due).reason is PrizeReason.NOT_TRUSTED


def test_a_bin_that_is_not_trusted_and_was_never_emptied_is_due():
    assert priced(likely(0.1, trust=0.2, emptied_h=None)).is_mandatory


def test_a_next_chance_beyond_the_forecast_is_refused():
    with pytest.raises(ValueError, match="next_chance_h = 49"):
        priced(next_chance_h=49)


@pytest.mark.parametrize(
    "changes", [{"rho": -1.0}, {"mandatory_probability": 0.0}, {"rho": float("nan")}]
)
def test_a_rule_that_makes_no_sense_is_refused(changes):
    with pytest.raises(ValueError, match="not understood"):
        PrizeRule(**changes)


def test_hazard_and_complaints_raise_the_prize():
    assert priced(overflow_factor=3.0).prize_cents == 1200
    assert priced(complaints=2).prize_cents == 600


def test_room_beside_it_lowers_the_prize_but_never_to_nothing():
    a_day_of_room = priced(neighbour_room_l=100.0, volume_l=1000.0)
    any_room = priced(neighbour_room_l=1e9)

    assert a_day_of_room.prize_cents == 260
    assert any_room.prize_cents == 120


@pytest.mark.parametrize("limit", ["max_age_h", "contract_h"])
def test_a_rule_that_the_next_chance_would_break_makes_a_bin_mandatory(limit):
    at_limit = priced(likely(0.0, fill_fraction=0.0), **{limit: 224.0})
    beyond = priced(likely(0.0, fill_fraction=0.0), **{limit: 223.9})

    assert not at_limit.is_mandatory
    assert beyond.is_mandatory
    assert beyond.reason is PrizeReason.RULE_DUE


def test_a_bin_that_was_never_emptied_is_due_by_any_rule():
    assert priced(likely(0.0, emptied_h=None), max_age_h=999.0).is_mandatory


@pytest.mark.parametrize(
    "terms", [{"max_age_h": 0.0}, {"overflow_factor": -1.0}, {"complaints": -1}]
)
def test_terms_that_make_no_sense_are_refused(terms):
    with pytest.raises(ValueError, match="not understood"):
        SlotTerms(**terms)
