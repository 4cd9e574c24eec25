"""Whole wakes: the unchanged firmware, a real interpreter, a real broker."""

import json

from tests.firmware.brokers import amqtt
from tests.firmware.cursor import Cursor, answering

CLOCK_UNSET, NO_ECHO, TILTED = 1, 2, 8


def stored(gateway: Cursor, name: str) -> list[int]:
    return [row[name] for row in gateway.records.values()]


def test_the_first_wake_brings_what_was_measured(device, gateway):
    device.wake_quietly(
        distance_mm=812, battery_mv=3610, temperature_dc=45, tilt_deg=2, seed=3
    )

    (record,) = gateway.records.values()
    assert abs(record.pop("distance_mm") - 812) <= 4
    record.pop("measured_s")
    record.pop("true_s")
    assert record == {
        "battery_mv": 3610,
        "temperature_dc": 45,
        "tilt_deg": 2,
        "echo_count": 9,
        "flags": CLOCK_UNSET,
    }


def test_a_bin_works_behind_the_embedded_broker_too(device, cursor, tmp_path):
    with amqtt(tmp_path) as port, answering(port, cursor):
        device.provision(broker_port=port, report_every=2)
        for _ in range(5):
            device.wake_quietly()

    assert len(cursor.records) == 5


def test_it_sleeps_until_the_next_measurement_is_due(device, gateway):
    wake = device.wake()

    assert wake.sleep_ms is not None
    assert 870_000 < wake.sleep_ms <= 900_000


def test_four_wakes_share_one_message(device, gateway):
    for _ in range(5):
        device.wake_quietly()

    assert gateway.counts == [1, 4]
    assert gateway.seqs == [0, 1, 2, 3, 4]


def test_a_changed_distance_is_reported_at_once(device, gateway):
    device.wake_quietly(distance_mm=1000)
    device.wake_quietly(distance_mm=1050)
    device.wake_quietly(distance_mm=800)

    assert gateway.counts == [1, 2]


def test_an_alarm_is_reported_once(device, gateway):
    device.wake_quietly()
    device.wake_quietly(tilt_deg=45)
    device.wake_quietly(tilt_deg=45)

    assert gateway.counts == [1, 1]
    assert gateway.records[next(reversed(gateway.records))]["flags"] & TILTED


def test_a_silent_sensor_is_said_to_be_silent(device, gateway):
    device.wake_quietly(distance_mm=None)

    assert stored(gateway, "distance_mm") == [0]
    assert stored(gateway, "flags") == [CLOCK_UNSET | NO_ECHO]


def test_noise_alone_is_no_distance(device, gateway):
    device.wake_quietly(uart=bytes(range(1, 200)))

    assert stored(gateway, "flags") == [CLOCK_UNSET | NO_ECHO]


def test_frames_between_noise_are_understood(device, gateway):
    frame = b"\xff\x03\xe8\xea"
    device.wake_quietly(uart=b"\x00\xff" + frame + b"\xff\xff\x07" + frame * 8)

    assert stored(gateway, "distance_mm") == [1000]
    assert stored(gateway, "echo_count") == [9]


def test_wild_echoes_do_not_move_the_distance(device, gateway):
    for seed in range(5):
        device.wake_quietly(distance_mm=1000, noise_permille=250, seed=seed)

    assert all(abs(mm - 1000) <= 30 for mm in stored(gateway, "distance_mm"))


def test_chips_that_do_not_answer_are_not_measured(device, gateway):
    device.wake_quietly(temperature_dc=None, tilt_deg=None)

    assert stored(gateway, "temperature_dc") == [-32768]
    assert stored(gateway, "tilt_deg") == [255]


def test_a_broken_config_names_the_field_and_the_bin_sleeps(device):
    config = {"device": "bin-1", "networks": {"depot": ""}}
    (device.folder / "config.json").write_text(json.dumps(config), "utf-8")

    wake = device.wake()

    assert "broker_host: missing" in wake.console
    assert wake.sleep_ms is not None
