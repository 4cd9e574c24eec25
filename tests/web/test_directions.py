"""What drivers are told on the way, by the public API."""

from datetime import date

import pytest

from backend.planning.day import plan_next_day

MONDAY = date(2026, 11, 23)


@pytest.fixture
def run_id(connection, busy_city, city_settings, client):
    """The first run of a day on streets."""
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return client.get("/api/v1/runs").json()[0]["run_id"]


def ask(client, run_id, language=None, **headers):
    params = {"language": language} if language else {}
    reply = client.get(
        f"/api/v1/runs/{run_id}/directions", params=params, headers=headers
    )
    assert reply.status_code == 200
    return reply.json()


def test_every_stop_of_the_list_has_its_lines_in_order_and_the_way_home(client, run_id):
    listed = client.get(f"/api/v1/runs/{run_id}").json()["stops"]

    told = ask(client, run_id, "en")

    assert [each["stop_id"] for each in told["stops"]] == [
        each["stop_id"] for each in listed
    ]
    for stop, way in zip(listed, told["stops"], strict=True):
        assert bool(way["lines"]) == (stop["kind"] != "break")
        if way["lines"]:
            last = way["lines"][-1]
            assert last["kind"] == "arrive"
            assert ("facility" in last["text"]) == (stop["kind"] == "tip")
    assert "depot" in told["home"][-1]["text"]


def test_a_line_has_words_a_sign_and_a_place(client, run_id):
    (*_, line) = (
        line
        for way in ask(client, run_id, "en")["stops"]
        for line in way["lines"]
        if line["kind"] == "turn"
    )

    assert line["text"].startswith(("Turn", "Bear", "Continue", "Go"))
    assert line["along"].startswith("for ")
    assert line["distance_m"] > 0
    assert line["bend"]
    assert (line["lat_deg"], line["lon_deg"]) == pytest.approx((60.17, 24.94), abs=0.02)


def test_directions_come_in_the_language_that_is_asked_for(client, run_id):
    by_name = ask(client, run_id, "de")
    by_header = ask(client, run_id, **{"Accept-Language": "sv, de-CH;q=0.7"})
    unknown = ask(client, run_id, "sv", **{"Accept-Language": "de"})

    assert by_name["language"] == "de"
    assert by_name["home"][-1]["text"].startswith(("Das Depot", "Sie sind am Depot"))
    assert by_header == by_name
    assert unknown["language"] == "en"


def test_without_a_street_map_there_are_no_lines(
    client, connection, busy_city, city_settings
):
    connection.execute("UPDATE organisation SET city = NULL")
    plan_next_day(connection, city_settings, service_day=MONDAY)
    run = client.get("/api/v1/runs").json()[0]

    told = ask(client, run["run_id"])

    assert told["home"] == []
    assert all(each["lines"] == [] for each in told["stops"])


def test_a_run_that_is_in_no_plan_in_force_has_no_directions(client, busy_city):
    reply = client.get("/api/v1/runs/999999/directions")

    assert reply.status_code == 404
    assert "999999" in reply.json()["detail"]
