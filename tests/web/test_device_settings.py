"""Settings of a device over the API."""

ADD = "INSERT INTO device (device, kind) VALUES ('bin-1', 'test')"
URL = "/api/v1/devices/bin-1/settings"


def test_what_is_desired_is_shown_until_the_device_answers(client, connection):
    connection.execute(ADD)

    asked = client.put(URL, json={"desired": {"measure_every_s": 600}})
    shown = client.get(URL)

    assert asked.status_code == shown.status_code == 200
    assert asked.json() == shown.json()
    assert shown.json()["desired"] == {"measure_every_s": 600}
    assert (shown.json()["revision"], shown.json()["reported_revision"]) == (1, None)


def test_what_is_put_is_all_that_is_desired(client, connection):
    connection.execute(ADD)
    client.put(URL, json={"desired": {"delta_mm": 50}})

    again = client.put(URL, json={"desired": {"report_every": 6}})

    assert again.json()["desired"] == {"report_every": 6}
    assert again.json()["revision"] == 2


def test_what_cannot_be_asked_for_says_why(client, connection):
    connection.execute(ADD)

    fraction = client.put(URL, json={"desired": {"delta_mm": 1.5}})
    nameless = client.put(URL, json={"desired": {"Delta": 1}})
    stranger = client.put("/api/v1/devices/nobody/settings", json={"desired": {}})

    assert (fraction.status_code, nameless.status_code) == (422, 422)
    assert nameless.json()["detail"] == "Delta: a name is of a-z 0-9 _"
    assert stranger.status_code == 404
    assert client.get("/api/v1/devices/nobody/settings").status_code == 404
