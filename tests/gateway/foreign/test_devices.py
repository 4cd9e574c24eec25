"""Frames that the makers publish, and what is in them."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import PayloadError
from gateway.foreign.opening import open_payload
from gateway.message import (
    FLAG_BATTERY_LOW,
    FLAG_HOT,
    FLAG_NO_ECHO,
    FLAG_NOISY,
    FLAG_TILTED,
    Impossible,
    Message,
    Record,
)
from tests.services.uplinks import chirpstack
from tests.services.wire import NOON

RECEIVED_AT = NOON + timedelta(seconds=5)
UPLINK = "application/bins/device/a84041b7c1234567/event/up"
EM400 = ["milesight-em400-mud", "milesight-em400-tld", "milesight-em400-udl"]
DDS75 = ["dragino-ldds75", "dragino-dds75"]


def open_frame(frame: str, kind: str, *, port: int | None = 2) -> Message:
    payload = chirpstack(bytes.fromhex(frame), fPort=port)
    return open_payload(UPLINK, payload, RECEIVED_AT, kind=kind)


def measured(frame: str, kind: str, *, port: int | None = 2) -> Record:
    (record,) = open_frame(frame, kind, port=port).records
    assert isinstance(record, Record)
    return record


def decoded(**members: object) -> Record:
    """Open what a network server decoded by itself."""
    kind = str(members.pop("kind"))
    payload = chirpstack(b"", object=members)
    (record,) = open_payload(UPLINK, payload, RECEIVED_AT, kind=kind).records
    assert isinstance(record, Record)
    return record


# Milesight-IoT/SensorDecoders, em-series/em400-mud/README.md (also -tld, -udl), and
# TheThingsNetwork/lorawan-devices, vendor/milesight-iot/em400-mud-codec.yaml.
@pytest.mark.parametrize("kind", EM400)
def test_milesight_em400(kind):
    record = measured("01755C 03670101 04824408 050001", kind, port=85)

    assert record.distance_mm == 2116
    assert record.temperature_c == 25.7
    assert record.flags == FLAG_TILTED


@pytest.mark.parametrize("kind", EM400)
def test_milesight_em400_raises_alarms(kind):
    record = measured("8367e80001 8482410601", kind, port=85)

    assert record.distance_mm == 1601
    assert record.temperature_c == 23.2
    assert record.flags == FLAG_HOT


def test_milesight_em400_states_its_battery_in_percent():
    assert measured("017509 04824408", EM400[0]).flags == FLAG_BATTERY_LOW
    assert measured("01750a 04824408", EM400[0]).flags == 0


def test_milesight_em400_is_below_freezing():
    assert measured("0367 9cff 0482 4408", EM400[0]).temperature_c == -10.0


def test_milesight_em400_says_who_it_is_beside_what_it_measured():
    record = measured("ff166749d19054690031 ff0a0101 04824408", EM400[0])

    assert record.distance_mm == 2116


def test_what_a_milesight_said_before_an_unknown_channel_is_stored():
    record, fault = open_frame("04824408 7f01aabb", EM400[0]).records

    assert isinstance(record, Record)
    assert record.distance_mm == 2116
    assert isinstance(fault, Impossible)
    assert fault.reason.startswith("7f01aabb is no channel")
    assert fault.payload == chirpstack(bytes.fromhex("048244087f01aabb"), fPort=2)


def test_a_milesight_that_only_says_who_it_is_measured_nothing():
    with pytest.raises(PayloadError, match="carries no measurement"):
        open_frame("ff0bff ff0101 ff166749d19054690031", EM400[0])


# TheThingsNetwork/lorawan-devices, vendor/dragino/ldds75-114-codec.yaml.
@pytest.mark.parametrize("kind", DDS75)
def test_dragino_dds75(kind):
    record = measured("0D3B 0AEF 00 0000 01", kind)

    assert (record.distance_mm, record.battery_mv) == (2799, 3387)
    assert record.temperature_c is None  # none is connected
    assert record.flags == 0


# dragino/dragino-end-node-decoder, LDDS75/"LDDS75 decoder--TTN.txt": five bytes.
def test_dragino_ldds75_before_version_1_1_4():
    record = measured("0E1C 0B05 00", DDS75[0])

    assert (record.distance_mm, record.battery_mv) == (2821, 3612)


# TheThingsNetwork/lorawan-devices, vendor/dragino/ldds75-codec.yaml: "No Sensor".
def test_dragino_ldds75_without_its_sensor():
    record = measured("0E1C 0B05", DDS75[0])

    assert (record.distance_mm, record.battery_mv) == (None, 3612)
    assert record.flags == FLAG_NO_ECHO


def test_dragino_dds75_measures_temperature_in_tenths():
    assert measured("0D3B 0AEF 00 0105 01", DDS75[1]).temperature_c == 26.1
    assert measured("0D3B 0AEF 00 FF3F 01", DDS75[1]).temperature_c == -19.3


@pytest.mark.parametrize("frame", ["0D3B 0014 00 0000 01", "0D3B 0AEF 00 0000 00"])
def test_dragino_dds75_too_near_or_without_its_sensor(frame):
    record = measured(frame, DDS75[1])

    assert (record.distance_mm, record.flags) == (None, FLAG_NO_ECHO)


@pytest.mark.parametrize(
    ("frame", "port", "reason"),
    [
        ("0D3B 0AEF 00 0000 01", 5, "port 5 carries no measurement"),
        # TheThingsNetwork/lorawan-devices, vendor/dragino/dds75-lb-codec.yaml: a frame
        # of another sensor.
        ("0CF6 0101 0300 0C01 DD01 FF", 2, "11 bytes are not the 8, 5, 4 or 3"),
        ("1D3B 0AEF 00 0000 0101 0102 0000 00", 2, "several distances in one frame"),
        ("", 2, "0 bytes are not"),
    ],
)
def test_what_a_dragino_dds75_says_otherwise_is_refused(frame, port, reason):
    with pytest.raises(PayloadError, match=reason):
        open_frame(frame, DDS75[1], port=port)


# decentlab/decentlab-decoders, DL-MBX/DL-MBX.py, and TheThingsNetwork/lorawan-devices,
# vendor/decentlab/dl-mbx-codec.yaml.
def test_decentlab_mbx():
    record = measured("02012f000304d200010bb1", "decentlab-dl-mbx", port=1)

    assert (record.distance_mm, record.battery_mv) == (1234, 2993)
    assert record.echo_count == 1
    assert record.flags == 0


def test_decentlab_mbx_without_a_distance():
    record = measured("02012f00020bb1", "decentlab-dl-mbx", port=1)

    assert (record.distance_mm, record.battery_mv) == (None, 2993)
    assert record.flags == FLAG_NO_ECHO


@pytest.mark.parametrize("frame", ["", "01012f00020bb1", "02012f", "02012f000304d2"])
def test_a_decentlab_frame_that_is_cut_off_or_of_another_version_is_refused(frame):
    with pytest.raises(PayloadError):
        open_frame(frame, "decentlab-dl-mbx")


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


def test_an_unknown_kind_is_told_those_that_are_known():
    with pytest.raises(
        PayloadError, match=r"'em400' is unknown; known are .*em400-tld"
    ):
        open_frame("01755C", "em400")
