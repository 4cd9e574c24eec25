"""A bin that can wait is priced by its best other day."""

from datetime import date

from backend.planning.day import plan_next_day
from backend.store.collection_rules import set_weekdays
from backend.store.history import load_decision
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)
TODAY = "can wait, but is cheaper today than on a later day"


def test_a_bin_beside_one_that_must_be_emptied_today_is_worth_it_today(
    connection, small_city, city_settings
):
    rise(connection, small_city["T-1"], to_fill=0.99)
    rise(connection, small_city["T-2"], to_fill=0.66)
    rise(connection, small_city["T-3"], to_fill=0.66)

    plan_next_day(connection, city_settings, service_day=MONDAY)

    assert decided(connection, small_city["T-1"]).is_mandatory
    beside = decided(connection, small_city["T-2"])
    assert (beside.outcome, beside.why) == ("planned", TODAY)
    assert beside.prize_cents > beside.detour_cents


def test_bins_that_can_all_wait_are_left_for_the_day_when_they_are_fuller(
    connection, small_city, city_settings
):
    for slot_id in small_city.values():
        rise(connection, slot_id, to_fill=0.62)

    plan_next_day(connection, city_settings, service_day=MONDAY)

    decisions = [decided(connection, each) for each in small_city.values()]
    assert {each.outcome for each in decisions} == {"left"}


def test_what_cannot_wait_over_a_pause_is_taken_before_it(
    connection, small_city, city_settings
):
    set_weekdays(connection, 1, [1, 5])
    for slot_id in small_city.values():
        rise(connection, slot_id, to_fill=0.62)

    plan_next_day(connection, city_settings, service_day=MONDAY)

    decisions = [decided(connection, each) for each in small_city.values()]
    assert {each.outcome for each in decisions} == {"planned"}


def rise(connection, slot_id, *, to_fill):
    """Let a bin rise by a tenth a day for a week."""
    report_rise(
        connection,
        slot_id,
        until=MORNING,
        hours=144,
        from_fill=max(0.0, to_fill - 0.6),
        to_fill=to_fill,
    )


def decided(connection, slot_id):
    decision = load_decision(connection, slot_id)
    assert decision is not None
    return decision
