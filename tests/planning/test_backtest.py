"""Forecasts are kept when a day is planned, and judged by what came."""

from datetime import date, timedelta

import pytest

from backend.planning.backtest import judge_forecasts
from backend.planning.day import plan_next_day
from backend.store.kept_forecasts import load_kept_forecasts
from backend.store.overview import load_organisation
from backend.store.retention import Retention, keep
from tests.services.alarms import stand_at
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def rise(connection, slot_id, *, until, fills):
    first, last = fills
    report_rise(
        connection, slot_id, until=until, hours=23, from_fill=first, to_fill=last
    )


@pytest.fixture
def slot_id(connection, small_city, city_settings) -> int:
    """A bin that gains a fifth a day, and for which Monday was planned."""
    slot_id = small_city["T-1"]
    rise(connection, slot_id, until=MORNING, fills=(0.2, 0.4))
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return int(slot_id)


def judge(connection, slot_id):
    organisation = load_organisation(connection)
    assert organisation is not None
    judged = judge_forecasts(connection, organisation, slot_id, ahead_h=24)
    assert judged is not None
    return judged


def test_what_was_said_in_the_morning_stands_when_the_day_is_planned_again(
    connection, slot_id, city_settings
):
    (said,) = load_kept_forecasts(connection, slot_id, since=MORNING - DAY)
    stand_at(connection, MORNING + timedelta(hours=3))
    plan_next_day(connection, city_settings, service_day=MONDAY)

    (still,) = load_kept_forecasts(connection, slot_id, since=MORNING - DAY)

    assert still == said
    assert len(said.fill_middle) == 4
    assert said.fill_low[1] < said.fill_middle[1] < said.fill_high[1]


def test_it_is_judged_by_what_was_measured_a_day_later(connection, slot_id):
    (said,) = load_kept_forecasts(connection, slot_id, since=MORNING - DAY)
    rise(connection, slot_id, until=MORNING + DAY, fills=(0.41, 0.55))
    stand_at(connection, MORNING + DAY)

    judged = judge(connection, slot_id)

    (point,) = [each for each in judged.points if each.is_kept]
    assert point.came == pytest.approx(0.55, abs=0.02)
    assert point.fill_middle == pytest.approx(said.fill_middle[1])
    assert point.for_at - point.made_at == DAY


def test_a_bin_that_was_emptied_meanwhile_is_judged_by_what_the_driver_saw(
    connection, slot_id
):
    emptied_at = MORNING + timedelta(hours=20)
    for statement in (
        "INSERT INTO emptying (slot_id, emptied_at, source) VALUES (%s, %s, 'driver')",
        "INSERT INTO observation (slot_id, observed_at, fill_fraction, source)"
        " VALUES (%s, %s, 0.5, 'driver')",
    ):
        connection.execute(statement.encode(), (slot_id, emptied_at))
    stand_at(connection, MORNING + DAY)

    (point,) = [each for each in judge(connection, slot_id).points if each.is_kept]

    assert (point.for_at, point.came) == (emptied_at, 0.5)


def test_what_was_foreseen_long_ago_is_forgotten(connection, slot_id):
    stand_at(connection, MORNING + 10 * DAY)

    def keep_for(days):
        keep(connection, Retention(raw_days=0, hourly_days=0, daily_days=0,
                                   forecast_days=days))  # fmt: skip
        return len(load_kept_forecasts(connection, slot_id, since=MORNING - DAY))

    assert (keep_for(0), keep_for(11), keep_for(5)) == (1, 1, 0)


def test_mornings_of_before_are_foreseen_again_from_what_was_known_then(
    connection, slot_id
):
    for day in range(1, 6):
        until = MORNING - (day * DAY) + timedelta(hours=1)
        rise(connection, slot_id, until=until, fills=(0.1, 0.3))
    before = judge(connection, slot_id)

    # What came on the last day is known to the judge, not to the forecast.
    connection.execute("UPDATE reading SET distance_mm = 1150 WHERE measured_at > %s",
                       (MORNING - DAY,))  # fmt: skip
    after = judge(connection, slot_id)

    again = [each for each in before.points if not each.is_kept]
    assert len(again) >= 2
    assert before.mean_error is not None
    assert before.within_share is not None
    for one, other in zip(before.points, after.points, strict=True):
        if one.made_at <= MORNING - DAY:
            assert one.fill_middle == other.fill_middle
