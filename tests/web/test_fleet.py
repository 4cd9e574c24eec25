"""How devices stand with versions and settings, over the API."""

import json

import pytest

from gateway.storing.updates import end_update
from gateway.storing.wishes import write_reported
from gateway.wire.setting import decode_reported
from gateway.wire.update import Outcome

DEVICES = "/api/v1/devices"
ADD_DEVICES = """
INSERT INTO device (device, kind)
SELECT 'bin-' || number, 'ullage-esp32' FROM generate_series(1, 40) AS number"""
ADD_RELEASE = """
INSERT INTO firmware_release (version, board, first_revision, last_revision, battery_mv,
    key_id, manifest_bytes, image, loader, published_at)
VALUES (%s, 'esp32', 1, 1, 3500, 'abcd1234', 10, '\\x00112233', '', clock_now())"""
OFFER_OF = """
SELECT device_update_id FROM device_update JOIN device USING (device_id)
WHERE device = %s ORDER BY device_update_id DESC LIMIT 1"""


@pytest.fixture
def fleet(connection):
    """Forty devices of ours, and versions 2 and 3 to be had."""
    connection.execute(ADD_DEVICES)
    connection.execute(ADD_RELEASE, (2,))
    connection.execute(ADD_RELEASE, (3,))
    return connection


def report(conn, device, *, version=1, revision=0, refused=None):
    said = {"v": 1, "revision": revision, "firmware": version, "board": "esp32"}
    said |= {"settings": {}, "refused": refused or {}}
    assert write_reported(conn, device, decode_reported(json.dumps(said).encode()))


def end(conn, device, state, reason=""):
    ((offer,),) = conn.execute(OFFER_OF, (device,)).fetchall()
    end_update(conn, device, Outcome(offer, state, reason))


def of(client, version):
    releases = client.get("/api/v1/firmware").json()["releases"]
    return next(each for each in releases if each["version"] == version)


def test_what_runs_on_a_device_is_known_before_anything_was_offered(client, fleet):
    report(fleet, "bin-7", version=1)

    seven = client.get(f"{DEVICES}/bin-7").json()
    assert (seven["version"], seven["board"], seven["offer_state"]) == (
        1,
        "esp32",
        None,
    )
    assert client.get(f"{DEVICES}/bin-8").json()["version"] is None
    assert client.get(f"{DEVICES}/bin-8").json()["board"] == "esp32"  # by its kind
    assert client.get("/api/v1/firmware").json()["running"] == [
        {"board": "esp32", "version": 1, "device_count": 1},
        {"board": "esp32", "version": None, "device_count": 39},
    ]
    assert client.get(f"{DEVICES}/nobody").status_code == 404


def test_the_newest_word_of_a_device_says_what_runs_on_it(client, fleet):
    report(fleet, "bin-7", version=1)
    client.post("/api/v1/firmware/esp32/2/offers", json={"devices": ["bin-7"]})
    end(fleet, "bin-7", "confirmed")
    assert client.get(f"{DEVICES}/bin-7").json()["version"] == 2
    assert of(client, 2)["running_count"] == 1

    report(fleet, "bin-7", version=1)  # somebody flashed it anew
    assert client.get(f"{DEVICES}/bin-7").json()["version"] == 1


def test_a_version_is_offered_to_a_growing_share_and_watched(client, fleet):
    url = "/api/v1/firmware/esp32/3"
    foreseen = client.get(f"{url}/share", params={"percent": 20}).json()
    first = client.post(f"{url}/offers", json={"percent": 20, "by": "Aino"}).json()
    assert first == foreseen
    assert 0 < first["offered"] < 40

    chosen = client.get(f"{url}/offers", params={"state": "offered"}).json()
    assert {each["offered_by"] for each in chosen} == {"Aino"}
    good, bad = (each["device"] for each in chosen[:2])
    end(fleet, good, "confirmed")
    end(fleet, bad, "refused", "battery 3400 mV")

    assert of(client, 3)["states"] == {
        "offered": first["offered"] - 2,
        "confirmed": 1,
        "refused": 1,
    }
    (refusal,) = client.get(f"{url}/offers", params={"state": "refused"}).json()
    assert (refusal["device"], refusal["reason"]) == (bad, "battery 3400 mV")
    # Who refused is asked again, and counted once.
    again = client.post(f"{url}/offers", json={"percent": 100}).json()
    assert again == {"offered": 41 - first["offered"], "already": first["offered"] - 1}
    assert of(client, 3)["states"] == {"offered": 39, "confirmed": 1}


def test_what_cannot_be_offered_says_why(client, fleet):
    fleet.execute(
        "UPDATE firmware_release SET stop_reason = 'bin-7 went back' WHERE version = 2"
    )
    url = "/api/v1/firmware/esp32"

    stopped = client.post(f"{url}/2/offers", json={})
    missing = client.post(f"{url}/9/offers", json={})
    stranger = client.post(f"{url}/3/offers", json={"devices": ["bin-x"]})

    assert (stopped.status_code, missing.status_code) == (422, 404)
    assert "version 2 was stopped, bin-7 went back" in stopped.json()["detail"]
    assert stranger.json()["detail"] == "there is no device bin-x"
    assert client.post(f"{url}/3/offers", json={"percent": 0}).status_code == 422


def test_devices_are_found_by_words_and_by_what_is_the_matter(client, fleet):
    for name in ("bin-7", "bin-8"):
        client.put(f"{DEVICES}/{name}/settings", json={"desired": {"delta_mm": 0}})
    report(fleet, "bin-7", revision=1, refused={"delta_mm": "1 to 20000 wanted"})
    client.post("/api/v1/firmware/esp32/3/offers", json={"devices": ["bin-9"]})

    found = client.get(DEVICES, params={"concern": "refused"}).json()
    (seven,) = found["devices"]
    assert (seven["device"], seven["refused_settings"]) == ("bin-7", ["delta_mm"])
    assert found["counts"] == {"all": 40, "waiting": 2, "refused": 1, "silent": 0}
    waiting = client.get(DEVICES, params={"concern": "waiting"}).json()["devices"]
    assert [each["device"] for each in waiting] == ["bin-8", "bin-9"]
    named = client.get(DEVICES, params={"words": "BIN-1", "limit": 2}).json()
    assert [each["device"] for each in named["devices"]] == [
        "bin-1",
        "bin-10",
    ]  # of 11, in the order of their numbers
    assert named["counts"]["all"] == 11


@pytest.mark.usefixtures("fleet")
def test_who_asked_for_what_is_kept_and_nobody_overrides_what_he_did_not_see(client):
    url = f"{DEVICES}/bin-1/settings"
    asked = {"desired": {"delta_mm": 50}, "seen_revision": 0, "by": "Aino"}
    assert client.put(url, json=asked).status_code == 200

    late = client.put(url, json={"desired": {"delta_mm": 60}, "seen_revision": 0})

    assert late.status_code == 409
    assert "meanwhile" in late.json()["detail"]
    (change,) = client.get(f"{url}/changes").json()
    assert (change["changed_by"], change["desired"]) == ("Aino", {"delta_mm": 50})


def test_settings_are_listed_with_their_limits(client):
    listed = client.get("/api/v1/device-settings").json()

    assert listed[0] == {
        "name": "measure_every_s",
        "unit": "s",
        "least": 10,
        "most": 86_400,
        "default": 900,
    }
