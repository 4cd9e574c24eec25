"""The main job: what the real firmware measures becomes a stop on a driver's list."""

import json
import time
import urllib.request
from datetime import date, timedelta

import pytest
from host.wake import run_wake
from host.world import World

from backend.planning.day import plan_next_day
from backend.store.bins import load_bins
from tests.services.application import listening_to_events
from tests.services.city import MORNING

MONDAY = date(2026, 11, 23)
PATIENCE_S = 20
NEARLY_FULL_MM = 230  # of a bin that is empty at 1200 and full at 200
NEARLY_EMPTY_MM = 1180


@pytest.fixture
def wake(tmp_path, broker, gateway_process):
    """Wake a device of the small city at a shown time; it sleeps between."""

    def wake_once(device: str, *, distance_mm: int, at: float) -> None:
        home = tmp_path / device
        home.mkdir(exist_ok=True)
        config = {
            "device": device,
            "networks": {"depot": ""},
            "broker_host": broker.host,
            "broker_port": broker.port,
            "user": broker.user,
            "password": broker.password,
            "report_every": 1,
        }
        home.joinpath("config.json").write_text(json.dumps(config), "utf-8")
        met = World(now_s=int(at), distance_mm=distance_mm, is_clock_right=True)
        done = run_wake(home, met)
        assert (done.status, done.console) == (0, "")

    return wake_once


def wait_for_fill(connection, slot_id, expected):
    give_up_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_s:
        (found,) = load_bins(connection, [slot_id])
        if found.fill_source == "sensor":
            assert found.fill_fraction == pytest.approx(expected, abs=0.02)
            return
        time.sleep(0.05)
    pytest.fail(f"bin {slot_id} never showed what its device measured")


def test_a_wake_of_the_real_firmware_becomes_a_stop_on_the_drivers_list(
    connection, small_city, city_settings, application_url, wake
):
    for quarters_ago in (3, 2, 1):
        at = (MORNING - quarters_ago * timedelta(minutes=15)).timestamp()
        wake("city-1", distance_mm=NEARLY_FULL_MM, at=at)
        wake("city-2", distance_mm=NEARLY_EMPTY_MM, at=at)
    wait_for_fill(connection, small_city["T-1"], 0.97)
    wait_for_fill(connection, small_city["T-2"], 0.02)

    plan_next_day(connection, city_settings, service_day=MONDAY)

    with urllib.request.urlopen(f"{application_url}/api/v1/runs") as reply:
        (run,) = json.load(reply)
    with urllib.request.urlopen(
        f"{application_url}/api/v1/runs/{run['run_id']}"
    ) as reply:
        stops = json.load(reply)["stops"]
    codes = [each["code"] for each in stops if each["kind"] == "pickup"]
    assert "T-1" in codes
    assert "T-2" not in codes
    (full,) = (each for each in stops if each["code"] == "T-1")
    assert full["volume_l"] == pytest.approx(660, rel=0.1)
    assert stops[-1]["kind"] == "tip"


def test_a_wake_is_told_to_the_open_pages(
    connection, small_city, application_url, wake
):
    with listening_to_events(application_url) as ear:
        wake("city-3", distance_mm=700, at=MORNING.timestamp())
        (feature,) = ear.wait_for("bins")["features"]

    assert feature["id"] == small_city["T-3"]
    assert feature["properties"]["fill_fraction"] == pytest.approx(0.5, abs=0.02)
