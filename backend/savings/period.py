"""Which days of a month can be compared."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.store.driven import find_first_driven_day
from backend.store.overview import Organisation

DAY = timedelta(days=1)
NO_ROUNDS = "there are no fixed rounds to compare with: `ullage schedule import FILE`"
NOT_DRIVEN = "no run was driven yet: the first day that is over can be compared"


class SavingsError(Exception):
    """A month cannot be reckoned; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """The days of a month that are compared, both ends included."""

    month: date
    from_day: date
    to_day: date

    @property
    def days(self) -> list[date]:
        """List them."""
        count = (self.to_day - self.from_day).days + 1
        return [self.from_day + n * DAY for n in range(count)]


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def last_month(day: date) -> date:
    """Return the first day of the month before a day's."""
    return month_of(month_of(day) - DAY)


def today_of(organisation: Organisation) -> date:
    """Return the organisation's calendar day."""
    today: date = organisation.now.astimezone(ZoneInfo(organisation.time_zone)).date()
    return today


def choose_period(
    conn: Connection[Any], organisation: Organisation, month: date
) -> Period:
    """Take the days that are over, since runs are driven by plan.

    Raises
    ------
    SavingsError
        If there is none.
    """
    first = find_first_driven_day(conn, organisation.organisation_id)
    if first is None:
        raise SavingsError(NOT_DRIVEN)
    from_day = max(month, first)
    to_day = min(month_of(month + 31 * DAY) - DAY, today_of(organisation) - DAY)
    if from_day > to_day:
        raise SavingsError(_explain(month, first, today_of(organisation)))
    return Period(month=month, from_day=from_day, to_day=to_day)


def _explain(month: date, first: date, today: date) -> str:
    if month_of(first) > month:
        return f"the first run was driven on {first}: {month:%B %Y} was before that"
    if month > today:
        return f"{month:%B %Y} is yet to come"
    return f"no day of {month:%B %Y} is over yet: ask again tomorrow"
