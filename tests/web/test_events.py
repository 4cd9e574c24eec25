"""Live events: what happens is told to the open pages, without their asking."""

import json
import urllib.request
from datetime import date
from uuid import uuid4

import pytest

from backend.planning.day import plan_next_day
from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import load_runs, load_stops
from tests.services.application import listening_to_events
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)


@pytest.fixture
def full_bin(connection, small_city):
    slot_id = small_city["T-1"]
    report_rise(
        connection, slot_id, until=MORNING, hours=12, from_fill=0.8, to_fill=0.97
    )
    return slot_id


def test_a_new_plan_is_told_with_its_progress(
    connection, full_bin, city_settings, application_url
):
    with listening_to_events(application_url) as ear:
        summary = plan_next_day(connection, city_settings, service_day=MONDAY)

        assert ear.wait_for("planning")["state"] == "running"
        assert ear.wait_for("plan") == {"plan_id": summary.plan_id}
        assert ear.wait_for("planning")["state"] == "saved"


def test_the_cost_of_the_best_plan_so_far_is_told_while_the_solver_thinks(
    connection, full_bin, city_settings, application_url
):
    with listening_to_events(application_url) as ear:
        plan_next_day(connection, city_settings, service_day=MONDAY)

        said = [ear.wait_for("planning") for _ in range(6)]

    costs = [each for each in said if "€ so far" in each["step"]]
    assert costs
    assert all(0.4 <= each["fraction"] <= 0.9 for each in costs)


def test_a_tap_on_a_list_that_was_replaced_lets_the_pages_load_all_lists(
    connection, full_bin, city_settings, application_url
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    (run,) = load_runs(connection, MONDAY)
    stop = load_stops(connection, run.run_id)[0]
    summary = plan_next_day(connection, city_settings, service_day=MONDAY)

    with listening_to_events(application_url) as ear:
        tap = Pickup(event_id=uuid4(), outcome="done", happened_at=MORNING)
        store_pickup(connection, stop.stop_id, tap)

        assert ear.wait_for("plan") == {"plan_id": summary.plan_id}
        (changed,) = ear.wait_for("bins")["features"]

    assert changed["id"] == full_bin
    assert changed["properties"]["stop_status"] == "done"


def test_a_tap_is_told_with_the_stop_and_the_bin_that_it_changed(
    connection, full_bin, city_settings, application_url
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    (run,) = load_runs(connection, MONDAY)
    stop = load_stops(connection, run.run_id)[0]
    tap = {"event_id": str(uuid4()), "outcome": "done"}

    with listening_to_events(application_url) as ear:
        request = urllib.request.Request(
            f"{application_url}/api/v1/stops/{stop.stop_id}/pickups",
            data=json.dumps(tap).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request):
            pass
        told = ear.wait_for("stop")
        changed = ear.wait_for("bins")["features"]

    assert told["stop"]["status"] == "done"
    assert told["done_count"] == 1
    assert [each["id"] for each in changed] == [full_bin]
    assert changed[0]["properties"]["fill_fraction"] == 0


def test_only_the_bins_that_changed_are_told(connection, small_city, application_url):
    device_id = connection.execute(
        "SELECT device_id FROM device_slot WHERE slot_id = %s", (small_city["T-2"],)
    ).fetchone()[0]

    with listening_to_events(application_url) as ear:
        connection.execute(
            "SELECT pg_notify('ullage', %s)",
            (json.dumps({"kind": "readings", "devices": [device_id]}),),
        )
        changed = ear.wait_for("bins")["features"]

    assert [each["id"] for each in changed] == [small_city["T-2"]]
