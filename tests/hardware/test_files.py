"""The board's files: what they may not say, and what they and the firmware share."""

import re
from typing import Any

import pytest

from hardware.design.parts import read_parts
from hardware.design.placed import FOLDER
from hardware.rules.everything import faults
from tests.hardware.spoiling import SOURCES, part, spoilt

SENSORS = FOLDER.parent / "firmware" / "binnode" / "sensors"


@pytest.mark.parametrize("net", ["strap_high", "enable", "volts_1"])
def test_a_module_that_does_not_exist_is_refused(net):
    broken = spoilt()
    broken.board["nets"][net]["only"] = "esp8266"

    with pytest.raises(ValueError, match=f"net {net}: 'esp8266' is no module"):
        faults(broken)


def test_a_direction_that_does_not_exist_is_refused():
    broken = spoilt()
    broken.board["nets"]["gate"]["direction"] = "sideways"

    with pytest.raises(ValueError, match="net gate: 'sideways' is none of"):
        faults(broken)


def test_a_battery_that_does_not_exist_is_refused():
    broken = spoilt()
    part(broken, "B2")["battery"] = "lipo"

    with pytest.raises(ValueError, match=r"\['lipo'\]: no battery of"):
        faults(broken)


def test_a_reference_in_two_lines_is_refused():
    broken = spoilt()
    part(broken, "R3")["references"].append("R9")

    with pytest.raises(ValueError, match="R9 is in two lines of"):
        faults(broken)


@pytest.mark.parametrize("word", ["level", "volt", "leaves_the_box"])
def test_a_word_that_no_part_has_is_refused(word):
    broken = spoilt()
    part(broken, "U5")[word] = 1

    with pytest.raises(ValueError, match=rf"has no \['{word}'\]"):
        faults(broken)


def test_a_word_that_no_net_has_and_other_volts_are_refused():
    broken = spoilt()
    broken.board["nets"]["motion_wake"]["wake"] = True
    with pytest.raises(ValueError, match="net motion_wake: "):
        faults(broken)

    broken = spoilt()
    broken.board["nets"]["cell"]["volts"] = "batery"
    with pytest.raises(ValueError, match="net cell: volts are two numbers"):
        faults(broken)


def test_a_board_without_its_module_is_refused():
    broken = spoilt()
    chips: Any = broken.chips
    del chips["esp32"]

    with pytest.raises(ValueError, match="U1, esp32: not in"):
        faults(broken)


def test_a_chip_of_the_bus_answers_where_the_firmware_asks():
    asked = {
        name: int(re.findall(r"_CHIP = const\((0x\w+)\)", text)[0], 16)
        for name in ("lis3dh", "tmp102", "vl53l1x")
        for text in [(SENSORS / f"{name}.py").read_text("utf-8")]
    }

    assert part(SOURCES, "U2")["i2c"] == asked["lis3dh"]
    assert part(SOURCES, "U3")["i2c"] == asked["tmp102"]
    assert part(SOURCES, "S3")["i2c"] == asked["vl53l1x"]


def test_the_firmware_halves_as_the_divider_does():
    text = (SENSORS.parent / "power.py").read_text("utf-8")

    assert "_DIVIDER = const(2)" in text
    assert part(SOURCES, "R1")["ohm"] == part(SOURCES, "R2")["ohm"]


@pytest.mark.parametrize("line", read_parts(SOURCES.parts), ids=lambda p: p.part_number)
def test_no_pad_of_a_part_has_two_pins(line):
    numbers = [number for pin in line.pins.values() for number in pin.numbers]

    assert len(numbers) == len(set(numbers))
