"""Alarms over the API: listed, acknowledged, ruled, told."""

import pytest

from backend.alarms.looking import look_at_slots, sweep
from tests.services.alarms import Said, hours, report, stand_at
from tests.services.application import listening_to_events
from tests.services.city import MORNING


@pytest.fixture
def burning(connection, small_city):
    """A bin that burns, and one that fell over before."""
    stand_at(connection, MORNING)
    tilted = [Said(at=MORNING - hours(each), tilt_deg=80) for each in (3, 2)]
    report(connection, small_city["T-2"], tilted)
    report(
        connection, small_city["T-1"], [Said(at=MORNING - hours(1), temperature_c=70.0)]
    )
    look_at_slots(connection, list(small_city.values()))
    return small_city["T-1"]


def test_what_is_open_is_listed_the_gravest_first(client, burning):
    fire, tilt = client.get("/api/v1/alarms").json()

    assert (fire["kind"], fire["severity"], fire["code"]) == ("fire", "critical", "T-1")
    assert (fire["name"], fire["what"]) == ("Fire", "70 °C")
    assert fire["began_at"] == "2026-11-23T02:30:00Z"
    assert tilt["kind"] == "tilt"


def test_the_bin_shows_its_alarms(client, burning):
    shown = client.get(f"/api/v1/bins/{burning}").json()["bin"]

    assert shown["alarms"] == ["fire"]


def test_who_acknowledges_first_has_it_and_it_stays_open(client, burning):
    fire, _ = client.get("/api/v1/alarms").json()
    path = f"/api/v1/alarms/{fire['alarm_id']}/acknowledge"

    first = client.post(path, json={"by": "Aino"}).json()
    second = client.post(path).json()

    assert first["acknowledged_by"] == second["acknowledged_by"] == "Aino"
    assert len(client.get("/api/v1/alarms").json()) == 2
    assert client.post("/api/v1/alarms/999/acknowledge").status_code == 404


def test_what_is_over_is_history(client, burning, connection):
    cool = [Said(at=MORNING + hours(each)) for each in (0, 1)]
    report(connection, burning, cool)
    stand_at(connection, MORNING + hours(2))
    sweep(connection)

    assert [each["kind"] for each in client.get("/api/v1/alarms").json()] == [
        "gateway",
        "tilt",
    ]
    span = {"from_at": (MORNING - hours(9)).isoformat()}
    history = client.get("/api/v1/alarms", params=span).json()
    (fire,) = (each for each in history if each["kind"] == "fire")
    assert fire["cleared_at"] is not None
    later = {"from_at": (MORNING + hours(3)).isoformat(), "to_at": "2026-11-30T00:00Z"}
    kinds = {each["kind"] for each in client.get("/api/v1/alarms", params=later).json()}
    assert "fire" not in kinds


def test_rules_are_changed_one_limit_at_a_time_and_taken_back(client, small_city):
    changed = client.put(
        "/api/v1/alarm-rules/fire",
        json={"stream": "batteries", "limits": {"hot_c": 55}, "repeat_every_s": 300},
    )

    assert changed.json()["limits"]["hot_c"] == 55
    assert changed.json()["limits"]["cool_c"] == 50
    fires = [x for x in client.get("/api/v1/alarm-rules").json() if x["kind"] == "fire"]
    assert [(x["stream"], x["limits"]["hot_c"]) for x in fires] == [
        (None, 60),
        ("batteries", 55),
    ]
    client.delete("/api/v1/alarm-rules/fire", params={"stream": "batteries"})
    rules = client.get("/api/v1/alarm-rules").json()
    assert all(each["stream"] is None for each in rules)


@pytest.mark.parametrize(
    ("kind", "body", "named"),
    [
        ("fire", {"limits": {"cool_c": 70}}, "cool_c must be below hot_c"),
        ("fire", {"limits": {"hot": 70}}, "hot is no limit of it: fire has hot_c"),
        ("tilt", {"limits": {"records": 1.5}}, "records must be 1..100"),
        ("silent", {"limits": {"intervals": 0}}, "intervals must be above 0"),
        ("flood", {}, "flood is no kind of alarm"),
        ("fire", {"stream": "gold"}, "gold is no stream"),
        ("fire", {"repeat_every_s": -1}, "repeat_every_s must be 0 or more"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(client, small_city, kind, body, named):
    refused = client.put(f"/api/v1/alarm-rules/{kind}", json=body)

    assert refused.status_code == 422
    assert named in refused.json()["detail"]


def test_a_webhooks_secret_is_shown_once(client, small_city):
    asked = {"medium": "webhook", "address": "https://example.org/alarms"}
    opened = client.post("/api/v1/alarm-channels", json=asked)

    assert opened.status_code == 201
    secret = opened.json()["secret"]
    assert secret.startswith("whsec_")
    listed = client.get("/api/v1/alarm-channels")
    assert listed.json()[0]["address"] == "https://example.org/alarms"
    assert secret not in listed.text
    path = f"/api/v1/alarm-channels/{opened.json()['channel_id']}"
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert client.get("/api/v1/alarm-channels").json() == []


def test_open_pages_hear_of_an_alarm_and_of_its_bin(
    connection, small_city, application_url
):
    slot_id = small_city["T-1"]
    with listening_to_events(application_url) as ear:
        report(connection, slot_id, [Said(at=MORNING, temperature_c=70.0)])
        look_at_slots(connection, [slot_id])

        assert ear.wait_for("alarm") == {"open_count": 1}
        (changed,) = ear.wait_for("bins")["features"]
        assert changed["properties"]["alarms"] == ["fire"]
