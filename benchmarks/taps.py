"""A driver's taps, timed from the phone to the dispatcher's open page."""

import time
import uuid
from collections.abc import Callable
from typing import Any

from benchmarks.live_events import Events, Wanted

Ask = Callable[..., Any]


def measure_taps(
    url: str, ask: Ask, events: Events, count: int
) -> tuple[list[float], list[float]]:
    """Mark the first stops of the newest runs as done.

    Returns
    -------
    Milliseconds to the open page's event, and to the answer on the phone.
    """
    now = ask(f"{url}/api/v1/overview")["organisation"]["now"]
    runs = ask(f"{url}/api/v1/runs")
    stops = [
        stop["stop_id"]
        for run in runs
        for stop in ask(f"{url}/api/v1/runs/{run['run_id']}")["stops"]
        if stop["kind"] == "pickup"
    ]
    to_office, to_phone = [], []
    for stop_id in stops[:count]:
        tap = {"event_id": str(uuid.uuid4()), "happened_at": now, "outcome": "done"}
        begun_s = time.monotonic()
        ask(f"{url}/api/v1/stops/{stop_id}/pickups", tap)
        to_phone.append((time.monotonic() - begun_s) * 1000)
        seen_s = events.wait(_is_done(stop_id), since_s=begun_s)
        to_office.append((seen_s - begun_s) * 1000)
    return to_office, to_phone


def _is_done(stop_id: int) -> Wanted:
    def is_it(name: str, data: Any) -> bool:  # noqa: ANN401 - JSON
        return name == "stop" and data["stop"]["stop_id"] == stop_id

    return is_it
