"""The demo's faster clock, kept beside the database's."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.demo.api_client import parse_time


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Shown time at a moment of the monotonic clock, and how fast it runs."""

    shown_at: datetime
    monotonic_s: float
    speed: float


class ShownClock:
    """State to guard: how the clock was set last."""

    def __init__(self, organisation: Mapping[str, Any]) -> None:
        self._setting = _read(organisation)

    def set(self, organisation: Mapping[str, Any]) -> None:
        """Take over what the application says of its time."""
        self._setting = _read(organisation)

    def now(self) -> datetime:
        """Tell what time the demo shows."""
        setting = self._setting
        elapsed_s = time.monotonic() - setting.monotonic_s
        return setting.shown_at + timedelta(seconds=elapsed_s * setting.speed)


def _read(organisation: Mapping[str, Any]) -> Setting:
    return Setting(
        shown_at=parse_time(organisation["now"]),
        monotonic_s=time.monotonic(),
        speed=organisation["clock_speed"],
    )
