"""What devices and network servers say in JSON that is not ours."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import PayloadError
from gateway.foreign.opening import open_payload
from gateway.wire.message import (
    FLAG_HOT,
    FLAG_NO_ECHO,
    FLAG_NOISY,
    FLAG_TILTED,
    Impossible,
    Record,
)
from tests.services.frames import RECEIVED_AT, UPLINK, decoded
from tests.services.uplinks import chirpstack
from tests.services.wire import NOON


# OpenMobileAlliance/lwm2m-registry, 3435.xml: names, numbers and units of resources.
@pytest.mark.parametrize(
    "members",
    [
        {"Container height": 120, "Actual filling percentage": 40.0},
        {"1": 120, "2": 40},
        {"1": 120, "3": 48, "2": 99},
        {
            "senml": [
                {"bn": "/3435/0/", "n": "1", "v": 120},
                {"n": "2", "v": 40},
                {"n": "5", "vb": False},
            ]
        },
    ],
)
def test_lwm2m_3435_becomes_a_distance(members):
    assert decoded(kind="lwm2m-3435", **members).distance_mm == 720


def test_lwm2m_3435_tells_when_and_how_well():
    record = decoded(
        kind="lwm2m-3435",
        **{"1": 120, "2": 40, "5518": 1767614399, "6042": 3, "13": True, "22": True},
    )

    assert record.measured_at == datetime(2026, 1, 5, 11, 59, 59, tzinfo=UTC)
    assert record.flags == FLAG_NOISY | FLAG_TILTED | FLAG_HOT


def test_lwm2m_3435_under_an_open_cover_sees_nothing():
    record = decoded(kind="lwm2m-3435", **{"1": 120, "2": 40, "21": True})

    assert (record.distance_mm, record.flags) == (None, FLAG_NO_ECHO)


def test_lwm2m_3435_comes_with_temperature_and_battery():
    pack = [
        {"bn": "/3435/0/", "bt": 1767614399, "n": "1", "v": 120},
        {"n": "2", "v": 40},
        {"bn": "/", "n": "3303/0/5700", "v": 4.5},
        {"n": "3/0/7", "v": 3610},
    ]
    record = decoded(kind="lwm2m-3435", senml=pack)

    assert (record.temperature_c, record.battery_mv) == (4.5, 3610)
    assert record.measured_at == datetime(2026, 1, 5, 11, 59, 59, tzinfo=UTC)


def test_lwm2m_3435_that_gathered_its_measurements_keeps_each_at_its_time():
    pack = [
        {"bn": "/3435/0/", "bt": 1767600000, "n": "1", "v": 120},
        {"n": "2", "v": 40},
        {"n": "2", "t": 3600, "v": 50},
        {"bn": "/3303/0/", "n": "5700", "t": 3600, "v": 4.5},
    ]
    payload = chirpstack(b"", object={"senml": pack})

    first, second = open_payload(
        UPLINK, payload, RECEIVED_AT, kind="lwm2m-3435"
    ).records

    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.distance_mm, second.distance_mm) == (720, 600)
    assert (first.temperature_c, second.temperature_c) == (None, 4.5)
    assert second.measured_at - first.measured_at == timedelta(hours=1)


@pytest.mark.parametrize("percent", [100, 104])
def test_a_full_container_is_not_one_without_echo(percent):
    assert decoded(kind="lwm2m-3435", **{"1": 120, "2": percent}).distance_mm == 1


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"2": 40}, r"Container height \(1\): the height"),
        ({"1": 120}, r"Actual filling percentage \(2\): 0 to 110% is expected"),
        ({"1": 120, "2": 400}, r"Actual filling percentage \(2\): 0 to 110%"),
        ({"1": 120, "3": -5}, r"Actual filling percentage \(2\): 0 to 110%"),
        ({"1": 120, "2": 10**400}, r"at most 1e\+18 is expected"),
        ({"1": 0, "2": 40}, r"Container height \(1\): the height"),
        ({"1": "120", "2": 40}, "Container height: a number is expected"),
        ({"1": 120, "2": 40, "5518": 1e300}, r"Timestamp \(5518\): seconds"),
        ({"1": 1e306, "2": 40}, "is not in 0..20000"),
        ({"senml": [{"n": "/3435/0/2", "v": 1}, {"n": "/3435/1/2", "v": 2}]}, "one in"),
        ({"senml": [3]}, "senml: an object is expected"),
    ],
)
def test_a_level_that_cannot_become_a_distance_says_why(members, reason):
    with pytest.raises(PayloadError, match=reason):
        decoded(kind="lwm2m-3435", **members)


def test_what_a_server_decoded_into_our_members_needs_no_module():
    record = decoded(kind="json", distance_mm=812, battery_mv=3610, temperature_c=4.5)

    assert (record.distance_mm, record.battery_mv) == (812, 3610)
    assert record.measured_at == datetime(2026, 1, 5, 11, 59, 59, tzinfo=UTC)


def test_records_of_a_server_keep_their_own_times():
    records = [{"measured_at": "2026-01-05T10:00:00Z", "distance_mm": 1}, {}]
    message = open_payload(
        UPLINK, chirpstack(b"", object={"records": records}), RECEIVED_AT, kind="json"
    )

    assert [each.measured_at.hour for each in message.records] == [10, 11]  # type: ignore[union-attr]


def test_two_records_of_one_time_are_not_taken_for_one():
    records = [{"distance_mm": 1}, {"distance_mm": 2}]
    payload = chirpstack(b"", object={"records": records})

    record, fault = open_payload(UPLINK, payload, RECEIVED_AT, kind="json").records

    assert isinstance(record, Record)
    assert isinstance(fault, Impossible)
    assert "two records of 2026-01-05T11:59:59" in fault.reason


def test_of_more_records_than_a_message_may_have_the_rest_is_kept():
    records = [
        {"measured_at": (NOON - timedelta(minutes=minute)).isoformat()}
        for minute in range(513)
    ]
    payload = chirpstack(b"", object={"records": records})

    *stored, fault = open_payload(UPLINK, payload, RECEIVED_AT, kind="json").records

    assert len(stored) == 512
    assert isinstance(fault, Impossible)
    assert fault.reason == "records: more than 512 of them"
