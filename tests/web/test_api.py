"""The public API, version 1."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from backend.planning.day import plan_next_day
from tests.services.alarms import serve
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)


@pytest.fixture
def planned_city(connection, small_city, city_settings):
    for code in ("T-1", "T-2"):
        report_rise(
            connection,
            small_city[code],
            until=MORNING,
            hours=12,
            from_fill=0.7,
            to_fill=0.95,
        )
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return small_city


def list_of_the_day(client):
    (run,) = client.get("/api/v1/runs").json()
    return client.get(f"/api/v1/runs/{run['run_id']}").json()["stops"]


def first_pickup(client):
    return next(each for each in list_of_the_day(client) if each["kind"] == "pickup")


def test_bins_are_a_geojson_collection_with_their_fill(client, planned_city):
    found = client.get("/api/v1/bins.geojson").json()

    assert found["type"] == "FeatureCollection"
    features = {each["properties"]["code"]: each for each in found["features"]}
    assert features["T-1"]["geometry"]["coordinates"] == [24.93745, 60.16632]
    assert features["T-1"]["properties"]["fill_fraction"] == pytest.approx(0.95)
    assert features["T-1"]["properties"]["fill_source"] == "sensor"
    # It was never heard, but there was no gateway that could have heard it.
    assert not features["T-3"]["properties"]["is_silent"]


def test_a_bin_whose_device_missed_three_reports_is_silent(
    client, connection, planned_city
):
    serve(connection, MORNING - timedelta(hours=6), MORNING)

    found = client.get("/api/v1/bins.geojson").json()

    bins = [each["properties"] for each in found["features"]]
    assert [each["code"] for each in bins if each["is_silent"]] == ["T-3"]


def test_a_bin_tells_its_forecast_and_why_it_is_in_the_plan(client, planned_city):
    found = client.get(f"/api/v1/bins/{planned_city['T-1']}").json()

    assert found["bin"]["code"] == "T-1"
    assert found["forecast"]["basis"] == "sensor"
    assert found["decision"]["outcome"] == "planned"
    assert found["decision"]["why"]


def test_a_bin_tells_what_would_make_room_for_it(client, connection, planned_city):
    connection.execute(
        """UPDATE decision SET outcome = 'unserved', would_fit_limit = 'shift_end_s',
               would_fit_amount = 840, would_fit_cents = 1234,
               would_fit_vehicle_id = (SELECT vehicle_id FROM vehicle)
           WHERE slot_id = %s""",
        (planned_city["T-1"],),
    )

    told = client.get(f"/api/v1/bins/{planned_city['T-1']}").json()["decision"]

    assert told["would_fit_vehicle"] == "Truck"
    assert (told["would_fit_limit"], told["would_fit_amount"]) == ("shift_end_s", 840)


def test_a_bins_history_has_readings_and_emptyings_of_the_asked_time(
    client, planned_city
):
    path = f"/api/v1/bins/{planned_city['T-1']}/history"

    everything = client.get(path).json()
    nothing = client.get(
        path,
        params={"from_at": "2026-01-01T00:00:00Z", "to_at": "2026-01-02T00:00:00Z"},
    ).json()

    assert len(everything["readings"]) == 13
    assert nothing["readings"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/bins/999999", 404),
        ("/api/v1/bins/999999/history", 404),
        ("/api/v1/runs/999999", 404),
        ("/api/v1/bins/x", 422),
    ],
)
def test_what_is_not_there_is_said_in_words(client, planned_city, path, status):
    reply = client.get(path)

    assert reply.status_code == status
    assert reply.json()["detail"]


def test_a_time_without_a_zone_is_refused(client, planned_city):
    path = f"/api/v1/bins/{planned_city['T-1']}/history"

    assert (
        client.get(path, params={"from_at": "2026-01-01T00:00:00"}).status_code == 422
    )


def test_a_done_stop_empties_the_bin_and_counts_once(client, planned_city):
    stop = first_pickup(client)
    tap = {"event_id": str(uuid4()), "outcome": "done", "fill_fraction": 0.75}

    for _ in range(2):
        reply = client.post(f"/api/v1/stops/{stop['stop_id']}/pickups", json=tap)
        assert reply.status_code == 200
        assert reply.json()["status"] == "done"

    detail = client.get(f"/api/v1/bins/{stop['slot_id']}").json()["bin"]
    history = client.get(f"/api/v1/bins/{stop['slot_id']}/history").json()
    assert detail["stop_status"] == "done"
    assert detail["fill_fraction"] == 0
    assert len(history["observations"]) == len(history["emptyings"]) == 1
    assert client.get("/api/v1/runs").json()[0]["done_count"] == 1


def test_a_skipped_stop_needs_a_reason_and_leaves_the_bin_full(client, planned_city):
    stop = first_pickup(client)
    path = f"/api/v1/stops/{stop['stop_id']}/pickups"
    bare = {"event_id": str(uuid4()), "outcome": "skipped"}

    assert client.post(path, json=bare).status_code == 422
    told = client.post(path, json=bare | {"reason": "blocked by a parked car"}).json()

    assert (told["status"], told["reason"]) == ("skipped", "blocked by a parked car")
    detail = client.get(f"/api/v1/bins/{stop['slot_id']}").json()["bin"]
    assert detail["fill_fraction"] > 0.9


def test_the_last_word_of_a_driver_holds(client, planned_city):
    stop = first_pickup(client)
    path = f"/api/v1/stops/{stop['stop_id']}/pickups"

    client.post(path, json={"event_id": str(uuid4()), "outcome": "done"})
    told = client.post(
        path,
        json={"event_id": str(uuid4()), "outcome": "skipped", "reason": "mis-tap"},
    ).json()

    assert told["status"] == "skipped"
    detail = client.get(f"/api/v1/bins/{stop['slot_id']}").json()["bin"]
    assert detail["fill_fraction"] > 0.9


def test_a_tap_on_a_list_that_was_replaced_is_taken_and_counts(
    client, connection, planned_city, city_settings
):
    old = first_pickup(client)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    new = next(each for each in list_of_the_day(client) if each["code"] == old["code"])
    tap = {"event_id": str(uuid4()), "outcome": "done"}

    reply = client.post(f"/api/v1/stops/{old['stop_id']}/pickups", json=tap)

    assert reply.status_code == 200
    assert new["stop_id"] != old["stop_id"] == new["origin_stop_id"]
    now = next(each for each in list_of_the_day(client) if each["code"] == old["code"])
    assert (now["stop_id"], now["status"]) == (new["stop_id"], "done")


def test_a_tap_that_was_taken_back_leaves_the_stop_to_do(client, planned_city):
    stop = first_pickup(client)
    path = f"/api/v1/stops/{stop['stop_id']}/pickups"

    client.post(path, json={"event_id": str(uuid4()), "outcome": "done"})
    told = client.post(
        path,
        json={
            "event_id": str(uuid4()),
            "outcome": "skipped",
            "reason": "tapped by mistake",
        },
    ).json()

    assert (told["status"], told["reason"]) == ("planned", None)


def test_a_break_is_an_entry_of_the_run_without_a_place(
    client, connection, busy_city, city_settings
):
    plan_next_day(connection, city_settings, service_day=MONDAY)

    for run in client.get("/api/v1/runs").json():
        stops = client.get(f"/api/v1/runs/{run['run_id']}").json()["stops"]
        (rest,) = (each for each in stops if each["kind"] == "break")
        assert rest["name"] == "Break"
        assert (rest["lat_deg"], rest["slot_id"], rest["facility_id"]) == (None,) * 3


def test_a_page_of_another_host_is_refused(client, planned_city):
    reply = client.get("/api/v1/overview", headers={"Host": "evil.example"})

    assert reply.status_code == 400


def test_no_map_style_is_online_unless_one_was_set(client, planned_city, city_settings):
    told = client.get("/api/v1/overview").json()
    client.app.state.settings = replace(
        city_settings, map_style_url="https://maps.test/style.json"
    )

    online = client.get("/api/v1/overview").json()

    assert (told["map_style_url"], told["map_style_url_dark"]) == (None, None)
    assert online["map_style_url"] == "https://maps.test/style.json"
    assert online["map_style_url_dark"] is None


def test_asking_for_a_plan_twice_queues_one_job(client, planned_city):
    asked = {"service_day": "2026-11-24"}

    first = client.post("/api/v1/plans", json=asked)
    second = client.post("/api/v1/plans", json=asked)

    assert first.status_code == 202
    assert first.json()["job_id"] is not None
    assert second.json()["job_id"] is None


def test_the_api_describes_itself(client):
    paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]

    assert {
        "/api/v1/bins.geojson",
        "/api/v1/bins/{slot_id}",
        "/api/v1/bins/{slot_id}/history",
        "/api/v1/runs",
        "/api/v1/runs/{run_id}",
        "/api/v1/runs/{run_id}/directions",
        "/api/v1/events",
    } <= paths.keys()


def test_a_map_is_served_in_parts_and_nothing_beside_the_maps(client, planned_city):
    part = client.get("/basemap/helsinki.pmtiles", headers={"Range": "bytes=0-6"})

    assert part.status_code == 206
    assert part.content == b"PMTiles"
    assert client.get("/basemap/nowhere.pmtiles").status_code == 404
    assert client.get("/basemap/..%2Fplaces.pmtiles").status_code == 404
