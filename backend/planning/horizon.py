"""Which times a plan is about."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

HORIZON_STEP_H = 3.0
HORIZON_END_H = 120.0
S_PER_H = 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceDay:
    """A local calendar day; seconds of a plan count from its midnight."""

    day: date
    zone: ZoneInfo

    @property
    def midnight_at(self) -> datetime:
        """The local midnight at which the day begins, in UTC."""
        return datetime.combine(self.day, time(), self.zone).astimezone(UTC)

    def seconds(self, at_local: time) -> int:
        """Place a local time of the day on the plan's axis, over clock changes too."""
        moment = datetime.combine(self.day, at_local, self.zone).astimezone(UTC)
        return int((moment - self.midnight_at).total_seconds())

    def second(self, at: datetime) -> int:
        """Place a time on the plan's axis, at the whole second that is not before."""
        return math.ceil((at - self.midnight_at).total_seconds())

    def at(self, seconds: float) -> datetime:
        """Turn a plan's second into a time."""
        return self.midnight_at + timedelta(seconds=seconds)

    def utc_offset_h(self) -> float:
        """Hours that the local clock is ahead of UTC at midday."""
        midday = datetime.combine(self.day, time(12), self.zone)
        offset = midday.utcoffset() or timedelta()
        return offset.total_seconds() / S_PER_H


def to_hours(at: datetime) -> float:
    """Hours since 1970-01-01 UTC."""
    return at.timestamp() / S_PER_H


def from_hours(hours: float) -> datetime:
    """Turn hours since 1970-01-01 UTC into a time."""
    return datetime.fromtimestamp(hours * S_PER_H, UTC)


def horizon_hours(now: datetime, *, until: datetime) -> npt.NDArray[np.float64]:
    """Step from now to five days ahead, or past `until` where that is later."""
    end_h = max(HORIZON_END_H, to_hours(until) - to_hours(now) + HORIZON_STEP_H)
    return to_hours(now) + np.arange(0.0, end_h + HORIZON_STEP_H, HORIZON_STEP_H)
