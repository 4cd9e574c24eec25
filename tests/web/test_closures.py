"""Streets are shut and opened again over the API."""

import json
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime

import pytest

from tests.services.application import listening_to_events
from tests.services.city import MORNING

ANNANKATU = {"lat_deg": 60.16632, "lon_deg": 24.93745}
NEW_YEAR = "2027-01-01T10:00:00Z"


def shut(client, **fields):
    return client.post("/api/v1/closures", json=ANNANKATU | fields)


@pytest.fixture
def annankatu_way(client, small_city):
    return client.get("/api/v1/streets/nearest", params=ANNANKATU).json()["way"]


def test_the_street_at_a_point_is_shown_before_it_is_shut(client, small_city):
    found = client.get("/api/v1/streets/nearest", params=ANNANKATU).json()

    assert found["street"] == "Annankatu"
    assert found["way"] > 0
    (line,) = found["lines"]
    assert len(line) >= 2
    assert all(24.93 < lon < 24.95 and 60.16 < lat < 60.17 for lon, lat in line)


def test_a_street_is_shut_from_now_on_and_drawn_where_it_is(client, small_city):
    asked = shut(client, reason="parade", to_at=NEW_YEAR)

    assert asked.status_code == 201
    (listed,) = client.get("/api/v1/closures").json()
    assert listed == asked.json()
    assert (listed["street"], listed["reason"]) == ("Annankatu", "parade")
    assert datetime.fromisoformat(listed["from_at"]) >= MORNING
    assert datetime.fromisoformat(listed["to_at"]) == datetime(
        2027, 1, 1, 10, tzinfo=UTC
    )
    assert listed["weight_t"] is None
    nearest = client.get("/api/v1/streets/nearest", params=ANNANKATU).json()
    assert listed["lines"] == nearest["lines"]


def test_a_street_that_small_vehicles_may_use_keeps_its_limits(client, small_city):
    shut(client, weight_t=7.5, height_m=3.2)

    (listed,) = client.get("/api/v1/closures").json()
    assert (listed["weight_t"], listed["height_m"]) == (7.5, 3.2)
    assert listed["to_at"] is None


def test_a_whole_way_is_shut_and_drawn_as_one_line(client, annankatu_way):
    body = {"way": annankatu_way}
    asked = client.post("/api/v1/closures", json=body)

    assert asked.status_code == 201
    assert asked.json()["street"] == "Annankatu"
    assert len(asked.json()["lines"]) == 1


def test_what_is_to_come_is_listed_and_what_is_over_is_not(
    client, small_city, connection
):
    shut(client, from_at="2026-12-24T06:00:00Z", reason="to come")
    shut(client, reason="over")
    connection.execute(
        "UPDATE road_closure SET from_at = '2026-01-01', to_at = '2026-01-02'"
        " WHERE reason = 'over'"
    )

    listed = client.get("/api/v1/closures").json()

    assert [each["reason"] for each in listed] == ["to come"]


def test_a_street_is_opened_again_once(client, small_city):
    number = shut(client).json()["closure_id"]

    assert client.delete(f"/api/v1/closures/{number}").status_code == 204

    assert client.get("/api/v1/closures").json() == []
    again = client.delete(f"/api/v1/closures/{number}")
    assert again.status_code == 404
    assert again.json()["detail"] == f"there is no closure {number} in force"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"weight_t": 0}, "weight_t must be above 0"),
        ({"height_m": -2}, "height_m must be above 0"),
        ({"lat_deg": 91}, "lat_deg must be within -90..90"),
        ({"lon_deg": None}, "lon_deg belongs to lat_deg"),
        ({"way": 7}, "way or a point, not both"),
        ({"lat_deg": None, "lon_deg": None}, "way or lat_deg and lon_deg"),
        ({"to_at": "2026-11-20T00:00:00Z"}, "to_at must be later than now"),
        (
            {"from_at": NEW_YEAR, "to_at": "2026-12-31T00:00:00Z"},
            "to_at must be later than from_at",
        ),
        ({"to_at": "2027-01-01T10:00:00"}, "to_at needs a time zone"),
        ({"reason": "x" * 201}, "reason must not be longer than 200 characters"),
    ],
)
def test_what_means_nothing_is_refused_by_the_name_of_its_field(
    client, small_city, fields, named
):
    refused = shut(client, **fields)

    assert refused.status_code == 422
    assert named in refused.json()["detail"]
    assert client.get("/api/v1/closures").json() == []


def test_a_limit_that_is_misspelt_does_not_shut_the_street_to_everybody(
    client, small_city
):
    refused = shut(client, max_weight_t=7.5)

    assert refused.status_code == 422
    assert "max_weight_t" in refused.text


def test_where_there_is_no_street_nothing_is_shut(client, small_city):
    at_sea = {"lat_deg": 60.0, "lon_deg": 24.9}

    for refused in (
        client.get("/api/v1/streets/nearest", params=at_sea),
        client.post("/api/v1/closures", json=at_sea),
    ):
        assert refused.status_code == 404
        assert refused.json()["detail"] == "60.0, 24.9 is no street of helsinki"
    unknown = client.post("/api/v1/closures", json={"way": 2**70})
    assert unknown.status_code == 404


def test_without_a_street_map_that_is_said(client, small_city, connection):
    connection.execute("UPDATE organisation SET city = NULL")

    refused = shut(client)

    assert refused.status_code == 409
    assert "no street map" in refused.json()["detail"]


def test_a_closure_outlives_the_map_that_it_was_drawn_on(
    client, small_city, connection
):
    shut(client, reason="weak bridge")
    connection.execute("UPDATE organisation SET city = NULL")

    (listed,) = client.get("/api/v1/closures").json()

    assert (listed["reason"], listed["street"]) == ("weak bridge", None)
    assert listed["lines"] == []


def test_before_anything_was_set_up_no_street_is_shut(client):
    assert client.get("/api/v1/closures").json() == []
    assert shut(client).status_code == 404


def test_pages_hear_that_a_street_was_shut_and_opened(
    connection, small_city, application_url
):
    def ask(method, path, body=None):
        request = urllib.request.Request(
            application_url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    with listening_to_events(application_url) as ear:
        number = json.loads(ask("POST", "/api/v1/closures", ANNANKATU))["closure_id"]
        assert ear.wait_for("closures") == {"closure_id": number}

        ask("DELETE", f"/api/v1/closures/{number}")
        assert ear.wait_for("closures") == {"closure_id": number}


def test_the_application_starts_without_the_libraries_of_the_street_map():
    loaded = subprocess.run(
        [sys.executable, "-c", "import backend.web.app, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "fastapi" in loaded
    assert not {"numpy", "scipy", "routing.roads"} & set(loaded)
