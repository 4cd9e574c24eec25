"""The demo's drivers: they use the driver's API, stop by stop, on time."""

import heapq
import logging
import threading
import time
import urllib.error
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from backend.demo.api_client import ApiClient, parse_time
from backend.demo.shown_clock import ShownClock
from backend.demo.truth import Truth

log = logging.getLogger(__name__)

TICK_S = 0.2
SKIP_SHARE = 0.04
SKIP_REASONS = ("blocked by a parked car", "not accessible", "contaminated")
FILL_STEPS = 4  # a driver sees quarters


@dataclass(order=True, frozen=True, slots=True)
class Due:
    """A stop that will be over at a time."""

    at: datetime
    stop_id: int
    slot_id: int | None = field(compare=False)


class Crew:
    """Drive the first runs of the day; the others are left to whoever watches."""

    def __init__(
        self, api: ApiClient, truth: Truth, *, clock: ShownClock, vehicle_count: int
    ) -> None:
        self._api = api
        self._truth = truth
        self._clock = clock
        self._vehicle_count = vehicle_count
        self._due: list[Due] = []
        self._lock = threading.Lock()

    def start(self) -> threading.Thread:
        """Drive in a thread of their own."""
        thread = threading.Thread(target=self._run, name="crew", daemon=True)
        thread.start()
        return thread

    def read_runs(self) -> None:
        """Take up the runs in force; called at the start and for every new plan."""
        runs = self._api.get("/api/v1/runs")[: self._vehicle_count]
        due = []
        for run in runs:
            detail = self._api.get(f"/api/v1/runs/{run['run_id']}")
            due += [
                _to_due(stop) for stop in detail["stops"] if stop["status"] == "planned"
            ]
        heapq.heapify(due)
        with self._lock:
            self._due = due

    def _run(self) -> None:
        day = self._clock.now().date()
        while True:
            time.sleep(TICK_S)
            if self._clock.now().date() != day:
                # Tomorrow's runs may have been planned yesterday.
                day = self._clock.now().date()
                self.read_runs()
            for each in self._take_due():
                try:
                    self._finish(each)
                except (urllib.error.URLError, TimeoutError) as error:
                    # The application is being restarted: the tap waits on the phone.
                    log.warning("stop %s: %s", each.stop_id, error)
                    with self._lock:
                        heapq.heappush(self._due, each)
                    break

    def _take_due(self) -> list[Due]:
        now = self._clock.now()
        taken = []
        with self._lock:
            while self._due and self._due[0].at <= now:
                taken.append(heapq.heappop(self._due))
        return taken

    def _finish(self, due: Due) -> None:
        self._api.post(f"/api/v1/stops/{due.stop_id}/pickups", self._tap(due))

    def _tap(self, due: Due) -> dict[str, Any]:
        rng = np.random.default_rng([due.stop_id, 7])
        tap: dict[str, Any] = {
            # The same stop gives the same event: a tap that is sent again counts once.
            "event_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"crew {due.stop_id}")),
            "outcome": "done",
            "happened_at": due.at.isoformat(),
        }
        if due.slot_id is None:
            return tap
        if rng.random() < SKIP_SHARE:
            return tap | {"outcome": "skipped", "reason": str(rng.choice(SKIP_REASONS))}
        fill = self._truth.fill(due.slot_id, due.at)
        seen = min(1.25, round(fill * FILL_STEPS) / FILL_STEPS)
        return tap | {"fill_fraction": seen}


def _to_due(stop: dict[str, Any]) -> Due:
    return Due(parse_time(stop["depart_at"]), stop["stop_id"], stop["slot_id"])
