"""What a broker sends, cut into messages: made here by the standard, once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.broker.packets import (
    MAX_PAYLOAD_BYTES,
    Packets,
    Publish,
    encode_publish,
)
from gateway.errors import BrokerError

PINGRESP = b"\xd0\x00"
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ids = st.one_of(st.just(b""), st.integers(1, 65535).map(lambda n: n.to_bytes(2, "big")))
messages = st.builds(Publish, ids, names, st.binary(max_size=300))
streams = st.lists(messages, max_size=8)


def variable(number: int) -> bytes:
    """Encode a length in base 128 (MQTT 5, 1.5.5)."""
    low, high = number % 128, number // 128
    return bytes([low | 128]) + variable(high) if high else bytes([low])


def packet(message: Publish, properties: bytes | None = None) -> bytes:
    """Make a PUBLISH; with properties it is of MQTT 5."""
    name = message.topic.encode()
    body = len(name).to_bytes(2, "big") + name + message.packet_id
    if properties is not None:
        body += variable(len(properties)) + properties
    body += message.payload
    first = 0x32 if message.packet_id else 0x30
    return bytes([first]) + variable(len(body)) + body


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """Cut a stream into the chunks that a network makes of it."""
    ends = sorted(place % (len(data) + 1) for place in places)
    return [
        data[start:end]
        for start, end in zip([0, *ends], [*ends, len(data)], strict=True)
    ]


@given(sent=streams, places=st.lists(st.integers(0, 10_000), max_size=12))
def test_however_a_stream_is_cut_the_messages_are_the_same(sent, places):
    data = PINGRESP.join(packet(each) for each in sent)
    packets = Packets(is_version_5=False)

    found = [each for chunk in cut(data, places) for each in packets.feed(chunk)]

    assert found == sent


@given(
    sent=streams,
    properties=st.binary(max_size=200),
    places=st.lists(st.integers(0, 10_000), max_size=4),
)
def test_properties_of_mqtt_5_are_passed_over(sent, properties, places):
    data = b"".join(packet(each, properties) for each in sent)
    packets = Packets(is_version_5=True)

    found = [each for chunk in cut(data, places) for each in packets.feed(chunk)]

    assert found == sent


@given(
    rubbish=st.lists(
        st.one_of(
            st.binary(max_size=40), st.sampled_from([b"0\x00", b"2\x00", b"0\x01\x00"])
        ),
        max_size=6,
    ),
    is_version_5=st.booleans(),
)
def test_rubbish_is_a_broken_session_or_nothing(rubbish, is_version_5):
    packets = Packets(is_version_5=is_version_5)

    try:
        found = [each for chunk in rubbish for each in packets.feed(chunk)]
    except BrokerError:
        return

    assert all(isinstance(each, Publish) for each in found)


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"\x00\x05ab", b"\x00\x01a\x00", b"\x00\x01a\x00\x01\x09"]
)
def test_parts_that_do_not_fit_are_said_to_be_so(body):
    packets = Packets(is_version_5=True)

    with pytest.raises(BrokerError, match="do not fit"):
        packets.feed(bytes([0x32, len(body)]) + body)


def test_a_length_of_five_bytes_is_none():
    with pytest.raises(BrokerError, match="more than four bytes"):
        Packets(is_version_5=False).feed(b"\x30\xff\xff\xff\xff\x01")


@pytest.mark.parametrize("step", [1_000, 50_000, 1_000_000])
def test_a_message_far_too_long_is_cut_and_the_next_is_whole(step):
    long, short = (
        Publish(b"\x00\x01", "a", bytes(300_000)),
        Publish(b"\x00\x02", "b", b"!"),
    )
    data = packet(long) + packet(short)
    packets = Packets(is_version_5=False)

    found, rests = [], []
    for at in range(0, len(data), step):
        found += packets.feed(data[at : at + step])
        rests.append(len(packets._rest))

    assert [(each.packet_id, each.topic) for each in found] == [
        (b"\x00\x01", "a"),
        (b"\x00\x02", "b"),
    ]
    assert found[1] == short
    assert max(rests) < MAX_PAYLOAD_BYTES + 1_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "reason 0x00"),
        (b"\x8b\x00", "reason 0x8b"),
        (b"\x8e\x00", "does a second gateway have our share"),
    ],
)
def test_a_broker_that_ends_it_is_quoted(body, reason):
    with pytest.raises(BrokerError, match=reason):
        Packets(is_version_5=True).feed(bytes([0xE0, len(body)]) + body)


@given(payload=st.binary(max_size=300), is_version_5=st.booleans())
def test_what_we_publish_is_what_we_would_read(payload, is_version_5):
    data = encode_publish("ullage/1/3/a/ack", payload, is_version_5=is_version_5)

    (read,) = Packets(is_version_5=is_version_5).feed(data)

    assert read == Publish(b"", "ullage/1/3/a/ack", payload)
    assert data[0] & 1  # retained
