"""Service days on the local clock, over the changes of summer time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from backend.planning.horizon import ServiceDay, horizon_hours, to_hours

HELSINKI = ZoneInfo("Europe/Helsinki")


def test_a_plain_day_counts_seconds_from_local_midnight():
    day = ServiceDay(day=date(2026, 11, 23), zone=HELSINKI)

    assert day.midnight_at == datetime(2026, 11, 22, 22, tzinfo=UTC)
    assert day.seconds(time(6)) == 6 * 3600


def test_six_in_the_morning_is_five_hours_after_midnight_when_summer_time_begins():
    day = ServiceDay(day=date(2026, 3, 29), zone=HELSINKI)

    assert day.seconds(time(6)) == 5 * 3600
    assert day.at(5 * 3600).astimezone(HELSINKI).time() == time(6)


def test_the_horizon_reaches_beyond_the_next_chance():
    now = datetime(2026, 11, 23, 4, tzinfo=UTC)
    until = datetime(2026, 11, 30, 4, tzinfo=UTC)

    hours = horizon_hours(now, until=until)

    assert hours[0] == to_hours(now)
    assert hours[-1] >= to_hours(until)
