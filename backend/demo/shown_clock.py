"""The demo's faster clock, kept beside the database's."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.demo.api_client import ApiClient, parse_time


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownClock:
    """Shown time at a moment of the monotonic clock, and how fast it runs."""

    shown_at: datetime
    monotonic_s: float
    speed: float

    def now(self) -> datetime:
        """Tell what time the demo shows."""
        elapsed_s = time.monotonic() - self.monotonic_s
        return self.shown_at + timedelta(seconds=elapsed_s * self.speed)


def read_clock(api: ApiClient) -> ShownClock:
    """Ask the application what time it is."""
    organisation = api.get("/api/v1/overview")["organisation"]
    return ShownClock(
        shown_at=parse_time(organisation["now"]),
        monotonic_s=time.monotonic(),
        speed=organisation["clock_speed"],
    )
