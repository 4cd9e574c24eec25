"""Hear of every emptying and every new plan, live, as the open pages do."""

import logging
import threading
import time
import urllib.error
from http.client import HTTPException
from typing import Any

from backend.demo.api_client import ApiClient, parse_time
from backend.demo.crew import Crew
from backend.demo.shown_clock import ShownClock
from backend.demo.truth import Truth

log = logging.getLogger(__name__)

RETRY_S = 1.0


def start_following(
    api: ApiClient, truth: Truth, crew: Crew, *, clock: ShownClock
) -> threading.Thread:
    """Follow in a thread of their own."""
    thread = threading.Thread(
        target=_run, args=(api, truth, crew, clock), name="following", daemon=True
    )
    thread.start()
    return thread


def _run(api: ApiClient, truth: Truth, crew: Crew, clock: ShownClock) -> None:
    while True:
        try:
            _follow(api, truth, crew, clock)
        except (urllib.error.URLError, HTTPException, OSError) as error:
            log.warning("events: %s; trying again", error)
        time.sleep(RETRY_S)


def _follow(api: ApiClient, truth: Truth, crew: Crew, clock: ShownClock) -> None:
    for event in api.listen():
        match event.name:
            case "hello":
                clock.set(event.data)
                # What happened before we listened is read, not heard.
                _take_over(api.get("/api/v1/bins.geojson"), truth)
                crew.read_runs()
            case "bins":
                _take_over(event.data, truth)
            case "plan":
                crew.read_runs()


def _take_over(collection: dict[str, Any], truth: Truth) -> None:
    for feature in collection["features"]:
        emptied_at = feature["properties"]["emptied_at"]
        if emptied_at is not None:
            truth.empty(feature["id"], parse_time(emptied_at))
