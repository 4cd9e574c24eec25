"""The application and the gateways agree whose message it is, and which partition's."""

import json

import pytest

from backend.inbox.addressing import partition_of as partition_of_kept
from backend.inbox.addressing import read_posted
from gateway.foreign.opening import address
from gateway.topic import partition_of
from tests.services.uplinks import CHIRPSTACK_EXAMPLE, THINGS_STACK_EXAMPLE

BODIES = [
    CHIRPSTACK_EXAMPLE,
    THINGS_STACK_EXAMPLE,
    {"device": "bin-17", "v": 1, "records": []},
    CHIRPSTACK_EXAMPLE | {"end_device_ids": {"dev_eui": "00000000000000FF"}},
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("is_list", [False, True])
def test_a_posted_message_goes_to_the_gateway_of_its_device(body, is_list):
    (posted,) = read_posted(json.dumps([body] if is_list else body).encode())

    device = address(posted.topic, posted.payload)

    assert posted.device == device
    assert posted.partition == partition_of(device)
    assert partition_of_kept(posted.topic, posted.payload) == partition_of(device)


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("plant/7", b"what is this"),
        ("plant/7", b"[" * 5000),
        ("plant/7", b'{"deviceInfo": {"devEui": 7}, "device": "\\ud800"}'),
        ("plant/7", b"7"),
    ],
)
def test_what_names_no_device_goes_to_whoever_has_the_first_partition(topic, payload):
    assert partition_of_kept(topic, payload) == 0
