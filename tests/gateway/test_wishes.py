"""Settings at the gateway: what devices are told, what they say is written down."""

import json

import psycopg
import pytest

from backend.inbox.wishes import WishError, ask
from backend.store.device_settings import DeviceSettings, load_device_settings
from gateway.errors import PayloadError
from gateway.storing.wishes import repeat_wishes, take_wishes, write_reported
from gateway.wire.setting import decode_reported
from tests.services.devices import PATIENCE_S
from tests.services.wire import topic

EVERYWHERE = range(64)
CHANGES = """
SELECT revision, desired, changed_by FROM device_setting_change ORDER BY revision"""


def answer(revision: int, **members: object) -> bytes:
    said = {"v": 1, "revision": revision, "firmware": 3, "board": "esp32"}
    return json.dumps(said | {"settings": {}, "refused": {}} | members).encode()


def hear(conn: psycopg.Connection, name: str, payload: bytes) -> bool:
    return write_reported(conn, name, decode_reported(payload))


def wish(conn: psycopg.Connection, name: str, **settings: object) -> DeviceSettings:
    found = ask(conn, name, settings, changed_by="anna", is_whole=False)
    assert found is not None
    return found


def told(conn: psycopg.Connection) -> list[tuple[int, dict[str, object], bool]]:
    wishes = take_wishes(conn, EVERYWHERE)
    return [(each.revision, dict(each.settings), each.is_open) for each in wishes]


def test_a_wish_is_told_once_and_again_after_the_broker_forgot(at_noon, bin_1):
    name, _ = bin_1
    wish(at_noon, name, measure_every_s=600)

    assert told(at_noon) == [(1, {"measure_every_s": 600}, True)]
    assert told(at_noon) == []
    repeat_wishes(at_noon, EVERYWHERE)
    assert told(at_noon) == [(1, {"measure_every_s": 600}, True)]


def test_a_wish_that_was_answered_is_taken_away_and_not_repeated(at_noon, bin_1):
    name, _ = bin_1
    wish(at_noon, name, delta_mm=0)
    told(at_noon)

    hear(at_noon, name, answer(1, refused={"delta_mm": "1 to 20000 wanted, not 0"}))

    assert told(at_noon) == [(1, {"delta_mm": 0}, False)]
    repeat_wishes(at_noon, EVERYWHERE)
    assert told(at_noon) == []
    found = load_device_settings(at_noon, name)
    assert found is not None
    assert (found.reported_revision, found.firmware, found.board) == (1, 3, "esp32")
    assert found.refused == {"delta_mm": "1 to 20000 wanted, not 0"}


def test_a_device_that_lost_its_settings_is_told_again(at_noon, bin_1):
    name, _ = bin_1
    wish(at_noon, name, report_every=6)
    hear(at_noon, name, answer(1))
    told(at_noon)

    hear(at_noon, name, answer(0))

    assert told(at_noon) == [(1, {"report_every": 6}, True)]


def test_a_device_of_which_nobody_wishes_anything_is_told_nothing(at_noon, bin_1):
    name, _ = bin_1

    assert hear(at_noon, name, answer(0))
    assert told(at_noon) == []
    assert not hear(at_noon, "stranger", answer(0))


def test_every_wish_is_written_down_and_the_same_again_is_none(at_noon, bin_1):
    name, _ = bin_1
    wish(at_noon, name, report_every=6)
    wish(at_noon, name, report_every=6)
    wish(at_noon, name, delta_mm=50)
    found = wish(at_noon, name, report_every=None)

    assert (found.revision, found.desired) == (3, {"delta_mm": 50})
    assert at_noon.execute(CHANGES).fetchall() == [
        (1, {"report_every": 6}, "anna"),
        (2, {"report_every": 6, "delta_mm": 50}, "anna"),
        (3, {"delta_mm": 50}, "anna"),
    ]


@pytest.mark.parametrize(
    "settings",
    [{"Delta": 1}, {"delta_mm": 1.5}, {"delta_mm": []}, {"note": "x" * 900}],
)
def test_what_no_device_could_be_told_is_refused(at_noon, bin_1, settings):
    name, _ = bin_1

    with pytest.raises(WishError):
        wish(at_noon, name, **settings)


@pytest.mark.parametrize(
    "payload",
    [
        b"\x01",
        b"{}",
        b"[" * 4000,
        answer(-1),
        answer(1, v=2),
        answer(1, board=None),
        answer(1, settings=[]),
        answer(1, refused={"x": "y" * 5000}),
    ],
)
def test_an_answer_that_is_none_says_why(payload):
    with pytest.raises(PayloadError, match=r"."):
        decode_reported(payload)


@pytest.mark.usefixtures("gateway_process")
def test_a_wish_goes_to_the_device_and_its_answer_into_the_database(connection, device):
    device.client.subscribe(topic(device.name, "desired"), qos=1)
    wish(connection, device.name, measure_every_s=600)

    message = device.hear()
    assert json.loads(message.payload) == {
        "v": 1,
        "revision": 1,
        "settings": {"measure_every_s": 600},
    }
    device.say(
        answer(1, settings={"measure_every_s": 600}),
        on=topic(device.name, "reported"),
    )
    assert device.heard.get(timeout=PATIENCE_S).payload == b""  # it is taken away
    found = load_device_settings(connection, device.name)
    assert found is not None
    assert found.reported == {"measure_every_s": 600}
