"""Updates of the firmware at the gateway: what devices get, what is written down."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import PayloadError
from gateway.storing.updates import (
    Announcement,
    end_update,
    read_part,
    repeat_offers,
    take_announcements,
)
from gateway.wire.update import (
    Offer,
    Outcome,
    Request,
    decode_event,
    encode_chunks,
    encode_offer,
)
from tests.services.devices import add_device

IMAGE = bytes(range(200)) * 10
MANIFEST_BYTES = 300
EVERYWHERE = range(64)
RELEASE = """
INSERT INTO firmware_release (version, board, first_revision, last_revision, battery_mv,
    key_id, manifest_bytes, image, loader, published_at)
VALUES (2, 'esp32', 1, 1, 3500, '01234567', %s, %s, '', now())
RETURNING firmware_release_id"""
OFFER = """
INSERT INTO device_update (device_id, firmware_release_id, partition, state, offered_at,
    changed_at) VALUES (%s, %s, 5, %s, now(), now()) RETURNING device_update_id"""
STATES = """
SELECT state, reason, sent_bytes FROM device_update ORDER BY device_update_id"""


@pytest.fixture
def release(connection):
    ((number,),) = connection.execute(RELEASE, (MANIFEST_BYTES, IMAGE)).fetchall()
    return number


@pytest.fixture
def offered(connection, release):
    """Offer the release to a device: its name and the number of the offer."""
    return offer(connection, release)


def offer(connection, release, state="offered"):
    name, device_id = add_device(connection)
    row = connection.execute(OFFER, (device_id, release, state)).fetchone()
    return name, row[0]


def states(connection):
    return connection.execute(STATES).fetchall()


def test_a_device_reads_its_image_in_parts(connection, offered):
    name, number = offered

    assert read_part(connection, name, Request(number, 150, 100)) == IMAGE[150:250]
    assert states(connection) == [("downloading", "", 250)]
    assert read_part(connection, name, Request(number, 1900, 100)) == IMAGE[1900:]
    assert states(connection) == [("trying", "", 2000)]


def test_a_part_far_into_a_large_image_is_read(connection):
    image = IMAGE * 20
    ((release,),) = connection.execute(RELEASE, (MANIFEST_BYTES, image)).fetchall()
    name, number = offer(connection, release)

    part = read_part(connection, name, Request(number, 32_000, 3072))

    assert part == image[32_000 : 32_000 + 3072]


def test_beyond_the_end_is_nothing(connection, offered):
    name, number = offered

    assert read_part(connection, name, Request(number, 5000, 100)) == b""


def test_another_device_gets_nothing_of_it(connection, offered):
    other, _ = add_device(connection)

    assert read_part(connection, other, Request(offered[1], 0, 100)) is None


def test_an_offer_is_announced_once(connection, offered):
    name, number = offered

    assert take_announcements(connection, EVERYWHERE) == [
        Announcement(name, Offer(number, 2, MANIFEST_BYTES))
    ]
    assert take_announcements(connection, EVERYWHERE) == []
    assert take_announcements(connection, {6}) == []


def test_it_is_announced_again_to_a_broker_that_may_have_forgotten(connection, offered):
    take_announcements(connection, EVERYWHERE)

    repeat_offers(connection, {6})
    assert take_announcements(connection, EVERYWHERE) == []
    repeat_offers(connection, {5})
    assert len(take_announcements(connection, EVERYWHERE)) == 1


def test_an_outcome_is_written_down_and_ends_the_offer(connection, offered):
    name, number = offered
    take_announcements(connection, EVERYWHERE)

    end_update(connection, name, Outcome(number, "refused", "wrong board"))

    assert states(connection) == [("refused", "wrong board", 0)]
    assert take_announcements(connection, EVERYWHERE) == [Announcement(name, None)]
    assert read_part(connection, name, Request(number, 0, 100)) is None


def test_who_still_listens_to_an_offer_that_is_over_is_told_again(connection, offered):
    name, number = offered
    end_update(connection, name, Outcome(number, "confirmed", ""))
    take_announcements(connection, EVERYWHERE)

    end_update(connection, name, Outcome(number, "confirmed", ""))

    assert take_announcements(connection, EVERYWHERE) == [Announcement(name, None)]


def test_what_one_device_says_does_not_end_the_offer_of_another(connection, offered):
    other, _ = add_device(connection)

    end_update(connection, other, Outcome(offered[1], "confirmed", ""))

    assert states(connection) == [("offered", "", 0)]


def test_a_roll_back_stops_the_release_for_all_who_have_not_got_it(connection, release):
    for state in ("downloading", "trying", "confirmed"):
        offer(connection, release, state)
    name, number = offer(connection, release, "trying")

    end_update(connection, name, Outcome(number, "rolled_back", "it was mute"))

    assert [row[:2] for row in states(connection)] == [
        ("withdrawn", "the release was stopped"),
        ("trying", ""),
        ("confirmed", ""),
        ("rolled_back", "it was mute"),
    ]
    ((reason,),) = connection.execute("SELECT stop_reason FROM firmware_release")
    assert reason == f"{name} went back: it was mute"


def test_an_offer_is_written_as_the_contract_says():
    wanted = bytes.fromhex("0101 2a000000 07000000 d90d")
    assert encode_offer(Offer(42, 7, 3545)) == wanted
    assert encode_offer(None) == b""


def test_a_part_is_cut_into_chunks_that_a_bin_can_take():
    chunks = encode_chunks(Request(42, 1000, 1500), bytes(1500))

    assert [len(each) for each in chunks] == [522, 522, 486]
    assert [each[:10] for each in chunks[:2]] == [
        bytes.fromhex("0102 2a000000 e8030000"),
        bytes.fromhex("0102 2a000000 e8050000"),
    ]


def test_events_are_read_as_the_contract_says():
    request = bytes.fromhex("0101 2a000000 e8030000 000c")
    outcome = bytes.fromhex("0102 2a000000 02") + b"kein Mut"

    assert decode_event(request) == Request(42, 1000, 3072)
    assert decode_event(outcome) == Outcome(42, "refused", "kein Mut")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\1",
        b"\2\1",
        b"\1\1\0",
        struct.pack("<BBIIH", 1, 1, 42, 0, 0),
        struct.pack("<BBIIH", 1, 1, 42, 0, 8193),
        struct.pack("<BBIIH", 1, 1, 42, 2**31, 100),
        struct.pack("<BBIB", 1, 2, 42, 4),
        struct.pack("<BBI", 1, 2, 42),
    ],
)
def test_an_event_that_is_none_is_refused(payload):
    with pytest.raises(PayloadError):
        decode_event(payload)


@given(payload=st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(payload):
    try:
        event = decode_event(payload)
    except PayloadError:
        return
    assert isinstance(event, Request | Outcome)
