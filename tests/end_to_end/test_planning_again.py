"""A day is planned anew while it is driven: asked on a page, done by a worker."""

import json
import os
import sys
import urllib.request
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.demo.found import CITIES
from backend.embedded.service import Program
from backend.planning.day import plan_next_day
from backend.store.founding import set_clock
from tests.services.application import listening_to_events
from tests.services.city import MORNING

EIGHT = MORNING + timedelta(hours=2, minutes=30)


@pytest.fixture
def planned_city(connection, busy_city, city_settings):
    """The day's plan is made, or the worker would make it as soon as it starts."""
    plan_next_day(connection, city_settings, service_day=MORNING.date())


@pytest.fixture
def worker(database, application_url, tmp_path, planned_city):
    """The planning worker on the application's database."""
    environment = os.environ | {
        "ULLAGE_DATABASE": database,
        "ULLAGE_CITIES": str(CITIES),
        "ULLAGE_PLAN_BUDGET_S": "1",
    }
    program = Program(
        "worker",
        [sys.executable, "-m", "backend", "worker"],
        log_path=tmp_path / "worker.log",
        environment=environment,
    )
    program.start()
    yield program
    program.stop()


def get(url):
    with urllib.request.urlopen(url, timeout=20) as reply:
        return json.load(reply)


def post(url, body):
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as reply:
        return json.load(reply)


def lists(url):
    return {
        run["vehicle"]: get(f"{url}/api/v1/runs/{run['run_id']}")["stops"]
        for run in get(f"{url}/api/v1/runs")
    }


def without_breaks(stops):
    return [each for each in stops if each["kind"] != "break"]


def finish(url, stop):
    tap = {
        "event_id": str(uuid4()),
        "outcome": "done",
        "happened_at": stop["depart_at"],
    }
    return post(f"{url}/api/v1/stops/{stop['stop_id']}/pickups", tap)


def wait_until_planned(ear):
    while (said := ear.wait_for("planning"))["state"] == "running":
        pass
    return said


def test_a_day_under_way_is_planned_again_and_the_drivers_carry_on(
    connection, application_url, worker
):
    url, before = application_url, lists(application_url)
    done = {vehicle: without_breaks(stops)[0] for vehicle, stops in before.items()}
    for each in done.values():
        finish(url, each)
    set_clock(connection, shown_at=EIGHT, speed=1.0)

    with listening_to_events(url) as ear:
        assert post(f"{url}/api/v1/plans", {})["job_id"] is not None
        ear.wait_for("plan")
        said = wait_until_planned(ear)

    assert said["state"] == "saved"
    assert said["service_day"] == MORNING.date().isoformat()
    assert "changed" in said["step"]
    after = lists(url)
    assert after.keys() == before.keys()
    for vehicle, stops in after.items():
        first, second, *_ = without_breaks(stops)
        assert (first["stop_id"], first["status"]) == (done[vehicle]["stop_id"], "done")
        heading_to = without_breaks(before[vehicle])[1]
        assert second["origin_stop_id"] == heading_to["stop_id"]
        assert second["status"] == "planned"

    late = without_breaks(before["Truck"])[1]
    finish(url, late)

    now = next(x for x in lists(url)["Truck"] if x["origin_stop_id"] == late["stop_id"])
    assert now["status"] == "done"
