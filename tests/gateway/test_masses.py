"""Bins that are weighed in place of ranged: what they say, and what is stored of it."""

from datetime import timedelta

import pytest

from gateway.foreign.opening import open_payload
from gateway.storing.store import Arrival, Memory, store_batch
from gateway.wire.message import Impossible, Record
from gateway.wire.payload import decode
from tests.services.wire import NOON, message, record, topic

RECEIVED_AT = NOON + timedelta(seconds=5)
WEIGHED, NO_ECHO = 128, 2
READ_LEVELS = "SELECT distance_mm, mass_hg FROM reading ORDER BY seq"
READ_LATEST = "SELECT distance_mm, mass_hg FROM device_latest"


def weighed(mass_hg: int, flags: int = 0) -> bytes:
    return record(distance_mm=mass_hg, flags=WEIGHED | flags)


def levels(payload: bytes) -> list[tuple[int | None, int | None]]:
    records = decode(payload, RECEIVED_AT).records
    return [(each.distance_mm, each.mass_hg) for each in records]  # type: ignore[union-attr]


def test_a_journal_that_began_with_distances_goes_on_with_masses():
    payload = message(record(distance_mm=812), weighed(412), has_mass=True)

    assert levels(payload) == [(812, None), (None, 412)]


def test_nothing_in_a_bin_is_a_mass_and_nothing_usable_is_none():
    payload = message(
        *(weighed(0), weighed(65_535), weighed(65_535, NO_ECHO), weighed(412, NO_ECHO)),
        has_mass=True,
    )

    assert levels(payload) == [(None, 0), (None, None), (None, None), (None, None)]


def test_without_the_messages_flag_that_of_a_record_means_nothing():
    assert levels(message(weighed(412))) == [(412, None)]


@pytest.mark.parametrize(("mass_hg", "is_good"), [(32_000, True), (32_001, False)])
def test_the_heaviest_bin_has_3200_kg(mass_hg, is_good):
    payload = message(weighed(mass_hg), has_mass=True)

    (entry,) = decode(payload, RECEIVED_AT).records

    assert isinstance(entry, Record if is_good else Impossible)


def test_an_impossible_mass_is_kept_as_a_message_that_has_one():
    payload = message(record(), weighed(40_000), has_mass=True)

    _, fault = decode(payload, RECEIVED_AT).records

    assert isinstance(fault, Impossible)
    assert "mass_hg: 40000 is not in 0..32000" in fault.reason
    assert fault.payload == message(weighed(40_000), first_seq=1, has_mass=True)


def test_a_device_with_json_of_its_own_may_say_both():
    said = b'{"device": "scale-1", "mass_hg": 412, "distance_mm": 640}'

    (entry,) = open_payload(
        topic("scale-1"),
        said[:-1] + b', "measured_at": "2026-01-05T12:00:00Z"}',
        RECEIVED_AT,
        kind="json",
    ).records

    assert isinstance(entry, Record)
    assert (entry.distance_mm, entry.mass_hg) == (640, 412)


def test_masses_are_stored_beside_distances_and_the_newest_is_known(at_noon, bin_1):
    name, _ = bin_1
    ranged = message(record(distance_mm=812))
    then = message(
        weighed(0), weighed(65_535, NO_ECHO), weighed(412), first_seq=1, has_mass=True
    )
    last = message(weighed(420), weighed(31_999), first_seq=4, has_mass=True)

    for each in (ranged, then, last):  # the last one goes the short way
        store_batch(at_noon, [Arrival(topic(name), each)], Memory())

    assert at_noon.execute(READ_LEVELS).fetchall() == [
        *((812, None), (None, 0), (None, None), (None, 412)),
        *((None, 420), (None, 31_999)),
    ]
    assert at_noon.execute(READ_LATEST).fetchall() == [(None, 31_999)]
