"""How long readings are kept, and the partitions of those to come."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """Days that readings are kept as they are, by the hour and by the day; 0: ever.

    And how long is kept what was foreseen.
    """

    raw_days: int
    hourly_days: int
    daily_days: int
    forecast_days: int = 0


MAKE_PARTITIONS = """
SELECT ensure_reading_partitions(clock_now(), clock_now() + interval '14 days')"""
# What is not summarised yet stays, however old it is.
DROP_RAW = """
SELECT drop_reading_partitions(least(
    clock_now() - %s * interval '1 day',
    (SELECT min(summarise_from_at) FROM device_journal)))"""
DROP_HOURS = "SELECT drop_reading_hours(clock_now() - %s * interval '1 day')"
DROP_DAYS = """
DELETE FROM reading_day WHERE day_at < clock_now() - %s * interval '1 day'"""
DROP_FORECASTS = """
DELETE FROM kept_forecast
WHERE service_day < (clock_now() - %s * interval '1 day')::date"""


def keep(conn: Connection[Any], retention: Retention) -> None:
    """Make the partitions of the next two weeks, drop what is past its time."""
    conn.execute(MAKE_PARTITIONS)
    for query, days in (
        (DROP_RAW, retention.raw_days),
        (DROP_HOURS, retention.hourly_days),
        (DROP_DAYS, retention.daily_days),
        (DROP_FORECASTS, retention.forecast_days),
    ):
        if days:
            conn.execute(query, (days,))
