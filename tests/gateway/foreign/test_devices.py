"""Frames that the makers publish, and what is in them."""

import pytest

from gateway.errors import PayloadError
from gateway.wire.message import (
    FLAG_BATTERY_LOW,
    FLAG_HOT,
    FLAG_NO_ECHO,
    FLAG_TILTED,
    Impossible,
    Record,
)
from tests.services.frames import measured, open_frame
from tests.services.uplinks import chirpstack

EM400 = ["milesight-em400-mud", "milesight-em400-tld", "milesight-em400-udl"]
DDS75 = ["dragino-ldds75", "dragino-dds75"]


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


def test_an_unknown_kind_is_told_those_that_are_known():
    with pytest.raises(
        PayloadError, match=r"'em400' is unknown; known are .*em400-tld"
    ):
        open_frame("01755C", "em400")
