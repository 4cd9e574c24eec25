"""What network servers wrap around a frame."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.errors import PayloadError
from gateway.foreign.opening import address, is_for, open_envelope, open_payload
from gateway.topic import partition_of
from tests.services.uplinks import (
    CHIRPSTACK_EXAMPLE,
    DEV_EUI,
    THINGS_STACK_EXAMPLE,
    chirpstack,
    things_stack,
)
from tests.services.wire import NOON, topic

RECEIVED_AT = NOON + timedelta(seconds=5)
TOPICS = [
    "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/0101010101010101/event/up",
    "v3/app1@tenant1/devices/dev1/up",
]


def changed(example: dict[str, Any], *path: str, to: object) -> bytes:
    body = json.loads(json.dumps(example))
    place = body
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return json.dumps(body).encode()


def test_the_published_uplink_of_chirpstack():
    uplink = open_envelope(json.dumps(CHIRPSTACK_EXAMPLE).encode())

    assert (uplink.device, uplink.f_port) == ("0101010101010101", 1)
    assert uplink.payload == b"\xaa"
    assert uplink.heard_at == datetime(2022, 7, 18, 9, 34, 15, 775023, UTC)


def test_the_published_uplink_of_the_things_stack():
    uplink = open_envelope(json.dumps(THINGS_STACK_EXAMPLE).encode())

    assert (uplink.device, uplink.f_port) == ("0004a30b001c0530", None)
    assert uplink.payload == b"\x82\x41\xde"
    assert uplink.heard_at == datetime(2020, 2, 12, 15, 15, 45, 789585, UTC)
    assert uplink.decoded == {"temperature": 1.0, "luminosity": 0.64}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "not JSON"),
        (b"[]", "message: an object is expected"),
        (b"{}", "no member says which device"),
        (b"[" * 5000, "nested too deeply"),
        (b"{" + b" " * 65_536, "more than the limit, 65536"),
        (b'{"device": "Bin 1"}', "device: 1 to 32 of a-z"),
        (b'{"device": 7}', "device: a text is expected, not 7"),
        (changed(CHIRPSTACK_EXAMPLE, "deviceInfo", to=3), "deviceInfo: an object"),
        (changed(CHIRPSTACK_EXAMPLE, "deviceInfo", "devEui", to="00ff"), "devEui: 16"),
        (changed(CHIRPSTACK_EXAMPLE, "data", to="§"), "data: base64 is expected"),
        (changed(CHIRPSTACK_EXAMPLE, "data", to=None), "data: a text is expected"),
        (changed(CHIRPSTACK_EXAMPLE, "object", to=[1]), "object: an object"),
        (changed(CHIRPSTACK_EXAMPLE, "time", to="soon"), "time: a time like"),
        (
            changed(THINGS_STACK_EXAMPLE, "uplink_message", to=None),
            "uplink_message: an",
        ),
        (
            changed(THINGS_STACK_EXAMPLE, "end_device_ids", "dev_eui", to=9),
            "dev_eui: a",
        ),
        (
            changed(THINGS_STACK_EXAMPLE, "uplink_message", "frm_payload", to="a"),
            "frm_payload: base64 is expected",
        ),
    ],
)
def test_an_envelope_that_cannot_be_opened_names_the_member(payload, reason):
    with pytest.raises(PayloadError) as error:
        address("any/topic", payload)

    assert reason in str(error.value)


def test_an_uplink_that_nobody_dated_has_no_place_in_time():
    payload = chirpstack(bytes.fromhex("0D3B0AEF00000001"), fPort=2, time=None)

    with pytest.raises(PayloadError, match="measured_at: missing, and no server"):
        open_payload(TOPICS[0], payload, RECEIVED_AT, kind="dragino-dds75")


def test_a_message_that_names_its_device_may_come_on_any_topic():
    text = {
        "v": 1,
        "device": "bin-1",
        "records": [{"measured_at": NOON.isoformat(), "distance_mm": 640}],
    }
    payload = json.dumps(text).encode()

    assert address("plant/7", payload) == "bin-1"
    (record,) = open_payload("plant/7", payload, RECEIVED_AT, kind="other").records
    assert record.distance_mm == 640  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("where", "payload"),
    [
        (TOPICS[0], chirpstack(b"")),
        (TOPICS[1], things_stack(b"")),
        (TOPICS[1], b"what is this"),
    ],
)
def test_of_all_gateways_exactly_one_takes_an_uplink(where, payload):
    takers = [each for each in range(64) if is_for({each}, where, payload)]

    assert len(takers) == 1


def test_a_device_has_one_partition_however_its_messages_come():
    mine = {partition_of(DEV_EUI.lower())}

    assert is_for(mine, TOPICS[0], chirpstack(b""))
    assert is_for(mine, TOPICS[1], things_stack(b""))
    assert is_for(mine, topic(DEV_EUI.lower()), b"")
