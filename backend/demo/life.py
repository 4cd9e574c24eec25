"""Let the demo city live: sensors, firmware and crew, from what the API shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from backend.demo.api_client import ApiClient, parse_time
from backend.demo.asking import ask_devices
from backend.demo.bins import FIRMWARE_SINCE, HISTORY
from backend.demo.crew import Crew
from backend.demo.firmware_bins import (
    FIRST_SLEEP,
    FirmwareBin,
    provision,
    start_firmware,
)
from backend.demo.fleet import ACK_TOPICS, man_posts, run_fleet
from backend.demo.following import start_following
from backend.demo.found import make_truth, plan_city
from backend.demo.radio import BrokerAddress, open_radio
from backend.demo.shown_clock import ShownClock
from backend.demo.truth import Truth, recall_truth


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeConfig:
    """Where everything is, and how many vehicles the crew drives."""

    api: ApiClient
    broker: BrokerAddress
    devices: Path
    begins_at: datetime
    crew_vehicles: int


def live(config: LifeConfig) -> None:
    """Run until the process is told to stop."""
    clock = ShownClock(config.api.get("/api/v1/overview")["organisation"])
    shown = _load_bins(config.api)
    truth = _recall(shown, config.begins_at)
    crew = Crew(config.api, truth, clock=clock, vehicle_count=config.crew_vehicles)
    start_following(config.api, truth, crew, clock=clock)
    crew.start()
    ask_devices(config.api)
    start_firmware(_provision(shown, truth, config), truth, clock=clock)
    last_measured = {each["device"]: _last(each) for each in shown}
    posts = man_posts(truth, last_measured, since=config.begins_at - HISTORY)
    with open_radio(
        config.broker, client_id="demo-fleet", listen_to=ACK_TOPICS
    ) as radio:
        run_fleet(posts, truth, clock=clock, radio=radio)


def _load_bins(api: ApiClient) -> list[dict[str, Any]]:
    features = api.get("/api/v1/bins.geojson")["features"]
    return [each["properties"] for each in features]


def _recall(shown: list[dict[str, Any]], begins_at: datetime) -> Truth:
    """Match the bins that the API shows with those that the city was founded with."""
    founded = {
        each.new.code: each for site in plan_city(begins_at).sites for each in site.bins
    }
    bins = {
        each["slot_id"]: founded[each["code"]]
        for each in shown
        if each["code"] in founded
    }
    return recall_truth(bins, make_truth(bins, begins_at), begins_at)


def _provision(
    shown: list[dict[str, Any]], truth: Truth, config: LifeConfig
) -> list[FirmwareBin]:
    return [
        provision(
            config.devices,
            truth.bins[each["slot_id"]],
            broker=config.broker,
            wakes_at=_first_wake(each, config.begins_at),
        )
        for each in shown
        if each["slot_id"] in truth.bins
        and truth.bins[each["slot_id"]].demo.new.device_kind == "ullage-esp32"
    ]


def _first_wake(each: dict[str, Any], begins_at: datetime) -> datetime:
    last = _last(each)
    stagger = timedelta(seconds=each["slot_id"] * 53 % 300)
    return begins_at - FIRMWARE_SINCE + stagger if last is None else last + FIRST_SLEEP


def _last(each: dict[str, Any]) -> datetime | None:
    return None if each["measured_at"] is None else parse_time(each["measured_at"])
