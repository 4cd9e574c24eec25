"""Each sensor in a whole wake; what the chips of the bus are told."""

import shutil
from dataclasses import replace

import pytest
from binnode import pins
from host.build import build
from host.wake import FIRMWARE, run_wake

WEIGHED, KNOCKED, NO_ECHO, CLOCK_UNSET = 128, 64, 2, 1
SENSORS = ["a02yyuw", "jsn_sr04t", "mb7389", "vl53l1x"]


def last(gateway):
    return gateway.records[next(reversed(gateway.records))]


@pytest.mark.parametrize("sensor", SENSORS)
def test_a_wake_brings_the_distance_and_a_steady_one_takes_few_pings(
    sensor, device, broker, gateway
):
    device.provision(broker_port=broker, sensor=sensor, report_every=1)
    device.wake_quietly(sensor=sensor, distance_mm=812, temperature_dc=-105)
    assert abs(last(gateway)["distance_mm"] - 812) <= 5
    assert last(gateway)["echo_count"] == 9

    device.wake_quietly(sensor=sensor, distance_mm=812, temperature_dc=-105)
    assert last(gateway)["echo_count"] == 5


@pytest.mark.parametrize("sensor", [*SENSORS, "hx711"])
def test_a_sensor_without_supply_is_not_fed_through_its_mode_line(sensor, device):
    device.provision(broker_port=1, sensor=sensor, report_every=96)

    run_wake(device.folder, replace(device.world, sensor=sensor), is_metered=True)

    level = {}
    for number, value in given_levels(device.folder):
        level[number] = value
        if number == pins.SENSOR_POWER:
            assert level[pins.SENSOR_MODE] == 0
    assert level[pins.SENSOR_POWER] == 0
    assert level[pins.SENSOR_MODE] == 0


def given_levels(folder):
    """Read which pin was given which level, in order."""
    for line in (folder / "notes").read_text("ascii").splitlines():
        _, _, word, *values = line.split()
        if word == "pin":
            yield int(values[0]), int(values[1])


def test_a_weighed_bin_brings_its_mass_beside_the_distances_of_before(
    device, broker, gateway
):
    device.provision(broker_port=broker, report_every=2)
    device.wake_quietly(distance_mm=812)
    cell = {"sensor": "hx711", "cell_zero": -1_000_000, "cell_per_hg": 1000}
    device.provision(broker_port=1, report_every=2, **cell)
    device.wake(sensor="hx711", mass_hg=412)
    device.provision(broker_port=broker, report_every=2, **cell)
    device.wake_quietly(sensor="hx711", mass_hg=412)

    ranged, *weighed = gateway.records.values()
    assert not ranged["flags"] & WEIGHED
    assert abs(ranged["distance_mm"] - 812) <= 5
    assert [each["distance_mm"] for each in weighed] == [1412, 1412]
    assert [each["echo_count"] for each in weighed] == [5, 5]
    assert all(each["flags"] & WEIGHED for each in weighed)


def test_a_load_cell_that_is_not_there_is_no_mass(device, broker, gateway):
    device.provision(broker_port=broker, sensor="hx711", report_every=1)
    device.wake_quietly(sensor="hx711", mass_hg=None)

    assert last(gateway)["distance_mm"] == 65_535
    assert last(gateway)["flags"] & (NO_ECHO | WEIGHED) == NO_ECHO | WEIGHED


def test_a_laser_that_sees_nothing_is_no_echo(device, broker, gateway):
    device.provision(broker_port=broker, sensor="vl53l1x", report_every=1)
    device.wake_quietly(distance_mm=None)

    assert last(gateway)["flags"] & NO_ECHO


def test_a_laser_that_is_not_there_is_no_echo(device, broker, gateway, monkeypatch):
    device.provision(broker_port=broker, sensor="vl53l1x", report_every=1)
    world = type(device.world)
    monkeypatch.setattr(world, "_laser", lambda self: "")
    device.wake_quietly()

    assert last(gateway)["flags"] & NO_ECHO


def test_a_ds18b20_measures_below_zero_and_is_missed(device, broker, gateway):
    device.provision(broker_port=broker, thermometer="ds18b20", report_every=1)
    device.wake_quietly(temperature_dc=-105)
    assert last(gateway)["temperature_dc"] == -105

    device.wake_quietly(temperature_dc=None)
    assert last(gateway)["temperature_dc"] == -32768


def test_the_boards_own_thermometer_sleeps_where_a_ds18b20_is_asked(device):
    device.provision(broker_port=1, thermometer="ds18b20")
    device.wake()

    writes = (device.folder / "i2c_writes").read_text("ascii").splitlines()
    assert "48 01 61a0" in writes


def test_85_degrees_is_what_a_ds18b20_says_that_did_not_measure(
    device, broker, gateway
):
    device.provision(broker_port=broker, thermometer="ds18b20", report_every=1)
    device.wake_quietly(temperature_dc=850)

    assert last(gateway)["temperature_dc"] == -32768


def test_a_knock_is_reported_at_once(device, gateway):
    device.wake_quietly()
    device.wake_quietly(is_woken_by_pin=True)

    assert gateway.counts == [1, 1]
    assert last(gateway)["flags"] & KNOCKED


def test_the_accelerometer_is_told_how_hard_a_knock_is(device):
    device.provision(broker_port=1, knock_mg=960)
    device.wake()

    writes = (device.folder / "i2c_writes").read_text("ascii").splitlines()
    assert writes[-3:] == ["19 A0 4f01400008", "19 32 3c", "19 30 2a"]  # 60 * 16 mg
    assert (device.folder / "wakes_on").read_text("ascii") == "ext0 high"


def test_after_a_knock_and_with_knocks_off_nothing_wakes_early(device):
    device.provision(broker_port=1)
    device.wake()
    (device.folder / "wakes_on").unlink()
    device.wake(is_woken_by_pin=True)
    assert not (device.folder / "wakes_on").exists()

    device.provision(broker_port=1, knock_mg=0)
    device.wake()
    assert not (device.folder / "wakes_on").exists()


def test_a_c3_wakes_by_gpio_and_has_no_one_wire(device, broker, gateway, tmp_path):
    out = tmp_path / "c3"
    build(out, board="esp32c3")
    shutil.copytree(FIRMWARE / "host", out / "host")
    device.firmware_dir = out
    device.provision(broker_port=broker, thermometer="ds18b20", report_every=1)
    device.wake_quietly()

    assert (device.folder / "wakes_on").read_text("ascii") == "gpio high"
    assert last(gateway)["temperature_dc"] == -32768
    assert abs(last(gateway)["distance_mm"] - 1000) <= 5
