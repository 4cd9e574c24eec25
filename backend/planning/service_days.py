"""Which days vehicles drive on."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.store.collection_rules import DayOff, ServiceDays
from backend.store.known_events import KnownEvent
from routing.demand import Calendar

DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)
# An operator who pauses for longer than this plans anew when he comes back.
LONGEST_PAUSE_DAYS = 60


def is_service_day(day: date, service: ServiceDays) -> bool:
    """Tell whether vehicles drive on a day."""
    is_off = any(each.day == day for each in service.days_off)
    return day.isoweekday() in service.weekdays and not is_off


def next_service_day(after: date, service: ServiceDays) -> date:
    """Find the first service day after a day; the next day where none is near."""
    ahead = (after + n * DAY for n in range(1, LONGEST_PAUSE_DAYS + 1))
    return next((day for day in ahead if is_service_day(day, service)), after + DAY)


def last_weekday(day: date, weekdays: list[int]) -> date:
    """Find the last day, this one included, that is one of the weekdays."""
    return max(
        day - n * DAY for n in range(7) if (day - n * DAY).isoweekday() in weekdays
    )


def next_service_days(after: date, service: ServiceDays, *, count: int) -> list[date]:
    """Find as many service days after a day."""
    days: list[date] = []
    while len(days) < count:
        days.append(next_service_day(days[-1] if days else after, service))
    return days


def to_calendar(days_off: Sequence[DayOff], events: Sequence[KnownEvent]) -> Calendar:
    """Take days without service for holidays: people live differently on them too."""
    return Calendar(
        holidays=frozenset((each.day - EPOCH).days for each in days_off),
        event_factors={(each.day - EPOCH).days: each.factor for each in events},
    )
