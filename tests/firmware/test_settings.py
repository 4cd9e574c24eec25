"""What the backend desires reaches a bin, is checked there and confirmed."""

import json
import threading

import pytest
from binnode.memory.journal import Journal

REPORTED_TOPIC = "ullage/1/6/bin-1/reported"
DESIRED_TOPIC = "ullage/1/6/bin-1/desired"


class Desk:
    """The gateway's end: desires, and hears what is reported."""

    def __init__(self, client):
        self._client = client
        self.heard = []
        self._is_heard = threading.Event()
        client.message_callback_add(REPORTED_TOPIC, self._hear)
        client.subscribe(REPORTED_TOPIC, qos=1)

    def _hear(self, _client, _data, message):
        self.heard.append(json.loads(message.payload))
        self._is_heard.set()

    def desire(self, revision, **settings):
        said = {"v": 1, "revision": revision, "settings": settings}
        self.say(json.dumps(said).encode())

    def say(self, payload):
        self._client.publish(DESIRED_TOPIC, payload, qos=1, retain=True)

    def next(self):
        assert self._is_heard.wait(5)
        self._is_heard.clear()
        return self.heard[-1]


@pytest.fixture
def desk(gateway):
    desk = Desk(gateway.client)
    yield desk
    desk.say(b"")


def test_a_new_bin_says_what_it_is(device, desk):
    device.wake_quietly()

    assert desk.next() == {
        "v": 1,
        "revision": 0,
        "firmware": 0,
        "board": "esp32",
        "settings": {},
        "refused": {},
    }


def test_what_is_desired_counts_from_the_next_wake_on_and_is_confirmed(device, desk):
    desk.desire(3, measure_every_s=600, delta_mm=0)
    device.wake_quietly()
    assert desk.next()["revision"] == 0
    device.wake_quietly(distance_mm=500)

    said = desk.next()
    assert (said["revision"], said["settings"]) == (3, {"measure_every_s": 600})
    assert said["refused"] == {"delta_mm": "delta_mm: 1 to 20000 wanted, not 0"}
    sleep_ms = device.wake().sleep_ms
    assert sleep_ms is not None
    assert 570_000 < sleep_ms <= 600_000


def test_it_is_said_in_every_session_until_the_wish_is_taken_away(device, desk):
    desk.desire(3, report_every=1)
    for _ in range(3):
        device.wake_quietly()
    desk.say(b"")
    device.wake_quietly()
    written = (device.folder / "settings.json").stat().st_mtime_ns
    device.wake_quietly()
    device.wake_quietly()

    assert [each["revision"] for each in desk.heard] == [0, 3, 3, 3]
    assert (device.folder / "settings.json").stat().st_mtime_ns == written


def test_settings_outlive_the_battery(device, desk):
    desk.desire(3, measure_every_s=600)
    device.wake_quietly()
    desk.say(b"")
    (device.folder / "rtc_memory").unlink()
    wake = device.wake()

    assert wake.sleep_ms is not None
    assert wake.sleep_ms <= 600_000
    assert desk.heard[-1]["revision"] == 3


@pytest.mark.parametrize(
    "nonsense", [b"no JSON", b"[]", b'{"v":2,"revision":3,"settings":{"delta_mm":5}}']
)
def test_nonsense_is_not_kept(device, desk, nonsense):
    desk.say(nonsense)
    device.wake_quietly()

    assert not (device.folder / "settings.json").exists()
    assert desk.next()["revision"] == 0


def test_a_damaged_file_of_settings_does_not_stop_a_bin(device, desk):
    (device.folder / "settings.json").write_text('{"revision": 3, "sett', "utf-8")
    device.wake_quietly()

    assert desk.next()["revision"] == 0
    kept = Journal(1)
    assert kept.unseal((device.folder / "rtc_memory").read_bytes())
    assert kept.is_told
