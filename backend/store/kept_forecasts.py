"""What was foreseen on each day that was planned, kept to be judged."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

KEPT_AHEAD_H = (12.0, 24.0, 48.0, 72.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptForecast:
    """A bin's fill as foreseen when a day was planned, at KEPT_AHEAD_H.

    `fill_low` and `fill_high` are the quantiles of 5 and 95 %: nine of ten fills lie
    between them, if the forecast is right about itself.
    """

    slot_id: int
    service_day: date
    made_at: datetime
    fill_low: list[float]
    fill_middle: list[float]
    fill_high: list[float]


# The day's first plan is what people relied on in the morning.
KEEP = """
INSERT INTO kept_forecast (slot_id, service_day, made_at, fill_low, fill_middle,
                           fill_high)
VALUES (%(slot_id)s, %(service_day)s, %(made_at)s, %(fill_low)s, %(fill_middle)s,
        %(fill_high)s)
ON CONFLICT DO NOTHING"""
LOAD = """
SELECT slot_id, service_day, made_at, fill_low, fill_middle, fill_high
FROM kept_forecast WHERE slot_id = %s AND made_at >= %s ORDER BY made_at"""


def keep_forecasts(conn: Connection[Any], forecasts: Sequence[KeptForecast]) -> None:
    """Keep what was foreseen, unless the day has been planned before."""
    conn.cursor().executemany(KEEP, [asdict(each) for each in forecasts])


def load_kept_forecasts(
    conn: Connection[Any], slot_id: int, *, since: datetime
) -> list[KeptForecast]:
    """Load what was foreseen for a bin since a time, in order."""
    with conn.cursor(row_factory=class_row(KeptForecast)) as cursor:
        return cursor.execute(LOAD, (slot_id, since)).fetchall()
